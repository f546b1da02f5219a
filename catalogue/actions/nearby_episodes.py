"""What is near an episode of the index, found without a look at all others of its show."""

from __future__ import annotations

from datetime import datetime

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.episode import Episode
from catalogue.domain.nearby import Nearby, Surroundings
from catalogue.domain.seasons import last_first


class NearbyEpisodes:
    """The episodes of shows, arranged once for each state of a show. Threads may share one."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[ShowShelf, Surroundings]] = {}

    def of(self, shelf: ShowShelf, episode: Episode, now: datetime) -> Nearby:
        """The neighbours of an episode that are public at `now`, and others about the same."""
        known = self._held.get(shelf.show.guid)
        if known is None or known[0] is not shelf:
            known = self._held[shelf.show.guid] = (shelf, Surroundings(last_first(shelf.show, shelf.episodes)))
        return known[1].near(episode, now)
