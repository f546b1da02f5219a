"""Who may be asked: public machines, and those in private networks that the operator named.

The name's addresses are judged, never its text: 0x7f.1, 2130706433 and localtest.me are all 127.0.0.1 once looked up.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import httpx2

from catalogue.errors import AddressRefused, ConfigError, NoAnswer
from catalogue.outside.addresses import Address, Network, is_in, is_public

if TYPE_CHECKING:
    from catalogue.config import Settings

# A host in ASCII and a port → its addresses as text, the best first; OSError where there are none.
Resolver = Callable[[str, int], Sequence[str]]


def ask_system(host: str, port: int) -> Sequence[str]:
    """Look a name up as this machine does: its hosts file, its name servers."""
    # As bytes: a str would go through the codec for IDNA, which raises errors of its own.
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What may be asked: `hosts` and `networks` though private and at any port, all else only if public and at `ports`.

    A host is matched as a whole, in ASCII, without its last dot. `tls` None means: who this machine trusts.
    """

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset((80, 443))
    resolve: Resolver = ask_system
    tls: ssl.SSLContext | None = None

    def addresses(self, host: str, port: int, *, url: str) -> tuple[str, ...]:
        """Look a host up, once, for its addresses in the order to be tried.

        Raises AddressRefused where a single one of them is neither public nor allowed, NoAnswer where there are none.
        """
        try:
            found = tuple(self.resolve(host, port))
        except OSError as error:
            raise _unknown(host, url) from error
        if not found:
            raise _unknown(host, url)
        if host.rstrip(".") not in self.hosts:
            for text in found:
                self._judge(ip_address(text), port, url=url)
        return found

    def _judge(self, address: Address, port: int, *, url: str) -> None:
        if is_in(address, self.networks):
            return
        if not is_public(address):
            raise AddressRefused(
                "outside-private",
                "This leads to {address}, which is not a public address. If you mean it, name it in `allow_outside`.",
                url=url,
                address=str(address),
            )
        if port not in self.ports:
            raise AddressRefused(
                "outside-port",
                "Port {port} is not one of the web's ({ports}). If you mean it, name the host in `allow_outside`.",
                url=url,
                port=port,
                ports=", ".join(map(str, sorted(self.ports))),
            )


def open_guard(settings: Settings) -> Guard:
    """Make the guard that the operator set; ConfigError where `allow_outside` names something impossible."""
    return read_guard(settings.allow_outside or "")


def read_guard(allowed: str) -> Guard:
    """Read host names, addresses and networks, with commas or blanks between them, as what may be asked though private.

    >>> read_guard("nas.local, 192.168.1.0/24").hosts
    frozenset({'nas.local'})
    """
    hosts, networks = set[str](), list[Network]()
    for entry in allowed.replace(",", " ").split():
        try:
            networks.append(ip_network(entry.strip("[]"), strict=False))
        except ValueError:
            hosts.add(_host(entry))
    return Guard(hosts=frozenset(hosts), networks=tuple(networks))


def _host(entry: str) -> str:
    try:
        url = httpx2.URL(f"http://{entry}/")
    except httpx2.InvalidURL as error:
        raise _no_host(entry) from error
    host = url.raw_host.decode("ascii")
    if str(url.raw_path, "ascii") != "/" or not host or ":" in entry or "%" in host or "*" in host:
        raise _no_host(entry)
    return host.rstrip(".")


def _no_host(entry: str) -> ConfigError:
    return ConfigError(
        "allow-outside",
        "The setting `allow_outside` cannot be used: {entry} is no host and no network. "
        "Write names and networks, such as nas.local, 192.168.1.0/24.",
        entry=repr(entry),
    )


def _unknown(host: str, url: str) -> NoAnswer:
    return NoAnswer(
        "outside-unknown", "There is no machine called {host}. Look for a typing error in it.", url=url, host=host
    )
