"""Who the items of a foreign feed are: one GUID each, and each GUID once, over all pages of the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from catalogue.library.imports.mapped import MappedEpisode, MappedFeed, PassedOver
from catalogue.library.notes.edits import edit_note

_NEVER = datetime.max.replace(tzinfo=UTC)
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


def identified(
    feed: MappedFeed, is_held: Callable[[MappedEpisode], bool] = lambda _: False
) -> tuple[tuple[Incoming, ...], tuple[PassedOver, ...]]:
    """Give the episodes of a feed with the GUIDs they will have, in its order, and the items that are there twice.

    An item without a GUID is known by the address of its audio, as apps do it. Of several with one GUID and other
    audio one has it: who has it here already (`is_held`), else the oldest, so that none that comes later takes it; the
    others are known by their audio too. A trailer of the feed's head comes last, unless an item has its audio.
    """
    found: dict[str, Incoming] = {}
    twice: list[PassedOver] = []
    items = {one.enclosure.url for one in feed.episodes}
    trailers = {one.enclosure.url: one for one in feed.trailers if one.enclosure.url not in items}
    every = (*feed.episodes, *trailers.values())
    holders: dict[str, MappedEpisode] = {}
    for one in sorted(every, key=lambda one: (not is_held(one), one.published_at is None, one.published_at or _NEVER)):
        holders.setdefault(one.guid, one)
    for one in every:
        url, holder = one.enclosure.url, holders[one.guid]
        guid = one.guid if one.guid and one is holder else url
        if guid in found or (one.guid and one is not holder and holder.enclosure.url == url):
            twice.append(PassedOver(guid=one.guid, title=one.title, line=one.line, why=_TWICE, code="item-twice"))
        else:
            found[guid] = Incoming(guid=guid, episode=one, is_given=guid != one.guid)
    return tuple(found.values()), tuple(twice)
