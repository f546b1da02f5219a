"""Which events are to come at a moment, and all of them as one calendar feed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from catalogue.domain.agenda import Agenda
from catalogue.domain.events import Upcoming
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.domain.turns import next_midnight

# How many days of one event a page tells at most.
DAYS = 3


@dataclass(frozen=True, kw_only=True)
class CalendarBody:
    """A calendar feed, UTF-8, with a strong, quoted ETag."""

    body: bytes
    etag: str


def settled_agenda(agenda: Agenda, shows: Sequence[Show]) -> Agenda:
    """The agenda in which every event has a zone and a language: where it states none, the first show's."""
    if not shows:
        return agenda.settled(timezone="UTC", language="en")
    return agenda.settled(timezone=shows[0].timezone, language=shows[0].language)


def coming_events(agenda: Agenda, now: datetime, *, count: int = DAYS) -> tuple[Upcoming, ...]:
    """The events that are not over at `now` (aware UTC), the nearest first, each with its next `count` days.

    Those of which nothing says when they are come last.
    """
    from catalogue.formats.calendars.days import coming_days  # dateutil: only where there are events

    found = (Upcoming(event=event, days=coming_days(event, now, count=count)) for event in agenda.events)
    told = [one for one in found if one.days or one.event.first_on is None]
    return tuple(sorted(told, key=_nearest))


def coming_until(agenda: Agenda, now: datetime) -> tuple[tuple[Upcoming, ...], datetime | None]:
    """The events that are not over at `now`, and until when these are the ones: the first end."""
    coming = coming_events(agenda, now)
    return coming, min((day.over_at for one in coming for day in one.days), default=None)


def held_until(coming: Iterable[Upcoming], now: datetime) -> datetime | None:
    """Until when what is said of these events stays true: the first end, or midnight in a zone of theirs."""
    moments = [day.over_at for one in coming for day in one.days]
    moments += [next_midnight(now, ZoneInfo(one.event.timezone or "UTC")) for one in coming if one.days]
    return min(moments, default=None)


def calendar_feed(agenda: Agenda, shows: Sequence[Show], links: Links, *, title: str) -> CalendarBody:
    """All events as iCalendar; the same bytes for the same library and base URL."""
    owner = min(shows, key=lambda show: (show.first_seen_at, show.guid)).guid if shows else ""
    return _rendered(agenda, owner, links, title)


@lru_cache(maxsize=8)
def _rendered(agenda: Agenda, owner: str, links: Links, title: str) -> CalendarBody:
    from catalogue.formats.calendars.writing import render_calendar  # icalendar: only where somebody asks for it

    notes = [calendar.note for calendar in agenda.calendars if calendar.note]
    body = render_calendar(
        agenda.events,
        title=title,
        owner=owner,
        page=lambda event: f"{links.events()}#event-{event.id}",
        note="\n\n".join(notes) or None,
    )
    return CalendarBody(body=body, etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _nearest(one: Upcoming) -> tuple[bool, datetime, str]:
    if not one.days:
        return True, datetime.max.replace(tzinfo=UTC), one.event.title
    day = one.days[0]
    zone = ZoneInfo(one.event.timezone or "UTC")
    starts_at = day.starts_at or datetime.combine(day.on, time(0), zone).astimezone(UTC)
    return False, starts_at, one.event.title
