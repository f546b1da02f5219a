"""Everybody who is named in public, gathered once for each state of the catalogue."""

from __future__ import annotations

from datetime import datetime

from catalogue.actions.people import gather_people
from catalogue.actions.shelf import Shelves
from catalogue.domain.people import Somebody


class NamedPeople:
    """Who is named, kept until something public comes or changes: ten thousand episodes take a while to look through.

    Threads may share one; two of them gather the same at worst.
    """

    def __init__(self) -> None:
        self._kept: tuple[object, tuple[Somebody, ...]] = (None, ())

    def of(self, shelves: Shelves, now: datetime) -> tuple[Somebody, ...]:
        """Everybody named in what is public at `now`, by name."""
        shows = [(one.show, [each for each in one.episodes if each.is_public(now)]) for one in shelves.shows]
        state = (shelves.revision, *(len(episodes) for _, episodes in shows))
        key, people = self._kept
        if key != state:
            people = gather_people(shows, shelves.notes_by_slug)
            self._kept = (state, people)
        return people
