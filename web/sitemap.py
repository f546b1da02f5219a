"""The list of all public pages for search engines, in parts where it grows too long (sitemaps.org, protocol 0.9).

A page stands in it once for each language it is written in, each with the addresses of the others; what asks not to be
listed is not. `lastmod` is the page's last publication, update or correction: no clock of ours.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from markupsafe import escape

# sitemaps.org: "no more than 50,000 URLs and no larger than 50MB (52,428,800 bytes)".
MOST_PAGES, MOST_BYTES = 50_000, 52_428_800
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
).encode()
_TAIL = b"</urlset>\n"


@dataclass(frozen=True, kw_only=True)
class Page:
    """A public page: its address, its last change, and its addresses by language where it has several."""

    address: str
    changed_at: datetime | None = None
    languages: tuple[tuple[str, str], ...] = ()


def render_parts(
    pages: Iterable[Page], *, most_pages: int = MOST_PAGES, most_bytes: int = MOST_BYTES
) -> Iterator[bytes]:
    """Write the sitemap in as few parts as hold it: one where it is short, empty where there is no page."""
    entries: list[bytes] = []
    size = len(_HEAD) + len(_TAIL)
    for page in pages:
        entry = _entry(page)
        if entries and (len(entries) == most_pages or size + len(entry) > most_bytes):
            yield _part(entries)
            entries, size = [], len(_HEAD) + len(_TAIL)
        entries.append(entry)
        size += len(entry)
    yield _part(entries)


def render_list(addresses: Sequence[str]) -> bytes:
    """Write the list of the parts of a sitemap."""
    rows = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n'
    return f"{head}{rows}</sitemapindex>\n".encode()


class KeptParts:
    """The sitemap as it was last made, packed, and of what: ten thousand episodes take a second. Threads may share it.

    `facts` is all it is made of; where it is what it was, mostly the same objects, comparing takes a millisecond.
    """

    def __init__(self) -> None:
        self._kept: tuple[object, tuple[bytes, ...]] = (None, ())

    def parts(self, facts: object, make: Callable[[], Iterable[bytes]]) -> tuple[bytes, ...]:
        """Give the parts made of these facts, calling `make` only where they are new."""
        known, packed = self._kept
        if known is None or facts != known:
            packed = tuple(zlib.compress(part, 1) for part in make())
            self._kept = (facts, packed)
        return tuple(zlib.decompress(part) for part in packed)


def _part(entries: Iterable[bytes]) -> bytes:
    return b"".join((_HEAD, *entries, _TAIL))


def _entry(page: Page) -> bytes:
    changed = f"<lastmod>{page.changed_at.isoformat(timespec='seconds')}</lastmod>" if page.changed_at else ""
    return f"<url><loc>{escape(page.address)}</loc>{changed}{_others(page.languages)}</url>\n".encode()


@lru_cache(maxsize=8)
def _others(languages: tuple[tuple[str, str], ...]) -> str:
    """The links to a page in its languages; the same for each of them, and they follow one another."""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(tag)}" href="{escape(address)}"/>' for tag, address in languages
    )
