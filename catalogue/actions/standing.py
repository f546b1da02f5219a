"""Until when what visitors see stays as it is, if nobody changes anything: the clock alone may change it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from catalogue.actions.shelf import Shelves
from catalogue.domain.turns import next_midnight


class _Turns(NamedTuple):
    shelves: Shelves
    moments: tuple[datetime, ...]
    """When episodes are published, the earliest first."""
    zones: tuple[ZoneInfo, ...]


class Turns:
    """What the clock changes in a state of the catalogue, looked for once for each. Threads may share one."""

    def __init__(self) -> None:
        self._known: _Turns | None = None

    def after(self, shelves: Shelves, now: datetime) -> datetime:
        """Give the next moment (aware UTC) at which an episode appears, or a day begins where a show is at home.

        With the day changes what is overdue, over, or said without its year.
        """
        known = self._known
        if known is None or known.shelves is not shelves:
            known = self._known = _turns_of(shelves)
        following = bisect_right(known.moments, now)
        days = [next_midnight(now, zone) for zone in known.zones]
        return min((*known.moments[following : following + 1], *days))


def _turns_of(shelves: Shelves) -> _Turns:
    stated = {episode.published_at for shelf in shelves.shows for episode in shelf.episodes}
    names = {"UTC", *(shelf.show.timezone for shelf in shelves.shows)}
    return _Turns(
        shelves=shelves,
        moments=tuple(sorted(moment for moment in stated if moment is not None)),
        zones=tuple(ZoneInfo(name) for name in sorted(names)),
    )
