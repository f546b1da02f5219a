"""Addresses of the web as they are asked, and as they are told."""

from __future__ import annotations

import httpx2

from catalogue.errors import AddressRefused

SCHEMES = ("http", "https")
# Of an address in a sentence no more is shown.
TOLD_LENGTH = 200


def read_web_address(text: str) -> httpx2.URL:
    """Read an http or https address with a host; raises AddressRefused."""
    try:
        url = httpx2.URL(text.strip())
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise _refused(text) from error
    host = url.raw_host
    if url.scheme not in SCHEMES or not host or b"%" in host or host.startswith(b".") or b".." in host:
        raise _refused(text)
    return url.copy_with(fragment=None)


def told(url: httpx2.URL) -> str:
    """An address as it is shown, kept and compared: without name, password and fragment."""
    return str(url.copy_with(username="", password="", fragment=None)) if url.userinfo else str(url)


def may_share_password(url: httpx2.URL, target: httpx2.URL) -> bool:
    """Tell whether a password for `url` may go on to `target`: to the same place, or from http to https there.

    >>> ours = httpx2.URL("http://a.example/feed")
    >>> [may_share_password(ours, httpx2.URL(to)) for to in ("http://a.example/", "https://a.example/")]
    [True, True]
    >>> places = "http://b.example/", "http://a.example:81/", "https://a.example:444/", "https://b.a.example/"
    >>> any(may_share_password(ours, httpx2.URL(to)) for to in places)
    False
    >>> may_share_password(httpx2.URL("https://a.example/"), ours)
    False
    """
    if url.raw_host != target.raw_host:
        return False
    ways = (url.scheme, url.port), (target.scheme, target.port)
    return ways[0] == ways[1] or ways == (("http", None), ("https", None))


def _refused(text: str) -> AddressRefused:
    shown = text if len(text) <= TOLD_LENGTH else text[:TOLD_LENGTH] + "…"
    if "@" in shown:
        shown = "the address"  # it may hold a password, and where it ends cannot be told
    return AddressRefused(
        "outside-address",
        "This is no address of the web. It begins with https:// or http:// and the name of a machine.",
        url=shown,
    )
