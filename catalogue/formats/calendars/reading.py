"""iCalendar files (RFC 5545) → events. Called in the sandbox; icalendar knows the format.

An event that cannot be read costs itself and is named with its line; what is private or cancelled is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from icalendar import Calendar as ForeignCalendar
from icalendar import Component

from catalogue.domain.events import Calendar, Event
from catalogue.domain.facts import CalendarFacts
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import CalendarError, CatalogueError
from catalogue.formats.calendars.properties import Properties, find_zone, read_event

LIMIT_BYTES = 1024 * 1024
LIMIT_EVENTS = 500


def read_calendar(file: str, path: str) -> CalendarFacts:
    """Read the local `file`; messages name `path`. Raises CalendarError where it is no calendar, or too large."""
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise CalendarError("calendar-closed", "It cannot be opened: {why}.", path=path, why=error.strerror) from error
    if len(content) > LIMIT_BYTES:
        template = "It is larger than a calendar may be: at most {limit} bytes. Export fewer events."
        raise CalendarError("calendar-large", template, path=path, limit=LIMIT_BYTES)
    found = _parsed(content, path)
    events = found.walk("VEVENT")
    if len(events) > LIMIT_EVENTS:
        template = "It holds {count} events; at most {limit} are read. Export fewer."
        raise CalendarError("calendar-events", template, path=path, count=len(events), limit=LIMIT_EVENTS)
    return _facts(found, events, path=path, lines=_lines(content))


def _parsed(content: bytes, path: str) -> Properties:
    try:
        found = ForeignCalendar.from_ical(content)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as cause:
        template = "It is not a calendar that can be read: {why}. Export it again as iCalendar (.ics)."
        raise CalendarError("calendar", template, path=path, why=str(cause)[:120]) from cause
    if not isinstance(found, Component) or found.name != "VCALENDAR":
        template = "It holds no calendar: it has to begin with BEGIN:VCALENDAR. Export it again as iCalendar (.ics)."
        raise CalendarError("calendar", template, path=path)
    return found


def _lines(content: bytes) -> Iterator[int]:
    lines = enumerate(content.upper().splitlines(), start=1)
    return (number for number, line in lines if line.strip() == b"BEGIN:VEVENT")


def _facts(found: Properties, components: list[Properties], *, path: str, lines: Iterator[int]) -> CalendarFacts:
    zone = find_zone(str(found.get("X-WR-TIMEZONE") or ""))
    events: list[Event] = []
    replaced: dict[str, list[date]] = {}
    problems: list[Problem] = []
    for component, line in zip(components, lines, strict=False):
        try:
            read = read_event(component, zone=zone)
        except CatalogueError as error:
            problems.append(_problem(error, path, line))
            continue
        if read.replaces is not None and read.event.uid is not None:
            replaced.setdefault(read.event.uid, []).append(read.replaces)
        if not read.is_left_out:
            events.append(replace(read.event, uid=None) if read.replaces is not None else read.event)
    return CalendarFacts(
        calendar=Calendar(path=path, events=tuple(_without(event, replaced) for event in events)),
        problems=tuple(problems),
    )


def _without(event: Event, replaced: dict[str, list[date]]) -> Event:
    """The event without the days that stand in the calendar as events of their own (RFC 5545, RECURRENCE-ID)."""
    days = replaced.get(event.uid or "", ())
    return replace(event, except_on=tuple(sorted({*event.except_on, *days}))) if days else event


def _problem(error: CatalogueError, path: str, line: int) -> Problem:
    message = f"{error.template.format(**{'what': 'This event', **error.params})} The event is left out."
    return Problem(severity=Severity.ERROR, code=error.code, path=path, line=line, message=message)
