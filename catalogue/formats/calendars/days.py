"""The days of an event: dateutil reckons its rules, within bounds.

dateutil follows a rule that gives no day to the year 9999, minutes for the worst. The calendar repeats itself after
400 years, weekdays and all; so a rule is reckoned as many times 400 years later as there is room for, and at most
another 800 years are looked through.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, islice, takewhile
from zoneinfo import ZoneInfo

from dateutil import rrule

from catalogue.domain.events import Event, Occurrence
from catalogue.domain.recurrence import Frequency, Rule

# How far ahead anybody looks: beyond the longest way from one 29 February to the next (1896 to 1904).
HORIZON = timedelta(days=10 * 366)
FIRST_YEAR, LAST_YEAR = 1970, 2999
LONGEST = timedelta(days=366)
# What has an hour and no length is told until it has been going on for so long.
_JOINABLE = timedelta(hours=1)
_CYCLE_YEARS, _LATEST_START = 400, 9598
_FREQUENCIES = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}


def days_of(event: Event, *, until: date) -> Iterator[date]:
    """All days of an event up to `until`, in order, from the first; none where nothing says when it is."""
    if event.first_on is None:
        return
    last = min(until, event.until) if event.until else until
    ways: list[Iterable[date]] = [_days_of_rule(rule, event, last) for rule in event.repeats]
    ways.append(sorted(day for day in (*event.also_on, *(() if event.repeats else (event.first_on,))) if day <= last))
    left_out = frozenset(event.except_on)
    yield from (day for day, _ in groupby(heapq.merge(*ways)) if day not in left_out)


def first_day(event: Event) -> date | None:
    """The first day of an event; None where nothing says when it is, or its rules give none."""
    return next(days_of(event, until=date(LAST_YEAR, 12, 31)), None)


def coming_days(event: Event, now: datetime, *, count: int) -> tuple[Occurrence, ...]:
    """The next `count` days of an event that are not over at `now` (aware UTC), the nearest first.

    The event's `timezone` is to be stated; its hour is what the clock there shows, on each of its days.
    """
    zone = ZoneInfo(event.timezone or "UTC")
    today = now.astimezone(zone).date()
    days = _days_from(event, today - (event.length or timedelta()) - timedelta(days=2), count + 40)
    coming = (one for day in days if (one := occurrence(event, day, zone)).over_at > now)
    return tuple(islice(coming, count))


def occurrence(event: Event, day: date, zone: ZoneInfo) -> Occurrence:
    """One day of an event, with its moments; an hour that the clocks leave out is an hour later (RFC 5545, 3.3.5)."""
    if event.at is None:
        after = day + max(event.length or timedelta(), timedelta(days=1))
        return Occurrence(event=event, on=day, starts_at=None, ends_at=None, over_at=_moment(after, time(0), zone))
    starts_at = _moment(day, event.at, zone)
    ends_at = starts_at + event.length if event.length else None
    return Occurrence(
        event=event, on=day, starts_at=starts_at, ends_at=ends_at, over_at=ends_at or starts_at + _JOINABLE
    )


@lru_cache(maxsize=1024)
def _days_from(event: Event, first: date, most: int) -> tuple[date, ...]:
    """Kept, because a daily event of many years is reckoned from its beginning."""
    until = max(first, event.first_on or first) + HORIZON
    return tuple(islice((day for day in days_of(event, until=until) if day >= first), most))


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _days_of_rule(rule: Rule, event: Event, last: date) -> Iterator[date]:
    assert event.first_on is not None
    first = event.first_on
    later = (_LATEST_START - first.year) // _CYCLE_YEARS * _CYCLE_YEARS
    last = min(last, rule.until) if rule.until else last
    found = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=_shifted(first, later),
        until=_shifted(min(last, date(LAST_YEAR, 12, 31)), later),
        interval=rule.interval,
        wkst=rule.week_start,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_monthday or None,
        byyearday=rule.by_yearday or None,
        byweekno=rule.by_weekno or None,
        byweekday=[rrule.weekday(one.weekday, one.nth) for one in rule.by_weekday] or None,
        bysetpos=rule.by_position or None,
    )
    days = (moment.replace(year=moment.year - later).date() for moment in islice(found, rule.count))
    return takewhile(lambda day: _is_before_end(day, rule, event), days)


def _shifted(day: date, years: int) -> datetime:
    return datetime.combine(day.replace(year=min(day.year + years, 9999)), time(0))


def _is_before_end(day: date, rule: Rule, event: Event) -> bool:
    if rule.until_at is None:
        return True
    return _moment(day, event.at or time(0), ZoneInfo(event.timezone or "UTC")) <= rule.until_at
