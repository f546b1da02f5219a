"""Which addresses of ours a page, a feed or another text leads to, and the places in it that can be led to.

Pages are our own, and well-formed by test: an expression that finds their tags finds what a tree would, in a tenth of
the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

HTML = "text/html"
# What else may carry addresses of ours. Binary files do not, and scripts name their neighbours alone.
TEXTS = re.compile(r"(text/(x-opml|xml|plain|calendar)|application/(.*\+)?(xml|json)|application/rss\+xml)")
# A tag that has attributes with values, always between double quotes; of a script its text, too, which is no HTML.
_TAG = re.compile(r"""<([a-z][a-z0-9]*)(\s[^<>"]*(?:"[^"]*"[^<>"]*)+)>""")
_ATTRIBUTE = re.compile(r'\s(href|src|poster|action|srcset|content|id|name)="([^"]*)"')
_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_ADDRESSES = frozenset({"href", "src", "poster", "action"})
_WITH_HOST = re.compile(r"[a-zA-Z][\w+.-]*://")
# What may stand before an address that is a whole value: a quote, or the end of a tag.
_BEFORE = frozenset("\"'>")


@dataclass(frozen=True, kw_only=True)
class Found:
    """`targets` are paths below the base URL, with `#place` where one is meant; `places` the ids of a page."""

    targets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


class LinkReader:
    """Reads the links of a site under one base URL."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        parts = urlsplit(base_url)
        self._origin, self._base_path = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
        self._known: dict[str, str | None] = {}
        # As a whole value: between quotes, or between tags. What begins with the address itself is found soonest.
        self._stated = re.compile(rf"{re.escape(base_url)}(/[^\"'<>\s\\]*)(?=[\"'<\\])")

    def read(self, body: bytes, media_type: str, path: str) -> Found:
        """Read what `path` answered; what is neither a page nor a text we know has no links."""
        if media_type == HTML:
            return self._page(body.decode("utf-8", "replace"), path)
        if TEXTS.fullmatch(media_type):
            return Found(targets=frozenset(self._in_text(body.decode("utf-8", "replace"))))
        return Found()

    def target(self, address: str, path: str) -> str | None:
        """Say which path below the base URL an address on the page at `path` means; None: it is not ours.

        The query is left out, because it selects nothing but a moment or a search.
        """
        if address.startswith("#"):
            return _plain(f"{path}{address}")
        if address.startswith("/") and not address.startswith("//"):
            return self._ours(address)
        whole = address if _WITH_HOST.match(address) else urljoin(f"{self._origin}{self._base_path}{path}", address)
        return self._ours(whole[len(self._origin) :]) if whole.startswith(f"{self._origin}/") else None

    def _ours(self, address: str) -> str | None:
        """The path below the base URL of a path on the host; most pages name the same ones."""
        known = self._known.get(address, "")
        if known == "":
            is_ours = address.startswith(f"{self._base_path}/")
            known = self._known[address] = _plain(address[len(self._base_path) :]) if is_ours else None
        return known

    def _page(self, text: str, path: str) -> Found:
        addresses, places = set[str](), set[str]()
        for tag in set(_TAG.findall(text)):
            if (said := _read_tag(*tag)) is None:
                continue
            addresses.update(said.addresses)
            places.update(said.places)
            if said.stated is not None and said.stated.startswith(self._base_url):
                addresses.add(said.stated)
        targets = {self.target(address.strip(), path) for address in addresses}
        targets.update(one for script in _SCRIPT.findall(text) for one in self._in_text(script))
        return Found(targets=frozenset(one for one in targets if one), places=frozenset(places))

    def _in_text(self, text: str) -> Iterator[str]:
        """Addresses in what machines read; `#episode` is a name there (JSON-LD's `@id`), and no place in a page."""
        found = (match for match in self._stated.finditer(text) if text[match.start() - 1 : match.start()] in _BEFORE)
        return (_plain(unescape(address).partition("#")[0]) for address in dict.fromkeys(one[1] for one in found))


class _Said(NamedTuple):
    """What a tag leads to, its names as a place, and what it states (of a `meta`)."""

    addresses: tuple[str, ...]
    places: tuple[str, ...]
    stated: str | None


@lru_cache(maxsize=4096)  # most tags of a page are those of the page before
def _read_tag(tag: str, attributes: str) -> _Said | None:
    values = [(name, unescape(value)) for name, value in _ATTRIBUTE.findall(attributes)]
    sets = (one.split()[0] for name, value in values if name == "srcset" for one in value.split(",") if one.strip())
    said = _Said(
        addresses=(*(value for name, value in values if name in _ADDRESSES), *sets),
        places=tuple(value for name, value in values if name == "id" or (name == "name" and tag == "a")),
        stated=next((value for name, value in values if name == "content" and tag == "meta"), None),
    )
    return said if any(said) else None


def _plain(address: str) -> str:
    """Without a query, and without a place that means the page itself or words in it."""
    path, _, place = address.partition("#")
    place = unquote(place.partition(":~:")[0])
    path = path.partition("?")[0]
    return f"{path}#{place}" if place and place != "top" else path
