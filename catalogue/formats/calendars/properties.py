"""One event of an iCalendar file: its properties (RFC 5545, section 3.8) → an Event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from catalogue.domain.events import Event
from catalogue.domain.recurrence import Rule, read_rule
from catalogue.errors import CatalogueError
from catalogue.formats.audio.tags import clean_text
from catalogue.formats.calendars.days import FIRST_YEAR, LAST_YEAR, LONGEST, first_day
from catalogue.formats.language_codes import find_language
from catalogue.formats.plain_text import one_line

# A Component of icalendar, by name; what a property holds depends on the file.
Properties: TypeAlias = Any
LINE_LIMIT, TEXT_LIMIT = 1_000, 20_000
LIMIT_RULES, LIMIT_DAYS, LIMIT_TAGS = 8, 500, 20
_FOREIGN = (ValueError, TypeError, AttributeError, OverflowError, KeyError, IndexError)


@dataclass(frozen=True, kw_only=True)
class ReadEvent:
    """An event; `replaces` is the day of a series that it stands for, `is_left_out`: it is cancelled, or private."""

    event: Event
    replaces: date | None = None
    is_left_out: bool = False


def read_event(component: Properties, *, zone: str | None) -> ReadEvent:
    """Read a VEVENT; `zone` is the calendar's own. Raises CatalogueError whose `{what}` is the event."""
    start = _when(component, "DTSTART")
    zone = _zone_of(component["DTSTART"], start) or zone
    event = Event(
        id="",
        uid=_line(component, "UID") or None,
        title=_title(component),
        what=clean_text(str(component.get("DESCRIPTION") or ""))[:TEXT_LIMIT].strip() or None,
        language=_language(component),
        organiser=_organiser(component),
        tags=tuple(_tags(component)),
        first_on=_day(start),
        at=start.time().replace(microsecond=0) if isinstance(start, datetime) else None,
        timezone=zone if isinstance(start, datetime) else None,
        length=_length(component, start),
        repeats=tuple(_rules(component)),
        also_on=_days(component, "RDATE", start, zone),
        except_on=_days(component, "EXDATE", None, zone),
        updated_at=_updated(component),
        **_place(component),
    )
    if event.is_repeated and first_day(event) is None:
        raise CatalogueError("repeat-never", "{what} has a rule that gives no day at all. Mend its RRULE.")
    replaced = _in_zone(_when(component, "RECURRENCE-ID"), zone) if "RECURRENCE-ID" in component else None
    return ReadEvent(event=event, replaces=_day(replaced) if replaced else None, is_left_out=_is_left_out(component))


def find_zone(name: str) -> str | None:
    """The IANA zone that a calendar's name for one means: one of Windows', or one behind a maker's prefix, too.

    >>> find_zone("W. Europe Standard Time"), find_zone("/example.org/Europe/Madrid"), find_zone("Mars/Olympus")
    ('Europe/Berlin', 'Europe/Madrid', None)
    """
    parts = name.strip().strip("/").split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    known = _known_zones()
    return next((tail for tail in tails if tail in known), WINDOWS_TO_OLSON.get(name.strip()))


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _title(component: Properties) -> str:
    title = _line(component, "SUMMARY")
    if not title:
        raise CatalogueError("event-title", "{what} has no title. Give it a SUMMARY.")
    return title


def _line(component: Properties, name: str) -> str:
    value = component.get(name)
    return one_line(str(value[0] if isinstance(value, list) else value or ""))[:LINE_LIMIT]


def _language(component: Properties) -> str | None:
    return find_language(str(getattr(component.get("SUMMARY"), "params", {}).get("LANGUAGE", "")))


def _organiser(component: Properties) -> str | None:
    params = getattr(component.get("ORGANIZER"), "params", {})
    return one_line(str(params.get("CN", "")))[:LINE_LIMIT] or None  # an address is nobody's business here


def _tags(component: Properties) -> Iterator[str]:
    for value in _listed(component.get("CATEGORIES"))[:LIMIT_TAGS]:
        yield from (one_line(str(name))[:60] for name in getattr(value, "cats", ())[:LIMIT_TAGS])


