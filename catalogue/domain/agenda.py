"""All events of a library, as its files state them, and the addresses that they have on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalogue.domain.events import Calendar, Event
from catalogue.domain.plan import Problem


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """What the library's calendars hold, and what is wrong with them; `was_offered` says that it once had some."""

    calendars: tuple[Calendar, ...] = ()
    problems: tuple[Problem, ...] = ()
    was_offered: bool = False

    @property
    def is_offered(self) -> bool:
        """Whether apps may have subscribed to its calendar, which then answers without events, too."""
        return bool(self.calendars) or self.was_offered

    @property
    def paths(self) -> tuple[str, ...]:
        """Their files in the library."""
        return tuple(calendar.path for calendar in self.calendars)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for calendar in self.calendars for event in calendar.events)

    def settled(self, *, timezone: str, language: str) -> Agenda:
        """The same, where what no file states is the show's: the zone of its hours and the language of its texts."""
        return replace(self, calendars=tuple(_settled(one, timezone, language) for one in self.calendars))


def with_own_ids(calendars: Iterable[Calendar]) -> tuple[Calendar, ...]:
    """Give every event an `id` of its own: the one it has, else that with -2, -3 … in the order of the files."""
    taken: set[str] = set()
    return tuple(
        replace(calendar, events=tuple(replace(event, id=_free(event.id, taken)) for event in calendar.events))
        for calendar in calendars
    )


def _free(wanted: str, taken: set[str]) -> str:
    stem = candidate = wanted or "event"
    number = 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    taken.add(candidate)
    return candidate


def _settled(calendar: Calendar, timezone: str, language: str) -> Calendar:
    spoken = calendar.language or language
    events = (
        replace(event, timezone=event.timezone or timezone, language=event.language or spoken)
        for event in calendar.events
    )
    return replace(calendar, language=spoken, events=tuple(events))
