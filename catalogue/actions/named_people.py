"""Everybody who is named in what is public at a moment."""

from __future__ import annotations

from datetime import datetime

from catalogue.actions.people import gather_people
from catalogue.actions.shelf import Shelves
from catalogue.domain.people import Somebody
from catalogue.domain.turns import next_publication


def named_people(shelves: Shelves, now: datetime) -> tuple[tuple[Somebody, ...], datetime | None]:
    """Everybody named in what is public at `now`, by name, and until when that holds: the next publication."""
    shows = [(one.show, [each for each in one.episodes if each.is_public(now)]) for one in shelves.shows]
    due = next_publication((each for one in shelves.shows for each in one.episodes), now)
    return gather_people(shows, shelves.notes_by_slug), due
