"""Moments, days and lengths of time as people type them; never numbers counted from 1970.

Errors speak of `{what}`, which whoever knows the field's name fills in.
"""

from __future__ import annotations

import difflib
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from catalogue.errors import CatalogueError

MORNING = time(8)
"""When a day alone is meant, in the show's time zone."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?:\s*(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)
_DURATION = re.compile(r"(?:(?:([0-9]{1,3}):)?([0-9]{1,4}):)?([0-9]{1,6}(?:\.[0-9]{1,6})?)")


def read_moment(text: str, timezone: str) -> datetime:
    """Read a moment as aware UTC, in whole seconds.

    `timezone` (an IANA name) applies where the text names no zone; a day alone is 08:00 there. Raises
    CatalogueError for anything else, for years alone, and for hours that a change of clocks left out or doubled.

    >>> read_moment("2021-10-05", "Europe/Berlin").isoformat()
    '2021-10-05T06:00:00+00:00'
    >>> read_moment("2021-10-05 08:00:30 +02:00", "UTC").isoformat()
    '2021-10-05T06:00:30+00:00'
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise _unreadable(text, "2021-10-05 08:00")
    day = read_day(found["day"])
    if found["hour"] is None:
        return moment_in(datetime.combine(day, MORNING), timezone)
    try:
        moment = datetime.combine(day, time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0)))
    except ValueError as cause:
        raise _unreadable(text, "2021-10-05 08:00") from cause
    if found["zone"] is None:
        return moment_in(moment, timezone)
    return moment.replace(tzinfo=_offset(found["zone"], text)).astimezone(UTC)


def moment_in(moment: datetime, timezone: str) -> datetime:
    """Place a moment without zone in a time zone and give it as aware UTC.

    Raises CatalogueError that names both readings where the clocks leave it out or show it twice.
    """
    zone = open_timezone(timezone)
    moment = moment.replace(microsecond=0)
    before, after = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if before.utcoffset() == after.utcoffset():
        return before.astimezone(UTC)
    first, second = before.astimezone(UTC), after.astimezone(UTC)
    params = {"what": "This", "moment": f"{moment:%Y-%m-%d %H:%M}", "timezone": timezone}
    if first.astimezone(zone).replace(tzinfo=None) == moment:
        template = "{what} is a moment that comes twice in {timezone}: {moment}. Write {first} or {second}."
        readings = {"first": before.isoformat(" ", "minutes"), "second": after.isoformat(" ", "minutes")}
        raise CatalogueError("time-doubled", template, **params, **readings)
    earlier, later = sorted(each.astimezone(zone) for each in (first, second))
    template = "{what} is a moment that the clocks leave out in {timezone}: {moment}. Write {first} or {second}."
    readings = {"first": f"{earlier:%Y-%m-%d %H:%M}", "second": f"{later:%Y-%m-%d %H:%M}"}
    raise CatalogueError("time-missing", template, **params, **readings)


def read_day(text: str) -> date:
    """Read a day; raises CatalogueError for anything but year, month and day in that order.

    >>> read_day("2021-10-05")
    datetime.date(2021, 10, 5)
    """
    found = _DAY.fullmatch(text.strip())
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _unreadable(text, "2021-10-05")
    return day


def read_duration(text: str) -> timedelta:
    """Read a length of time or a place in the audio; a number alone is seconds.

    >>> [str(read_duration(text)) for text in ("1:02:03", "12:34", "75:00", "95", "95.5")]
    ['1:02:03', '0:12:34', '1:15:00', '0:01:35', '0:01:35.500000']
    """
    found = _DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (part or "0" for part in found.groups()) if found else ("0", "0", "")
    is_too_many = found and ((found[1] and int(minutes) >= 60) or (found[2] and float(seconds) >= 60))
    if found is None or is_too_many:
        template = "{what} is not a time I can read: '{text}'. Write hours, minutes and seconds: 1:02:03 or 12:34."
        raise CatalogueError("duration", template, what="This", text=text[:60])
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def render_duration(duration: timedelta) -> str:
    """Write a length of time as `read_duration` reads it.

    >>> render_duration(timedelta(seconds=3723)), render_duration(timedelta(seconds=95.5))
    ('1:02:03', '1:35.5')
    """
    whole, rest = divmod(duration, timedelta(seconds=1))
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    start = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest else ""
    return f"{start}:{seconds:02}{fraction}"


def open_timezone(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name; raises CatalogueError that names the nearest known one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        known = {each.casefold(): each for each in available_timezones()}
        near = difflib.get_close_matches(name.casefold().replace(" ", "_"), known, 1, 0.7)
        example = known[near[0]] if near else "Europe/Madrid"
        template = "{what} is not a time zone I know: '{text}'. Write it like {example}."
        raise CatalogueError("timezone", template, what="This", text=name[:60], example=example) from cause


def _offset(zone: str, text: str) -> timezone:
    if zone in {"Z", "z"}:
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 15 or minutes > 59:
        raise _unreadable(text, "2021-10-05 08:00+02:00")
    return timezone((-1 if zone[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _unreadable(text: str, example: str) -> CatalogueError:
    template = "{what} is not a date I can read: '{text}'. Write {example}."
    if re.fullmatch(r"[0-9]{4}(-[0-9]{1,2})?", text.strip()):
        template = "{what} has no day: '{text}'. Write {example}."
    return CatalogueError("date", template, what="This", text=text[:60], example=example)
