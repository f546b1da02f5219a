"""Events: a page of what is to come, and all of it as a calendar that apps can subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from flask import Response, g, render_template, request

from catalogue.actions.coming import held_until
from catalogue.domain import patterns
from catalogue.domain.events import Event, Occurrence, Upcoming
from catalogue.domain.recurrence import Frequency
from catalogue.domain.show import Show
from catalogue.domain.tongues import primary
from web import figures
from web.current import find_show, now, site, words
from web.feeds import feeds
from web.repeats import day_of_year, repeat_of
from web.site import pages

CALENDAR_TYPE = "text/calendar; charset=utf-8"
CALENDAR_CACHE = "public, max-age=300"
# Events that nobody need scroll to for a while stand apart.
SOON = timedelta(days=7)
# How many stand at the foot of other pages.
FEW = 2
# Without and with the year; other languages have only CLDR's full form, with it.
_DAY_PATTERNS = {
    "en": ("EEEE d MMMM", "EEEE d MMMM y"),
    "es": ("EEEE, d 'de' MMMM", "EEEE, d 'de' MMMM 'de' y"),
}


@dataclass(frozen=True, kw_only=True)
class ComingEvents:
    """What the page tells, part by part, each the nearest first; of `undated` nothing says when they are."""

    soon: tuple[Upcoming, ...]
    later: tuple[Upcoming, ...]
    undated: tuple[Upcoming, ...]

    @property
    def source(self) -> Event | None:
        """One of the events where more is to be had of all of them in one place: then that is said once."""
        every = [one.event for one in (*self.soon, *self.later, *self.undated)]
        is_one = len(every) > 1 and len({(event.url, event.organiser) for event in every}) == 1
        return every[0] if is_one and every[0].url else None

    @property
    def parts(self) -> tuple[tuple[str, tuple[Upcoming, ...]], ...]:
        """The parts that are not empty, each under the key of its heading."""
        every = (("events_soon", self.soon), ("events_later", self.later))
        return tuple((heading, events) for heading, events in every if events)


@pages.get(patterns.EVENTS)
def events() -> str:
    """What is to come: how often, when next, and where to ask."""
    coming = coming_events()
    notes = tuple(filter(None, (one.note_in(words().language) for one in site().publication.event_notes())))
    page = ComingEvents(
        soon=tuple(one for one in coming if one.days and _is_soon(one.days[0])),
        later=tuple(one for one in coming if one.days and not _is_soon(one.days[0])),
        undated=tuple(one for one in coming if not one.days),
    )
    shows = site().publication.shows()
    is_hidden = len(shows) > 1 and all(show.block for show in shows)
    return render_template("events.html", page=page, notes=notes, show=only_show(), is_hidden=is_hidden)


@feeds.get(patterns.EVENTS_CALENDAR)
def events_calendar() -> Response:
    """All events as iCalendar, with an ETag of its bytes."""
    found = site().publication.calendar_feed(site().public)
    response = Response(found.body, content_type=CALENDAR_TYPE)
    response.headers["ETag"] = found.etag
    response.headers["Cache-Control"] = CALENDAR_CACHE
    response.headers["Content-Disposition"] = 'inline; filename="events.ics"'
    response.make_conditional(request.environ)
    return response


def coming_events() -> tuple[Upcoming, ...]:
    """The events to come; the page that tells them holds until the first is over, or a day ends."""
    found = site().publication.events(now())
    hold_until(held_until(found, now()))
    return found


def next_events() -> tuple[Upcoming, ...]:
    """The few that other pages tell of."""
    return tuple(one for one in coming_events() if one.days)[:FEW]


def hold_until(moment: datetime | None) -> None:
    """Say that what is on this page holds no longer than to a moment (aware UTC); the earliest counts."""
    known = g.get("holds_until")
    if moment is not None:
        g.holds_until = moment if known is None else min(known, moment)


def only_show() -> Show | None:
    """The show that a page of the whole catalogue belongs to where there is no other."""
    shows = site().publication.shows()
    g.is_one_of_many = len(shows) > 1
    return find_show(shows[0].slug) if len(shows) == 1 else None


def when(event: Event) -> str:
    """Say how an event comes again and at which hour; empty where it comes once, or nothing says when."""
    repeated = repeat_of(event, words())
    if not repeated:
        return ""
    said, last = at_hour(repeated, event), last_day(event)
    return words()("repeat_until", repeat=said, day=day_in_words(last)) if last else said


def last_day(event: Event) -> date | None:
    """The day after which it comes no more, where that is stated; what several rules say of it is left to the days."""
    if event.until or len(event.repeats) != 1:
        return event.until
    rule = event.repeats[0]
    zone = ZoneInfo(event.timezone or "UTC")
    return rule.until_at.astimezone(zone).date() if rule.until_at else rule.until


def day_and_hour(day: Occurrence) -> str:
    """Say the day of an event, and its hour where `when` does not."""
    said = day_in_words(day.on)
    return said if day.event.is_repeated else at_hour(said, day.event)


def at_hour(said: str, event: Event) -> str:
    """Add the hour, as the clocks show it there, and whose clocks: in a page there is nobody's own time."""
    if event.at is None:
        return said
    spoken = words()
    hour = str(format_time(event.at, "short", locale=spoken.language))
    zone = _place_of(event.timezone or "UTC", spoken.language)
    zone = spoken("zone_time", place=zone) if zone else "UTC"
    return spoken("at_hour_1" if event.at.hour == 1 else "at_hour", day=said, hour=hour, zone=zone)


