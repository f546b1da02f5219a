"""Podlove Simple Chapters 1.2: `psc:chapters` inside a feed's item, or a file of them (podlove.org/simple-chapters).

The namespace is declared on the element and not on `<rss>`: only shows that ask for it have it, and the bytes of all
other feeds stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.domain.clock import clock
from catalogue.domain.media import Chapter
from catalogue.feed.element import ascii_address, one_line
from catalogue.feed.writing import empty_element

NAMESPACE = "http://podlove.org/simple-chapters"
VERSION = "1.2"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_podlove(chapters: Iterable[Chapter]) -> str:
    """Write the element, earliest first; nothing where no chapter is listed: it has no place for silent ones."""
    listed = sorted((one for one in chapters if one.is_listed), key=lambda chapter: chapter.start)
    if not listed:
        return ""
    written = "".join([empty_element("psc:chapter", **_attributes(chapter)) for chapter in listed])
    return f'<psc:chapters version="{VERSION}" xmlns:psc="{NAMESPACE}">{written}</psc:chapters>'


def render_podlove(chapters: Iterable[Chapter]) -> bytes:
    """Render a file of the element alone: UTF-8 XML with declaration, a chapter a line."""
    return (_DECLARATION + write_podlove(chapters).replace("><", ">\n<") + "\n").encode()


def _attributes(chapter: Chapter) -> dict[str, str]:
    stated = {
        "start": clock(chapter.start),
        "title": one_line(chapter.title),
        "href": ascii_address(chapter.url or ""),
        "image": ascii_address(chapter.image_url or ""),
    }
    return {name: value for name, value in stated.items() if value}
