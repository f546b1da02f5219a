"""Events → one iCalendar feed (RFC 5545): the same bytes for the same events, whatever the clock says."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar as ForeignCalendar
from icalendar import Event as ForeignEvent
from icalendar import Timezone, vRecur

from catalogue.domain.events import Event
from catalogue.domain.recurrence import Rule, render_rule
from catalogue.formats.calendars.days import first_day

# A calendar app asks again after so long, if it asks this at all (RFC 7986, section 5.7).
REFRESH = timedelta(hours=12)
_PRODUCT = "-//Castalogue//Events//EN"
_NAMESPACE = uuid.UUID("6f1d2c56-3b0e-5b8e-9a53-1f6d1c2a7e90")


def render_calendar(
    events: Sequence[Event], *, title: str, owner: str, page: Callable[[Event], str], note: str | None = None
) -> bytes:
    """Render events as UTF-8 iCalendar; those without a day have no place in one, and there may be none at all.

    `owner` is the GUID of the first show, of which identifiers are made; `page` gives an event's place on our site.
    An event's stamp is its `updated_at`, else its first day. Their `timezone` is to be stated.
    """
    calendar = ForeignCalendar()
    for name, value in {"prodid": _PRODUCT, "version": "2.0", "name": title, "x-wr-calname": title}.items():
        calendar.add(name, value)
    if note:
        calendar.add("description", note)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    first_days = [(event, first_day(event)) for event in events]
    for event, day in first_days:
        if day is not None:
            calendar.add_component(_component(event, day, owner=owner, page=page(event)))
    days = [day for event, day in first_days if day is not None and event.at is not None]
    if days:
        calendar.add_missing_timezones(first_date=min(days))
    if not calendar.subcomponents:
        calendar.add_component(_world_time())
    return bytes(calendar.to_ical())


def uid_of(event: Event, owner: str) -> str:
    """The identifier by which calendar apps know an event again: its calendar's own, else made of its `id`."""
    return event.uid or str(uuid.uuid5(_NAMESPACE, f"{owner}\n{event.id}"))


def _world_time() -> Timezone:
    """Something to stand in a calendar without events: RFC 5545, section 3.6, wants one component at least."""
    found = Timezone.from_tzid("Etc/UTC", first_date=date(1970, 1, 1), last_date=date(1970, 1, 2))
    found.pop("comment", None)
    return found


def _component(event: Event, day: date, *, owner: str, page: str) -> ForeignEvent:
    found = ForeignEvent()
    starts = _placed(event, day)
    found.add("uid", uid_of(event, owner))
    found.add("dtstamp", event.updated_at or _placed_utc(event, day))
    found.add("summary", event.title, parameters={"LANGUAGE": event.language} if event.language else {})
    found.add("dtstart", starts)
    if event.length:
        found.add("duration" if event.at else "dtend", event.length if event.at else day + _whole_days(event.length))
    for rule in event.repeats:
        found.add("rrule", vRecur.from_ical(_rule_text(rule, event)))
    for name, days in (("rdate", event.also_on), ("exdate", event.except_on)):
        if days:
            found.add(name, [_placed(event, one) for one in days])
    _add_texts(found, event, page)
    return found


def _add_texts(found: ForeignEvent, event: Event, page: str) -> None:
    said = (event.what, event.audience, event.url, page)
    found.add("description", "\n\n".join(dict.fromkeys(filter(None, said))))
    found.add("url", event.url or page)
    if event.where:
        found.add("location", event.where)
    if event.tags:
        found.add("categories", list(event.tags))


def _rule_text(rule: Rule, event: Event) -> str:
    """The rule with its end: a day for what has no hour, else the last moment of that day in UTC."""
    ends = [day for day in (rule.until, event.until) if day is not None]
    moments = [_end_of(day, event) for day in ends] + ([rule.until_at] if rule.until_at else [])
    bare = render_rule(rule)
    if not moments or rule.count is not None:
        return bare
    last = min(moments)
    shown = f"{last:%Y%m%dT%H%M%SZ}" if event.at is not None else f"{last.astimezone(_zone(event)):%Y%m%d}"
    return f"{bare};UNTIL={shown}"


def _end_of(day: date, event: Event) -> datetime:
    return datetime.combine(day, time(23, 59, 59), _zone(event)).astimezone(UTC)


def _placed(event: Event, day: date) -> date:
    """The start on a day: on the wall clock of its zone, which the rules follow, or the day alone."""
    return day if event.at is None else datetime.combine(day, event.at, _zone(event))


def _placed_utc(event: Event, day: date) -> datetime:
    return datetime.combine(day, event.at or time(0), _zone(event)).astimezone(UTC)


def _whole_days(length: timedelta) -> timedelta:
    return max(timedelta(days=1), timedelta(days=-(-length // timedelta(days=1))))


def _zone(event: Event) -> ZoneInfo:
    return ZoneInfo(event.timezone or "UTC")
