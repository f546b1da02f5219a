"""When what the public may see changes by itself: an episode comes, or a correction is told in the feed no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from catalogue.actions.shelf import Shelves
from catalogue.domain.corrections import told_until
from catalogue.domain.episode import Episode
from catalogue.domain.show import Show


def next_due(shelves: Shelves, now: datetime) -> datetime | None:
    """The first such moment after `now` (aware UTC); None where nothing is waiting."""
    return min(
        (moment for shelf in shelves.shows for moment in _moments(shelf.episodes, shelf.show, now)), default=None
    )


def _moments(episodes: tuple[Episode, ...], show: Show, now: datetime) -> Iterator[datetime]:
    for one in episodes:
        if one.published_at is not None and one.published_at > now and one.is_public(one.published_at):
            yield one.published_at
        until = told_until(one, days=show.corrections_days, now=now) if one.is_public(now) else None
        if until is not None and until > now:
            yield until
