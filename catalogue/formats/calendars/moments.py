"""When an event of an iCalendar file is: its days, hours and zones (RFC 5545, sections 3.2.19, 3.8.2 and 3.8.5).

Errors speak of `{what}`, which whoever knows the event fills in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from catalogue.errors import CatalogueError
from catalogue.formats.calendars.days import FIRST_YEAR, LAST_YEAR, LONGEST

# A Component of icalendar, by name; what a property holds depends on the file.
Properties: TypeAlias = Any
LIMIT_DAYS = 500
# What icalendar raises, then or when it is asked, for a value that is none.
FOREIGN = (ValueError, TypeError, AttributeError, OverflowError, KeyError, IndexError)


def read_when(component: Properties, name: str) -> date:
    """A day or a moment, as the calendar has it."""
    if name not in component:
        raise CatalogueError(
            "no-date", "{what} has no {name}. Write one like 20211004T100000, with its TZID.", name=name
        )
    try:
        found = component[name].dt
        is_good = isinstance(found, date) and FIRST_YEAR <= found.year <= LAST_YEAR
    except FOREIGN:
        is_good = False
    if not is_good:
        text = str(component.get(name, ""))[:40]
        template = "{what} has a {name} that cannot be read: '{text}'. Write it like 20211004T100000, with its TZID."
        raise CatalogueError("date", template, name=name, text=text)
    moment: date = found
    return moment


def find_zone(name: str) -> str | None:
    """The IANA zone that a calendar's name for one means: one of Windows', or one behind a maker's prefix, too.

    >>> find_zone("W. Europe Standard Time"), find_zone("/example.org/Europe/Madrid"), find_zone("Mars/Olympus")
    ('Europe/Berlin', 'Europe/Madrid', None)
    """
    parts = name.strip().strip("/").split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    known = _known_zones()
    return next((tail for tail in tails if tail in known), WINDOWS_TO_OLSON.get(name.strip()))


def read_zone(value: Any, when: date) -> str | None:
    """The zone that a moment names; None where it names none."""
    name = str(getattr(value, "params", {}).get("TZID", ""))
    if not name or not isinstance(when, datetime):
        return "UTC" if isinstance(when, datetime) and when.tzinfo is not None else None
    zone = find_zone(name)
    if zone is None:
        template = "{what} is in a time zone that nobody knows: '{text}'. Write one such as Europe/Madrid."
        raise CatalogueError("timezone", template, text=name[:60])
    return zone


def in_zone(when: date, zone: str | None) -> date:
    """A moment in UTC, or in another zone, as the event's own clock shows it."""
    if isinstance(when, datetime) and when.tzinfo is not None and zone is not None:
        return when.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return when


def day_of(when: date) -> date:
    """The day of a day or a moment."""
    return when.date() if isinstance(when, datetime) else when


def read_length(component: Properties, start: date) -> timedelta | None:
    """How long an event is, by its DURATION or DTEND; None where it does not say."""
    try:
        found = component["DURATION"].dt if "DURATION" in component else None
        end = component["DTEND"].dt if "DTEND" in component else None
        length = found if found is not None else None if end is None else end - start
        is_good = length is None or timedelta() <= length <= LONGEST
    except FOREIGN:
        is_good, length = False, None
    if not is_good:
        raise CatalogueError("event-length", "{what} does not end after it begins, within a year. Mend its DTEND.")
    return length or None


def read_days(component: Properties, name: str, start: date | None, zone: str | None) -> tuple[date, ...]:
    """The days named in EXDATE or RDATE; those that are added come at the hour of `start`, where that is given."""
    try:
        found = [in_zone(one.dt, zone) for value in listed(component.get(name)) for one in value.dts]
        is_good = len(found) <= LIMIT_DAYS and all(FIRST_YEAR <= day_of(one).year <= LAST_YEAR for one in found)
        hours = {one.time() for one in found if isinstance(one, datetime)}
    except FOREIGN:
        is_good, found, hours = False, [], set()
    if not is_good:
        template = "{what} has an {name} that cannot be read, or more than {limit} of them. Remove or mend it."
        raise CatalogueError("event-days", template, name=name, limit=LIMIT_DAYS)
    if isinstance(start, datetime) and hours - {start.time()}:
        template = "{what} comes at another hour on some of its days (RDATE). Make an event of its own of these."
        raise CatalogueError("event-hours", template)
    return tuple(sorted({day_of(one) for one in found}))


def read_updated(component: Properties) -> datetime | None:
    """When the event last changed, aware UTC; None where it does not say."""
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        try:
            found = component[name].dt
        except FOREIGN:
            continue
        if isinstance(found, datetime) and FIRST_YEAR <= found.year <= LAST_YEAR:
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def listed(value: Any) -> list[Any]:
    """A property's values, however many there are."""
    return value if isinstance(value, list) else [] if value is None else [value]


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())
