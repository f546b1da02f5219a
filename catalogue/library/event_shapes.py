"""What stands in `events.toml` alone: the start, the length and the rule of an event, as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from catalogue.domain.recurrence import Rule, read_rule
from catalogue.errors import CalendarError, CatalogueError
from catalogue.formats.calendars import days
from catalogue.library.notes.moments import read_day

_LENGTH = re.compile(r"(?:(\d{1,3}):(\d{2})|(?:(\d{1,3})\s*d(?:ays?)?)?\s*(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})\s*min)?)")
_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::00)?)?")


@dataclass(frozen=True)
class Start:
    """The first day of an event, and its hour on the wall clock, where it has one."""

    day: date
    at: time | None


@dataclass(frozen=True)
class Length:
    """How long an event is."""

    value: timedelta


def read_start(text: str, path: str, line: int) -> Start:
    """Read a day, or a day and an hour on the wall clock; raises CalendarError."""
    found = _HOUR.fullmatch(text.strip())
    try:
        day = read_day(found[1]) if found else None
        at = time(int(found[2]), int(found[3])) if found and found[2] else None
    except (CatalogueError, ValueError):
        day, at = None, None
    if day is None or not days.FIRST_YEAR <= day.year <= days.LAST_YEAR:
        template = (
            "`start` is not a day or an hour I can read: '{text}'. Write \"2021-10-04 10:00\", as clocks there show it."
        )
        raise CalendarError("event-start", template, path=path, line=line, text=text[:60])
    return Start(day, at)


def read_length(text: str, path: str, line: int) -> Length:
    """Read how long something is: `1:30` is an hour and a half; raises CalendarError."""
    found = _LENGTH.fullmatch(text.strip())
    hours, minutes, whole, more, rest = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0, 0)
    value = timedelta(days=whole, hours=hours + more, minutes=minutes + rest)
    if not timedelta() < value <= days.LONGEST:
        template = '`length` is not one I can read: \'{text}\'. Write "1:30" (hours and minutes), "90 min" or "2 days".'
        raise CalendarError("event-length", template, path=path, line=line, text=text[:60])
    return Length(value)


def read_repeat(text: str, path: str, line: int) -> Rule:
    """Read a rule; raises CalendarError."""
    try:
        return read_rule(text)
    except CatalogueError as cause:
        params = {**cause.params, "what": "`repeat`"}
        raise CalendarError(cause.code, cause.template, path=path, line=line, **params) from cause
