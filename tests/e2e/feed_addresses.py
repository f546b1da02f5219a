"""What a feed points at, read from its XML alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


@dataclass(frozen=True)
class File:
    """An address in a feed, with what the feed says of it."""

    kind: str
    url: str
    media_type: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True)
class Item:
    """One item."""

    guid: str
    title: str
    link: str
    files: tuple[File, ...]

    @property
    def enclosure(self) -> File:
        return next(file for file in self.files if file.kind == "enclosure")


def items_of(feed: bytes) -> tuple[Item, ...]:
    """Read the items, in the feed's order."""
    return tuple(
        Item(*(item.findtext(name) or "" for name in ("guid", "title", "link")), tuple(_files(item)))
        for item in ET.fromstring(feed).iter("item")
    )


def all_files(feed: bytes) -> tuple[File, ...]:
    """Every file that a feed names: the show's pictures, then those of its items, each once."""
    channel = ET.fromstring(feed).find("channel")
    assert channel is not None
    found = [*_files(channel), *(file for item in items_of(feed) for file in item.files)]
    return tuple({file.url: file for file in found}.values())


def _files(element: ET.Element) -> Iterator[File]:
    for tag, kind, address in (
        ("enclosure", "enclosure", "url"),
        (f"{PODCAST}transcript", "transcript", "url"),
        (f"{PODCAST}chapters", "chapters", "url"),
        (f"{PODCAST}image", "image", "href"),
        (f"{ITUNES}image", "image", "href"),
    ):
        for found in element.findall(tag):
            length = found.get("length")
            yield File(kind, found.attrib[address], found.get("type"), int(length) if length else None)
    for alternate in element.findall(f"{PODCAST}alternateEnclosure"):
        length = alternate.get("length")
        for source in alternate.findall(f"{PODCAST}source"):
            yield File("alternate", source.attrib["uri"], alternate.get("type"), int(length) if length else None)
