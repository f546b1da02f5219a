"""`events.toml`: what happens when, in the producer's words.

A table `[[event]]` is an event, and a table named by a language in it a translation: `[event.es]`. What stands above
the first event holds for all. An event that cannot be understood costs itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from catalogue.domain.calendar_facts import CalendarFacts
from catalogue.domain.events import Calendar, Event, EventText
from catalogue.domain.identity import slug_of
from catalogue.domain.plan import Problem
from catalogue.domain.recurrence import Rule
from catalogue.errors import CalendarError, CatalogueError, ContentErrors
from catalogue.formats.calendars import days
from catalogue.formats.language_codes import find_language
from catalogue.library.event_shapes import Length, Start, read_length, read_repeat, read_start
from catalogue.library.folder_problems import error_problem
from catalogue.library.naming import transliterate
from catalogue.library.notes.fields import Field, Fields, read_utf8
from catalogue.library.notes.toml_fields import read_toml
from catalogue.library.notes.typed import read_fields

EVENTS_NAME = "events.toml"
LIMIT_EVENTS, LIMIT_RULES, LIMIT_DAYS = 500, 8, 500
_EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class StatedEvent:
    """An event as typed, by the names of its keys."""

    id: str
    title: str
    what: str
    audience: str
    language: str
    url: str
    organiser: str
    where: str
    online: bool
    start: Start
    timezone: str
    length: Length
    repeat: tuple[Rule, ...]
    also: tuple[date, ...]
    except_on: tuple[date, ...]
    until: date
    tags: tuple[str, ...]
    updated: datetime


@dataclass(frozen=True, kw_only=True)
class StatedCalendar:
    """What holds for all events of a file."""

    note: str
    language: str
    timezone: str
    organiser: str
    url: str
    online: bool
    updated: datetime


# Key of events.toml → what it is of all events, of one, of its translation.
CALENDAR_KEYS = {field.name: field.name for field in fields(StatedCalendar)}
EVENT_KEYS = {field.name.removesuffix("_on"): field.name for field in fields(StatedEvent)}
TEXT_KEYS = {name: name for name in ("title", "what", "audience", "where")}
NOTE_KEYS = {"note": "note"}
# Key of an event → field of Event, where it is not the same.
_FIELDS = {"repeat": "repeats", "also": "also_on", "updated": "updated_at"}


def read_events_file(content: bytes, path: str) -> CalendarFacts:
    """Read a file of events; raises ContentErrors where nothing of it can be used, each with its line."""
    stated = read_toml(read_utf8(content, path=path, error=CalendarError), path=path, error=CalendarError)
    tables = _tables(stated.get(_EVENT), path)
    problems: list[Problem] = []
    plain, translated = _parted({key: field for key, field in stated.items() if key != _EVENT})
    common = _fields_of(plain, StatedCalendar, CALENDAR_KEYS, path=path)
    note = common.pop("note", None)
    texts = tuple(_texts(translated, NOTE_KEYS, path, problems))
    events = [each for table in tables if (each := _event(table, common, path, problems)) is not None]
    calendar = Calendar(path=path, language=common.get("language"), note=note, texts=texts, events=tuple(events))
    return CalendarFacts(calendar=calendar, problems=tuple(problems))


def _tables(field: Field | None, path: str) -> list[Field]:
    if field is None:
        return []
    tables = field.value if isinstance(field.value, list) else [field]
    wrong = next((each for each in tables if not isinstance(each.value, dict)), None)
    if wrong is not None:
        template = "`event` takes tables. Write each event under a line [[event]]."
        raise ContentErrors((CalendarError("events-tables", template, path=path, line=wrong.line),))
    if len(tables) > LIMIT_EVENTS:
        template = "It holds {count} events; at most {limit} are read. Remove those that are over."
        found = CalendarError("calendar-events", template, path=path, count=len(tables), limit=LIMIT_EVENTS)
        raise ContentErrors((found,))
    return tables


def _parted(table: Fields) -> tuple[dict[str, Field], dict[str, Field]]:
    """What is said in the event's own language, and the tables that are named by another."""
    translated = {key: each for key, each in table.items() if isinstance(each.value, dict) and find_language(key)}
    return {key: each for key, each in table.items() if key not in translated}, translated


def _event(table: Field, common: Mapping[str, Any], path: str, problems: list[Problem]) -> Event | None:
    assert isinstance(table.value, dict)
    plain, translated = _parted(table.value)
    try:
        stated = dict(common) | _fields_of(plain, StatedEvent, EVENT_KEYS, path=path)
        event = _made(stated, path, table.line)
    except ContentErrors as several:
        problems += [error_problem(error, and_so="It is left out until then.") for error in several.errors]
        return None
    return replace(event, texts=tuple(_texts(translated, TEXT_KEYS, path, problems)))


def _fields_of(table: Fields, kind: type, names: Mapping[str, str], *, path: str) -> dict[str, Any]:
    readers = {Start: read_start, Length: read_length, Rule: read_repeat}
    return read_fields(table, kind, names=names, timezone="UTC", path=path, error=CalendarError, texts=readers)


def _texts(
    tables: Mapping[str, Field], names: Mapping[str, str], path: str, problems: list[Problem]
) -> Iterator[EventText]:
    for language, table in tables.items():
        assert isinstance(table.value, dict)
        try:
            stated = _fields_of(table.value, EventText, names, path=path)
        except ContentErrors as several:
            problems += [error_problem(error, and_so="It is left out until then.") for error in several.errors]
        else:
            yield EventText(**stated, language=find_language(language) or language)


def _made(stated: dict[str, Any], path: str, line: int) -> Event:
    start: Start | None = stated.pop("start", None)
    length: Length | None = stated.pop("length", None)
    values = {_FIELDS.get(name, name): value for name, value in stated.items()}
    title = values.setdefault("title", "")
    event = Event(
        **(values | {"id": slug_of(values.get("id") or title, transliterate)}),
        first_on=start.day if start else None,
        at=start.at if start else None,
        length=length.value if length else None,
    )
    fault = _fault(event)
    if fault is not None:
        raise ContentErrors((CalendarError(fault.code, fault.template, path=path, line=line, **fault.params),))
    return event


def _fault(event: Event) -> CatalogueError | None:
    """What is wrong with an event as a whole."""
    if not event.title:
        return CatalogueError("event-title", 'This event has no title. Add a line title = "…".')
    if event.first_on is None and (event.is_repeated or event.length or event.until):
        return CatalogueError("event-start", 'This event has no first day. Add a line start = "2021-10-04 10:00".')
    if len(event.repeats) > LIMIT_RULES or max(len(event.also_on), len(event.except_on)) > LIMIT_DAYS:
        template = "This event has more than {rules} rules or {days} single days. Make several events of it."
        return CatalogueError("repeat-many", template, rules=LIMIT_RULES, days=LIMIT_DAYS)
    if event.until and any(rule.count for rule in event.repeats):
        return CatalogueError("repeat-ends", "This event ends twice, by COUNT and by `until`. Remove one of them.")
    if event.is_repeated and days.first_day(event) is None:
        return CatalogueError("repeat-never", "The rules of this event give no day at all. Mend `repeat` or `until`.")
    return None
