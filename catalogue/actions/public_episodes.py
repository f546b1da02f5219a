"""Which of a show's episodes visitors may see: looked for once, until the clock lets another appear."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.listing import Listing
from catalogue.domain.turns import next_publication

_NEVER = datetime.max.replace(tzinfo=UTC)


class _Found(NamedTuple):
    shelf: ShowShelf
    since: datetime
    until: datetime
    listing: Listing


class PublicEpisodes:
    """Nearly every page asks for the list, and ten thousand episodes are not asked each time. Threads may share one."""

    def __init__(self) -> None:
        self._held: dict[str, _Found] = {}

    def of(self, shelf: ShowShelf, now: datetime) -> Listing:
        """Give the episodes that are public at `now`."""
        found = self._held.get(shelf.show.guid)
        if found is None or found.shelf is not shelf or not found.since <= now < found.until:
            found = self._held[shelf.show.guid] = _look(shelf, now)
        return found.listing


def _look(shelf: ShowShelf, now: datetime) -> _Found:
    return _Found(
        shelf=shelf,
        since=now,
        until=next_publication(shelf.episodes, now) or _NEVER,
        listing=Listing(
            show=shelf.show, episodes=tuple(episode for episode in shelf.episodes if episode.is_public(now))
        ),
    )
