"""Ask for errands, look at them, cancel them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.open import Place
from catalogue.domain.errands import OPEN_STATES, Errand, ErrandState, ErrandWish
from catalogue.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class OpenErrand:
    """An errand with the titles of what it is about, each empty where it is about none."""

    errand: Errand
    show: str
    episode: str


def ask_for(place: Place, wish: ErrandWish, *, now: datetime) -> Errand:
    """Ask for an errand; where the same is open already, that is given. Raises StoreError."""
    return place.index.ask_for_errand(wish, now=place.index.moment(now))


def find_errand(place: Place, number: int, *, show_guid: str) -> Errand:
    """An errand of a show ("": of none). Raises NotFound, StoreError."""
    found = place.index.errand(number)
    if found is None or found.show_guid != show_guid:
        raise NotFound("no-errand", "There is no errand {number} any more.", number=number)
    return found


def cancel(place: Place, number: int, *, now: datetime) -> bool:
    """Cancel an errand; whether it was open. What it did already stays. Raises StoreError."""
    return place.index.cancel_errand(number, now=place.index.moment(now))


def open_errands(place: Place) -> tuple[OpenErrand, ...]:
    """All that waits or is being done, in the order in which it was asked for. Raises StoreError."""
    return _named(place, place.index.errands(states=OPEN_STATES))


def all_errands(place: Place) -> tuple[OpenErrand, ...]:
    """The same, with what ended in the last 30 days."""
    return _named(place, place.index.errands(states=tuple(ErrandState)))


def errands_like(place: Place, kind: str, *, show_guid: str) -> tuple[Errand, ...]:
    """All errands of a kind about a show ("": about none), also those that ended, the oldest first. Raises StoreError.

    Without titles, and without what came of all others: pages ask this each time they are opened.
    """
    found = place.index.errands(states=tuple(ErrandState), kind=kind)
    return tuple(one for one in found if one.show_guid == show_guid)


def _named(place: Place, errands: tuple[Errand, ...]) -> tuple[OpenErrand, ...]:
    shows = {row.show.guid: row.show.title for row in place.index.shows()}
    return tuple(
        OpenErrand(errand=one, show=shows.get(one.show_guid, one.show_guid), episode=_episode(place, one))
        for one in errands
    )


def _episode(place: Place, errand: Errand) -> str:
    row = place.index.episode(errand.show_guid, errand.guid) if errand.guid else None
    return row.episode.title if row is not None and row.episode is not None else errand.guid
