"""The tags of everything public, counted once for each state of the catalogue."""

from __future__ import annotations

from datetime import datetime
from heapq import merge

from catalogue.actions.kept import Kept
from catalogue.actions.shelf import Shelves
from catalogue.domain.episode import newest_first
from catalogue.domain.tags import CountedTag, count_tags
from catalogue.domain.turns import next_publication


class Tags:
    """What every page may ask for: all episodes are looked at only when one may be another. Threads may share it."""

    def __init__(self) -> None:
        self._kept = Kept[tuple[CountedTag, ...]]()

    def of(self, shelves: Shelves, now: datetime) -> tuple[CountedTag, ...]:
        """All tags of episodes that are public at `now`, by name."""
        return self._kept.of(shelves, now, lambda: _counted(shelves, now))


def _counted(shelves: Shelves, now: datetime) -> tuple[tuple[CountedTag, ...], datetime | None]:
    """The tags, and until when these are the ones."""
    episodes = tuple(merge(*(shelf.episodes for shelf in shelves.shows), key=newest_first))
    return count_tags(one for one in episodes if one.is_public(now)), next_publication(episodes, now)
