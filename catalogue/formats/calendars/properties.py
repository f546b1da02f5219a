"""One event of an iCalendar file: its properties (RFC 5545, section 3.8) → an Event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from catalogue.domain.events import Event
from catalogue.domain.recurrence import Rule, read_rule
from catalogue.errors import CatalogueError
from catalogue.formats.audio.tags import clean_text
from catalogue.formats.calendars.days import first_day
from catalogue.formats.calendars.moments import (
    FOREIGN,
    Properties,
    day_of,
    in_zone,
    listed,
    read_days,
    read_length,
    read_updated,
    read_when,
    read_zone,
)
from catalogue.formats.language_codes import find_language
from catalogue.formats.plain_text import one_line

LINE_LIMIT, TEXT_LIMIT = 1_000, 20_000
LIMIT_RULES, LIMIT_TAGS = 8, 20


@dataclass(frozen=True, kw_only=True)
class ReadEvent:
    """An event; `replaces` is the day of a series that it stands for, `is_left_out`: it is cancelled, or private."""

    event: Event
    replaces: date | None = None
    is_left_out: bool = False


def read_event(component: Properties, *, zone: str | None) -> ReadEvent:
    """Read a VEVENT; `zone` is the calendar's own. Raises CatalogueError whose `{what}` is the event."""
    begins = read_when(component, "DTSTART")
    is_once = "RRULE" not in component and "RDATE" not in component
    stated = read_zone(component["DTSTART"], begins)
    zone = zone if is_once and stated == "UTC" and zone is not None else stated or zone
    start = in_zone(begins, zone)
    event = Event(
        id="",
        uid=_line(component, "UID") or None,
        title=_title(component),
        what=clean_text(str(component.get("DESCRIPTION") or ""))[:TEXT_LIMIT].strip() or None,
        language=_language(component),
        organiser=_organiser(component),
        tags=tuple(_tags(component)),
        first_on=day_of(start),
        at=start.time().replace(microsecond=0) if isinstance(start, datetime) else None,
        timezone=zone if isinstance(start, datetime) else None,
        length=read_length(component, begins),
        repeats=tuple(_rules(component)),
        also_on=read_days(component, "RDATE", start, zone),
        except_on=read_days(component, "EXDATE", None, zone),
        updated_at=read_updated(component),
        **_place(component),
    )
    if event.is_repeated and first_day(event) is None:
        raise CatalogueError("repeat-never", "{what} has a rule that gives no day at all. Mend its RRULE.")
    replaced = in_zone(read_when(component, "RECURRENCE-ID"), zone) if "RECURRENCE-ID" in component else None
    return ReadEvent(event=event, replaces=day_of(replaced) if replaced else None, is_left_out=_is_left_out(component))


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
    for value in listed(component.get("CATEGORIES"))[:LIMIT_TAGS]:
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


def _rules(component: Properties) -> Iterator[Rule]:
    rules = listed(component.get("RRULE"))
    if len(rules) > LIMIT_RULES:
        template = "{what} has {count} rules; at most {limit} are read. Make several events of it."
        raise CatalogueError("repeat-many", template, count=len(rules), limit=LIMIT_RULES)
    for rule in rules:
        try:
            text = rule.to_ical().decode("utf-8", "replace")
        except FOREIGN:
            text = str(rule)
        yield read_rule(text.replace("\\", ""))  # one that icalendar cannot read comes back escaped, as a text
