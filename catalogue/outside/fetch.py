"""Ask another machine: the one place where Castalogue opens a connection.

httpcore2 speaks HTTP; its bare pool is used rather than a client, because a client has what is not wanted here: a jar
of cookies, proxies and passwords of the environment, redirects that nobody looks at.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from ssl import SSLContext
from urllib.parse import unquote_to_bytes

import httpcore2
import httpx2

from catalogue import __version__
from catalogue.errors import AnswerRefused
from catalogue.outside.backend import GuardedBackend
from catalogue.outside.body import Sink, with_body
from catalogue.outside.coding import ACCEPTED
from catalogue.outside.exchange import Asked, Fetched, Headers, Hop
from catalogue.outside.failures import translated
from catalogue.outside.guard import Guard
from catalogue.outside.limits import Clock, Deadline, Limits
from catalogue.outside.web_address import may_share_password, read_web_address, told

# RFC 9110, section 15.4; 300 and 304 name no other place to ask.
REDIRECTS = frozenset((301, 302, 303, 307, 308))
SAFE_METHODS = frozenset(("GET", "HEAD"))
USER_AGENT = f"Castalogue/{__version__}"


@dataclass(frozen=True, kw_only=True)
class _Way:
    """What holds for a question and all its hops."""

    guard: Guard
    limits: Limits
    deadline: Deadline


def fetch(
    asked: Asked,
    *,
    guard: Guard,
    limits: Limits | None = None,
    into: Sink | None = None,
    begin: Callable[[Fetched], None] | None = None,
    clock: Clock = time.monotonic,
) -> Fetched:
    """Ask, follow redirects (GET and HEAD alone), and take the answer, into the open file `into` where there is one.

    `begin` is told the head of a success before its body is taken: it may choose where in `into` that goes, or raise.
    Every status is an answer; only what is no answer raises, one of OutsideError's classes. After an error `into`
    holds the part that came.
    """
    limits = limits or Limits()
    way = _Way(guard=guard, limits=limits, deadline=Deadline(limits.whole, clock=clock))
    url, hops = read_web_address(asked.url), list[Hop]()
    asked = replace(asked, headers=(*_password(url), *asked.headers))
    while True:
        with _answer(url, asked, way) as response:
            target = _target(response, asked, url=url)
            if target is None:
                head = _head(response, url=url, hops=tuple(hops))
                if asked.method == "HEAD":
                    return head
                if begin is not None and head.is_success:
                    begin(head)
                return with_body(head, response.iter_stream(), limit_bytes=limits.size_bytes, into=into)
        hops.append(Hop(url=told(url), status=response.status))
        if not may_share_password(url, target):
            asked = replace(asked, headers=tuple(one for one in asked.headers if one[0].lower() != "authorization"))
        _check_way(hops, target, limits)
        url = target


@contextmanager
def _answer(url: httpx2.URL, asked: Asked, way: _Way) -> Iterator[httpcore2.Response]:
    """Ask one address. A pool for each: a connection serves one hop, and none is kept."""
    backend = GuardedBackend(way.guard, way.deadline, url=told(url))
    read = way.limits.read.total_seconds()
    timeouts = {"connect": way.limits.connect.total_seconds(), "read": read, "write": read}
    core_url = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    with (
        translated(url=told(url), deadline=way.deadline, limits=way.limits),
        httpcore2.ConnectionPool(ssl_context=way.guard.tls or _trusted(), network_backend=backend) as pool,
        pool.stream(
            asked.method,
            core_url,
            headers=_sent(url, asked),
            content=asked.content or None,
            extensions={"timeout": timeouts},
        ) as response,
    ):
        yield response


def _sent(url: httpx2.URL, asked: Asked) -> list[tuple[bytes, bytes]]:
    own = {
        "host": url.netloc.decode("ascii"),
        "user-agent": USER_AGENT,
        "accept": "*/*",
        "accept-encoding": ACCEPTED,
        "connection": "close",
    }
    stated = {name.lower() for name, _ in asked.headers}
    if "range" in stated:  # a range of packed bytes cannot be unpacked
        own["accept-encoding"] = "identity"
    if asked.content or asked.method not in SAFE_METHODS:
        own["content-length"] = str(len(asked.content))
    kept = ((name, value) for name, value in own.items() if name not in stated)
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in (*kept, *asked.headers)]


def _target(response: httpcore2.Response, asked: Asked, *, url: httpx2.URL) -> httpx2.URL | None:
    """Where the answer sends us on to; None where it is the answer."""
    location = next((value for name, value in response.headers if name.lower() == b"location"), None)
    if response.status not in REDIRECTS or asked.method not in SAFE_METHODS or not location:
        return None
    try:
        # The bytes as they are: what else than ASCII stands there, in whichever charset, is meant for that machine.
        target = url.join("".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in location))
    except httpx2.InvalidURL as error:
        raise AnswerRefused(
            "outside-redirect", "It redirects to something that is no address.", url=told(url)
        ) from error
    return read_web_address(str(target))


def _check_way(hops: list[Hop], target: httpx2.URL, limits: Limits) -> None:
    if told(target) in {hop.url for hop in hops}:
        raise AnswerRefused("outside-circle", "It redirects in a circle.", url=hops[0].url)
    if len(hops) > limits.hops:
        raise AnswerRefused("outside-hops", "It redirects more than {most} times.", url=hops[0].url, most=limits.hops)


def _head(response: httpcore2.Response, *, url: httpx2.URL, hops: tuple[Hop, ...]) -> Fetched:
    headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
    return Fetched(url=told(url), status=response.status, headers=headers, body=b"", size_bytes=0, hops=hops)


def _password(url: httpx2.URL) -> Headers:
    """A name and a password in the address, as the header that carries them (RFC 7617)."""
    if not url.userinfo:
        return ()
    name, _, password = url.userinfo.partition(b":")
    both = unquote_to_bytes(name) + b":" + unquote_to_bytes(password)
    return (("Authorization", f"Basic {b64encode(both).decode('ascii')}"),)


@cache
def _trusted() -> SSLContext:
    """Whom this machine trusts: a tenth of a second of reading, once for a process."""
    return httpx2.create_ssl_context(trust_env=False)
