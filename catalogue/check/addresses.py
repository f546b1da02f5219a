"""Which addresses a feed names that apps will ask: audio, pictures, transcripts, chapters, its publisher's feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalogue.check.address import read_address
from catalogue.feed_reading import Element, FeedDocument, Item, read_feed_file


class Kind(StrEnum):
    """What an address is of: that decides what it is asked."""

    AUDIO = "audio"
    PICTURE = "picture"
    TRANSCRIPT = "transcript"
    CHAPTERS = "chapters"
    PUBLISHER = "publisher"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a feed names an address: in the show (`item` None) or an episode, in which element."""

    kind: Kind
    url: str
    element: Element
    item: Item | None


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address to ask, and what it is of."""

    kind: Kind
    url: str


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The addresses of a feed, each once, the show's first, then in the order of the feed; `others` were too many.

    `own` is the address that the feed gives as its own; empty where it gives none.
    """

    named: tuple[Address, ...]
    others: int = 0
    own: str = ""


# Element → the attribute with its address, and what that is of.
_KINDS = {
    "enclosure": ("url", Kind.AUDIO),
    "itunes:image": ("href", Kind.PICTURE),
    "podcast:transcript": ("url", Kind.TRANSCRIPT),
    "podcast:chapters": ("url", Kind.CHAPTERS),
}


def places_of_addresses(feed: FeedDocument) -> Iterator[Place]:
    """Every place where an absolute http(s) address stands, in the order of the feed."""
    for item, parent in feed.places():
        for kind, element, url in _in_parent(parent):
            if read_address(url) is not None:
                yield Place(kind=kind, url=url, element=element, item=item)


def _in_parent(parent: Element) -> Iterator[tuple[Kind, Element, str]]:
    for element in parent.children:
        if element.name in _KINDS:
            attribute, kind = _KINDS[element.name]
            yield kind, element, element.get(attribute)
        elif element.name == "podcast:alternateEnclosure":
            for source in element.all("podcast:source"):
                yield Kind.AUDIO, source, source.get("uri")
        elif element.name == "podcast:publisher":
            for remote in element.all("podcast:remoteItem"):
                yield Kind.PUBLISHER, remote, remote.get("feedUrl")


def find_addresses(feed: FeedDocument, *, most: int) -> Addresses:
    """Find what there is to ask, no more than `most` addresses."""
    kinds: dict[str, Kind] = {}
    for place in places_of_addresses(feed):
        kinds.setdefault(place.url, place.kind)
    named = [Address(kind=kind, url=url) for url, kind in kinds.items()]
    links = feed.channel.all("atom:link")
    own = next((link.get("href") for link in links if link.get("rel") == "self"), "")
    return Addresses(named=tuple(named[:most]), others=max(0, len(named) - most), own=own)


def find_addresses_in_file(file: str, path: str, most: int) -> Addresses:
    """Find them in the local `file`, which a stranger may have written: to be called in the sandbox.

    Raises FeedError, which names it by `path`.
    """
    return find_addresses(read_feed_file(file, path), most=most)


def read_listed_guids(file: str, path: str) -> tuple[str, ...]:
    """Read which shows a publisher's feed lists, by their `podcast:guid`: to be called in the sandbox.

    Raises FeedError, which names the local `file` by `path`.
    """
    channel = read_feed_file(file, path).channel
    return tuple(remote.get("feedGuid").lower() for remote in channel.all("podcast:remoteItem"))
