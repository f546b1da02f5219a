"""What making a feed needs to know of each episode, worked out once and kept as long as it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.corrections import last_untold, told_in_feed, told_until
from catalogue.domain.episode import Episode
from catalogue.feed.assembly import public_from, trailers_of
from catalogue.feed.fragment import ItemRenderer


class Entry(NamedTuple):
    """An episode that is or will be public.

    `told` is what its item says until `until` (None: for ever); `turned_at` is when that last changed by itself.
    """

    episode: Episode
    told: Episode
    key: str
    published_at: datetime
    changed_at: datetime
    is_trailer: bool
    turned_at: datetime
    until: datetime | None


class Entries:
    """The entries of one show; what is as it was is not looked at again."""

    def __init__(self) -> None:
        self._said = ""
        self._entries: dict[str, Entry] = {}
        # A show has many feeds, and all of one state are made of the same.
        self._made: tuple[ShowShelf, datetime, list[Entry]] | None = None

    def of(self, shelf: ShowShelf, renderer: ItemRenderer, now: datetime) -> list[Entry]:
        """Every episode that is or will be an item, newest first."""
        said = f"{renderer.name} {shelf.show.corrections_days}"
        if self._made is not None and self._said == said and self._made[0] is shelf and self._made[1] == now:
            return self._made[2]
        before = self._entries if self._said == said else {}
        found: dict[str, Entry] = {}
        for episode in shelf.episodes:
            known = before.get(episode.guid)
            if known is not None and known.episode is episode and (known.until is None or now < known.until):
                found[episode.guid] = known
            elif (published_at := public_from(episode)) is not None:
                found[episode.guid] = _entry(shelf, episode, published_at, now, renderer)
        self._entries, self._said, self._made = found, said, (shelf, now, list(found.values()))
        return self._made[2]


def visible_from(entries: Sequence[Entry], now: datetime) -> int:
    """The place of the newest entry that is public at `now`; all after it are, too."""
    return next((place for place, one in enumerate(entries) if one.published_at <= now), len(entries))


def turns(entries: Sequence[Entry], first: int) -> Iterator[datetime]:
    """The moments at which the feed changes by itself: the next episode comes, or a correction is told no more."""
    if first:
        yield entries[first - 1].published_at
    yield from (one.until for one in entries[first:] if one.until is not None)


def _entry(shelf: ShowShelf, episode: Episode, published_at: datetime, now: datetime, renderer: ItemRenderer) -> Entry:
    days = shelf.show.corrections_days
    told = told_in_feed(episode, days=days, now=now)
    return Entry(
        episode=episode,
        told=told,
        key=renderer.key(told),
        published_at=published_at,
        changed_at=episode.changed_at or published_at,
        is_trailer=bool(trailers_of([episode])),
        turned_at=max(published_at, last_untold(episode, days=days, now=now) or published_at),
        until=told_until(episode, days=days, now=now),
    )