def _place(component: Properties) -> dict[str, Any]:
    """Where it is; an address of the web as the place is the way in."""
    where, url = _line(component, "LOCATION"), _line(component, "URL")
    is_online = _is_web(where)
    url = url if _is_web(url) else where if is_online else ""
    return {"where": None if is_online else where or None, "url": url or None, "online": is_online}


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
    return is_whole and not re.search(r"[\s<>\"]", text)


def _is_left_out(component: Properties) -> bool:
    is_private = _line(component, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL")
    return is_private or _line(component, "STATUS").upper() == "CANCELLED"


def _when(component: Properties, name: str) -> date:
    """A day or a moment, as the calendar has it."""
    try:
        found = component[name].dt
        is_good = isinstance(found, date) and FIRST_YEAR <= found.year <= LAST_YEAR
    except _FOREIGN:
        is_good = False
    if not is_good:
        text = str(component.get(name, ""))[:40]
        template = "{what} has a {name} that cannot be read: '{text}'. Write it like 20211004T100000, with its TZID."
        raise CatalogueError("date", template, name=name, text=text)
    moment: date = found
    return moment


def _zone_of(value: Any, when: date) -> str | None:
    """The zone that a moment names; None where it names none."""
    name = str(getattr(value, "params", {}).get("TZID", ""))
    if not name or not isinstance(when, datetime):
        return "UTC" if isinstance(when, datetime) and when.tzinfo is not None else None
    zone = find_zone(name)
    if zone is None:
        template = "{what} is in a time zone that nobody knows: '{text}'. Write one such as Europe/Madrid."
        raise CatalogueError("timezone", template, text=name[:60])
    return zone


def _in_zone(when: date, zone: str | None) -> date:
    """A moment in UTC, or in another zone, as the event's own clock shows it."""
    if isinstance(when, datetime) and when.tzinfo is not None and zone is not None:
        return when.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return when


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _length(component: Properties, start: date) -> timedelta | None:
    try:
        found = component["DURATION"].dt if "DURATION" in component else None
        end = component["DTEND"].dt if "DTEND" in component else None
        length = found if found is not None else None if end is None else end - start
        is_good = length is None or timedelta() <= length <= LONGEST
    except _FOREIGN:
        is_good, length = False, None
    if not is_good:
        raise CatalogueError("event-length", "{what} does not end after it begins, within a year. Mend its DTEND.")
    return length or None


def _rules(component: Properties) -> Iterator[Rule]:
    rules = _listed(component.get("RRULE"))
    if len(rules) > LIMIT_RULES:
        template = "{what} has {count} rules; at most {limit} are read. Make several events of it."
        raise CatalogueError("repeat-many", template, count=len(rules), limit=LIMIT_RULES)
    for rule in rules:
        try:
            text = rule.to_ical().decode("utf-8", "replace")
        except _FOREIGN:
            text = str(rule)
        yield read_rule(text)


def _days(component: Properties, name: str, start: date | None, zone: str | None) -> tuple[date, ...]:
    """The days named in EXDATE or RDATE; those that are added come at the hour of `start`, where that is given."""
    try:
        found = [_in_zone(one.dt, zone) for value in _listed(component.get(name)) for one in value.dts]
        is_good = len(found) <= LIMIT_DAYS and all(FIRST_YEAR <= _day(one).year <= LAST_YEAR for one in found)
        hours = {one.time() for one in found if isinstance(one, datetime)}
    except _FOREIGN:
        is_good, found, hours = False, [], set()
    if not is_good:
        template = "{what} has an {name} that cannot be read, or more than {limit} of them. Remove or mend it."
        raise CatalogueError("event-days", template, name=name, limit=LIMIT_DAYS)
    if isinstance(start, datetime) and hours - {start.time()}:
        template = "{what} comes at another hour on some of its days (RDATE). Make an event of its own of these."
        raise CatalogueError("event-hours", template)
    return tuple(sorted({_day(one) for one in found}))


def _updated(component: Properties) -> datetime | None:
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        try:
            found = component[name].dt
        except _FOREIGN:
            continue
        if isinstance(found, datetime) and FIRST_YEAR <= found.year <= LAST_YEAR:
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
