"""iCalendar files (RFC 5545) → events. Called in the sandbox; icalendar knows the format.

An event that cannot be read costs itself and is named with its line; what is private or cancelled is left out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from icalendar import Event as ForeignEvent

from catalogue.domain.calendar_facts import CalendarFacts
from catalogue.domain.events import Calendar, Event
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import CalendarError, CatalogueError
from catalogue.formats.calendars.moments import FOREIGN, Properties, find_zone
from catalogue.formats.calendars.properties import read_event
from catalogue.formats.plain_text import one_line

LIMIT_BYTES = 1024 * 1024
LIMIT_EVENTS = 500
# RFC 5545, 3.1: a long line goes on after a break and a blank, which may stand inside a letter.
_FOLD = re.compile(rb"\r?\n[ \t]")
_BEGIN, _END = b"BEGIN:VEVENT", b"END:VEVENT"
_ZONE = re.compile(rb"^X-WR-TIMEZONE:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


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
    if not content.removeprefix(codecs.BOM_UTF8).lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        template = "It holds no calendar: it has to begin with BEGIN:VCALENDAR. Export it again as iCalendar (.ics)."
        raise CalendarError("calendar", template, path=path)
    blocks = tuple(_blocks(content))
    if len(blocks) > LIMIT_EVENTS:
        template = "It holds {count} events; at most {limit} are read. Export fewer."
        raise CalendarError("calendar-events", template, path=path, count=len(blocks), limit=LIMIT_EVENTS)
    zone = _ZONE.search(content)
    return _facts(blocks, path=path, zone=find_zone(zone[1].decode("utf-8", "replace")) if zone else None)


def _blocks(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The text of each event with the line where it begins: read one by one, a broken one costs itself."""
    block: list[bytes] | None = None
    begins = 0
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        mark = line.strip().upper()
        if mark == _BEGIN:
            if block is not None:
                yield begins, b"".join(block)
            block, begins = [], number
        if block is not None:
            block.append(line)
            if mark == _END:
                yield begins, b"".join(block)
                block = None
    if block is not None:
        yield begins, b"".join(block)


def _facts(blocks: Iterable[tuple[int, bytes]], *, path: str, zone: str | None) -> CalendarFacts:
    events: list[Event] = []
    replaced: dict[str, list[date]] = {}
    problems: list[Problem] = []
    for line, block in blocks:
        try:
            read = read_event(_parsed(block), zone=zone)
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


def _parsed(block: bytes) -> Properties:
    if not block.rstrip().upper().endswith(_END):
        raise CatalogueError("event-cut", "{what} has no end: the file is cut off there. Copy or export it again.")
    try:
        text = _FOLD.sub(b"", block).decode("utf-8")
    except UnicodeDecodeError as cause:  # icalendar would put other signs there, as it does where a letter is folded
        raise CatalogueError("not-utf-8", "{what} is not UTF-8 text. Export it again with that encoding.") from cause
    try:
        return ForeignEvent.from_ical(text)
    except (*FOREIGN, RecursionError) as cause:
        raise CatalogueError(
            "event", "{what} cannot be read: {why}. Mend it.", why=one_line(str(cause))[:120]
        ) from cause


def _without(event: Event, replaced: dict[str, list[date]]) -> Event:
    """The event without the days that stand in the calendar as events of their own (RFC 5545, RECURRENCE-ID)."""
    days = replaced.get(event.uid or "", ())
    return replace(event, except_on=tuple(sorted({*event.except_on, *days}))) if days else event


def _problem(error: CatalogueError, path: str, line: int) -> Problem:
    message = f"{error.template.format(**{'what': 'This event', **error.params})} The event is left out."
    return Problem(severity=Severity.ERROR, code=error.code, path=path, line=line, message=message, said=error.said)