def day_in_words(day: date) -> str:
    """Say a day with its weekday; its year only where it is not this one."""
    language, is_other = words().language, day.year != now().year
    pattern = _DAY_PATTERNS.get(language, ("full", "full"))[is_other]
    return str(format_date(day, pattern, locale=language))


def other_language(event: Event) -> str:
    """Name the language an event is held in, in the page's words, where it is not the page's own; else empty."""
    tag, spoken = event.language or "", words().language
    if not tag or primary(tag) == spoken:
        return ""
    try:
        return Locale.parse(tag, sep="-").get_display_name(spoken) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def moment_of(day: Occurrence) -> str:
    """The day for machines (`<time datetime>`), with its hour and offset where it has one."""
    if day.starts_at is None:
        return day.on.isoformat()
    return day.starts_at.astimezone(ZoneInfo(day.event.timezone or "UTC")).isoformat(timespec="minutes")


def later_days(one: Upcoming) -> str:
    """Say the days after the next, where the words do not: of what comes every week they do."""
    is_plain = len(one.event.repeats) == 1 and not one.event.also_on and not one.event.except_on
    frequency = one.event.repeats[0].frequency if is_plain else None
    if frequency in (Frequency.DAILY, Frequency.WEEKLY) or len(one.days) < 2:
        return ""
    return str(format_list([_short_day(day.on) for day in one.days[1:]], locale=words().language))


def _short_day(day: date) -> str:
    """A day without its weekday; its year only where it is not this one."""
    return day_of_year(day, words()) if day.year == now().year else figures.stated_day(day.isoformat(), words())


def _is_soon(day: Occurrence) -> bool:
    zone = ZoneInfo(day.event.timezone or "UTC")
    return day.on <= now().astimezone(zone).date() + SOON


@lru_cache(maxsize=256)
def _place_of(timezone: str, language: str) -> str:
    """The city that a zone is named after, in a language; empty for the world's own time."""
    return "" if timezone in ("UTC", "Etc/UTC") else get_timezone_location(timezone, locale=language, return_city=True)


EVENT_PHRASES = {
    "at_hour": at_hour,
    "day_and_hour": day_and_hour,
    "day_in_words": day_in_words,
    "later_days": later_days,
    "moment_of": moment_of,
    "next_events": next_events,
    "other_language": other_language,
    "when": when,
}
