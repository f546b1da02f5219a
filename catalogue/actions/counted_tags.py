"""The tags of everything public, counted once for each state of the catalogue."""

from __future__ import annotations

from datetime import datetime
from heapq import merge

from catalogue.actions.shelf import Shelves
from catalogue.domain.episode import newest_first
from catalogue.domain.tags import CountedTag, count_tags


class Tags:
    """What every page may ask for: all episodes are looked at only when one may be another. Threads may share it."""

    def __init__(self) -> None:
        self._held: tuple[Shelves, datetime | None, tuple[CountedTag, ...]] | None = None

    def of(self, shelves: Shelves, now: datetime) -> tuple[CountedTag, ...]:
        """All tags of episodes that are public at `now`, by name."""
        held = self._held
        if held is None or held[0] is not shelves or (held[1] is not None and held[1] <= now):
            episodes = tuple(merge(*(shelf.episodes for shelf in shelves.shows), key=newest_first))
            moments = (one.published_at for one in episodes if one.published_at is not None)
            due_at = min((moment for moment in moments if moment > now), default=None)
            held = self._held = (shelves, due_at, count_tags(one for one in episodes if one.is_public(now)))
        return held[2]
