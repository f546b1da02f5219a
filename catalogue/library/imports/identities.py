"""Who the items of a foreign feed are: one GUID each, and each GUID once, over all pages of the feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalogue.library.imports.mapped import MappedEpisode, MappedFeed, PassedOver
from catalogue.library.notes.edits import edit_note

_TWICE = "Another item has its GUID and its audio, so it is here once."


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An episode to come, under the GUID it will have; `is_given` where the feed has none, or has it twice."""

    guid: str
    episode: MappedEpisode
    is_given: bool = False

    @property
    def note(self) -> bytes:
        """The text of its `episode.md`, which states the GUID."""
        note = self.episode.note.encode()
        return edit_note(note, {"guid": self.guid}, "episode.md") if self.is_given else note


def joined(pages: Iterable[MappedFeed]) -> MappedFeed:
    """Give the pages of one feed as one: what is said of the show is as the first page has it."""
    first, *others = pages
    unknown = dict(first.unknown)
    for page in others:
        for name, count in page.unknown.items():
            if name.startswith("item "):
                unknown[name] = unknown.get(name, 0) + count
    return replace(
        first,
        episodes=tuple(one for page in (first, *others) for one in page.episodes),
        passed_over=tuple(one for page in (first, *others) for one in page.passed_over),
        unknown=unknown,
    )


def identified(feed: MappedFeed) -> tuple[tuple[Incoming, ...], tuple[PassedOver, ...]]:
    """Give the episodes of a feed with the GUIDs they will have, in its order, and the items that are there twice.

    An item without a GUID is known by the address of its audio, as apps do it; so is a later one with the GUID of
    another that has other audio, which no app would show beside it. A trailer of the feed's head comes last, unless
    an item has its audio.
    """
    found: dict[str, Incoming] = {}
    twice: list[PassedOver] = []
    items = {one.enclosure.url for one in feed.episodes}
    trailers = {one.enclosure.url: one for one in feed.trailers if one.enclosure.url not in items}
    for one in (*feed.episodes, *trailers.values()):
        url = one.enclosure.url
        other = found.get(one.guid) if one.guid else None
        guid = one.guid if one.guid and other is None else url
        if guid in found or (other is not None and other.episode.enclosure.url == url):
            twice.append(PassedOver(guid=one.guid, title=one.title, line=one.line, why=_TWICE, code="item-twice"))
        else:
            found[guid] = Incoming(guid=guid, episode=one, is_given=guid != one.guid)
    return tuple(found.values()), tuple(twice)
