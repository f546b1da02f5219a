"""What rules ask of an address: is it whole, is it fit to be published, which ending has it."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qsl, urlsplit

# Names under which keys to a private feed or a bucket travel; S3 and its kin sign with X-Amz-… parameters.
SECRET_NAMES = frozenset(
    "access_token api_key apikey auth key password passwd pwd secret sig signature token x-amz-credential "
    "x-amz-signature".split()
)


def read_address(text: str) -> SplitResult | None:
    """Read an absolute http(s) URL; None for anything else.

    >>> read_address("https://example.org/feed.xml").netloc
    'example.org'
    >>> read_address("//example.org/feed.xml") is None
    True
    """
    try:
        address = urlsplit(text)
        is_absolute = address.scheme in {"http", "https"} and bool(address.hostname)
    except ValueError:  # such as a bracket without its pair
        return None
    return address if is_absolute else None


def is_same_address(one: str, other: str) -> bool:
    """Whether two URLs name the same place: scheme, host's case, final slash aside.

    >>> is_same_address("http://Example.org/feed/", "https://example.org/feed")
    True
    """
    first, second = read_address(one), read_address(other)
    if first is None or second is None:
        return one == other
    return _place(first) == _place(second)


def _place(address: SplitResult) -> tuple[str, str, str]:
    return address.netloc.lower(), address.path.rstrip("/"), address.query


def is_loopback(text: str) -> bool:
    """Whether a URL leads to the machine itself, where https has nobody to keep out.

    >>> is_loopback("http://localhost:8080/feed.xml"), is_loopback("http://example.org/")
    (True, False)
    """
    address = read_address(text)
    host = (address.hostname or "") if address is not None else ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def ending(text: str) -> str:
    """The file ending in a URL's path, lower case, without the dot; empty where there is none."""
    address = read_address(text)
    return PurePosixPath(address.path).suffix.lower().lstrip(".") if address else ""


def flaws_of_address(text: str) -> Iterator[str]:
    """Say what is wrong with an address that goes into a public feed, apart from lacking https."""
    address = read_address(text)
    if address is None:
        yield "is no whole address; write it with https:// and the host"
        return
    if text.split(maxsplit=1) != [text]:
        yield "holds a blank; write %20"
    if not text.isascii():
        yield "has letters beyond ASCII; percent-encode them"
    if "@" in address.netloc:
        yield "gives away a user name or a password; take it out"
    names = {name.lower() for name, _ in parse_qsl(address.query)}
    if secrets := sorted(names & SECRET_NAMES):
        yield f"gives away a key (`{secrets[0]}`) to everyone who reads the feed; use a public address"
