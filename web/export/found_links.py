"""Which addresses of ours a page, a feed or another text leads to, and the places in it that can be led to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

HTML = "text/html"
# What else may carry addresses of ours. Binary files do not, and scripts name their neighbours alone.
TEXTS = re.compile(r"(text/(x-opml|xml|plain|calendar)|application/(.*\+)?(xml|json)|application/rss\+xml)")
_ADDRESSES = etree.XPath("//@href|//@src|//@poster|//@action", smart_strings=False)
_SETS = etree.XPath("//@srcset", smart_strings=False)
_STATED = etree.XPath("//meta/@content", smart_strings=False)
_SCRIPTS = etree.XPath("//script[not(@src)]/text()", smart_strings=False)
_PLACES = etree.XPath("//@id|//a/@name", smart_strings=False)
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)


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
        # As a whole value: between quotes, or between tags.
        self._stated = re.compile(rf"(?<=[\"'>]){re.escape(base_url)}(/[^\"'<>\s\\]*)(?=[\"'<\\])")

    def read(self, body: bytes, media_type: str, path: str) -> Found:
        """Read what `path` answered; what is neither a page nor a text we know has no links."""
        if media_type == HTML:
            return self._page(body, path)
        if TEXTS.fullmatch(media_type):
            return Found(targets=frozenset(self._kept(self._in_text(body.decode("utf-8", "replace")))))
        return Found()

    def target(self, address: str, path: str) -> str | None:
        """Say which path below the base URL an address on the page at `path` means; None: it is not ours.

        The query is left out, because it selects nothing but a moment or a search.
        """
        if address.startswith("#"):
            return _plain(f"{path}{address}")
        if address.startswith("/") and not address.startswith("//"):
            return self._ours(address)
        whole = urljoin(f"{self._origin}{self._base_path}{path}", address)
        return self._ours(whole[len(self._origin) :]) if whole.startswith(f"{self._origin}/") else None

    def _ours(self, address: str) -> str | None:
        """The path below the base URL of a path on the host; most pages name the same ones."""
        known = self._known.get(address, "")
        if known == "":
            is_ours = address.startswith(f"{self._base_path}/")
            known = self._known[address] = _plain(address[len(self._base_path) :]) if is_ours else None
        return known

    def _page(self, body: bytes, path: str) -> Found:
        tree = etree.HTML(body, parser=_PARSER)
        if tree is None:
            return Found()
        addresses = set(_ADDRESSES(tree))
        for stated in _SETS(tree):
            addresses.update(one.split()[0] for one in stated.split(",") if one.strip())
        addresses.update(one for one in _STATED(tree) if one.startswith(self._base_url))
        targets = {self.target(address.strip(), path) for address in addresses}
        targets.update(self._kept(one for text in _SCRIPTS(tree) for one in self._in_text(text)))
        return Found(targets=frozenset(one for one in targets if one), places=frozenset(_PLACES(tree)))

    def _in_text(self, text: str) -> Iterator[str]:
        """Addresses in what machines read; `#episode` is a name there (JSON-LD's `@id`), and no place in a page."""
        return (unescape(match).partition("#")[0] for match in self._stated.findall(text))

    def _kept(self, paths: Iterable[str]) -> Iterator[str]:
        return (_plain(path) for path in paths)


def _plain(address: str) -> str:
    """Without a query, and without a place that means the page itself or words in it."""
    path, _, place = address.partition("#")
    place = unquote(place.partition(":~:")[0])
    path = path.partition("?")[0]
    return f"{path}#{place}" if place and place != "top" else path
