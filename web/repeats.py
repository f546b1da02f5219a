"""How an event comes again, in the words of a page: every Monday; the second and fourth Tuesday of each month.

What no short sentence says ("several dates") is left to the next days, which stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.lists import format_list

from catalogue.domain.events import Event
from catalogue.domain.recurrence import Frequency, Rule, WeekdayNumber
from web.words import Words

MOST_RULES = 2
_WORKING_DAYS, _ALL_DAYS = tuple(range(5)), tuple(range(7))
_NTH = {1: "nth_1", 2: "nth_2", 3: "nth_3", 4: "nth_4", 5: "nth_5", -1: "nth_last", -2: "nth_before_last"}
_EACH = (
    "each_monday",
    "each_tuesday",
    "each_wednesday",
    "each_thursday",
    "each_friday",
    "each_saturday",
    "each_sunday",
)
# As in `figures`: day, month reads everywhere.
_DAY_OF_YEAR = {"en": "d MMMM"}


def repeat_of(event: Event, words: Words) -> str:
    """Say on which days an event comes; empty where it comes once, or nothing says when."""
    if not event.is_repeated:
        return ""
    said = [_rule(rule, event, words) for rule in event.repeats]
    if event.also_on or len(said) > MOST_RULES or None in said:
        return words("repeat_several")
    return _listed([one for one in said if one], words)


def day_of_year(day: date, words: Words) -> str:
    """Say a day without its year: `13 October`."""
    pattern = _DAY_OF_YEAR.get(words.language)
    if pattern:
        return str(format_date(day, pattern, locale=words.language))
    return str(format_skeleton("MMMMd", day, locale=words.language))


def _rule(rule: Rule, event: Event, words: Words) -> str | None:
    """The rule in words; None where there are none for it."""
    first = event.first_on
    if first is None or rule.by_yearday or rule.by_weekno:
        return None
    return _SAY[rule.frequency](rule, first, words)


def _daily(rule: Rule, first: date, words: Words) -> str | None:
    if rule.by_month or rule.by_monthday or rule.by_position:
        return None
    if rule.by_weekday:
        return _weekly(rule, first, words) if rule.interval == 1 else None
    return words("repeat_daily") if rule.interval == 1 else words("repeat_days", count=rule.interval)


def _weekly(rule: Rule, first: date, words: Words) -> str | None:
    if rule.by_month or rule.by_position:
        return None
    days = tuple(sorted({one.weekday for one in rule.by_weekday})) or (first.weekday(),)
    if rule.interval == 1 and days in (_ALL_DAYS, _WORKING_DAYS):
        return words("repeat_daily" if days == _ALL_DAYS else "repeat_working_days")
    said = _listed([words(_EACH[day]) for day in days], words)
    return (
        words("repeat_weekly", days=said)
        if rule.interval == 1
        else words("repeat_weeks", days=said, count=rule.interval)
    )


def _monthly(rule: Rule, first: date, words: Words) -> str | None:
    days = None if rule.by_month else _days_of_month(rule, first, words)
    if days is None:
        return None
    return (
        words("repeat_monthly", days=days)
        if rule.interval == 1
        else words("repeat_months", days=days, count=rule.interval)
    )


def _yearly(rule: Rule, first: date, words: Words) -> str | None:
    if rule.interval != 1 or len(rule.by_month) > 1 or rule.by_position or len(rule.by_monthday) > 1:
        return None
    month = rule.by_month[0] if rule.by_month else first.month
    if rule.by_weekday:
        days = None if rule.by_monthday or not rule.by_month else _weekdays_of_month(rule.by_weekday, words)
        name = get_month_names("wide", locale=words.language)[month]
        return None if days is None else words("repeat_yearly_weekday", days=days, month=name)
    number = rule.by_monthday[0] if rule.by_monthday else first.day
    if number < 1 or (rule.by_monthday and not rule.by_month):
        return None
    return words("repeat_yearly", day=day_of_year(date(2000, month, number), words))


_SAY: dict[Frequency, Callable[[Rule, date, Words], str | None]] = {
    Frequency.DAILY: _daily,
    Frequency.WEEKLY: _weekly,
    Frequency.MONTHLY: _monthly,
    Frequency.YEARLY: _yearly,
}


def _days_of_month(rule: Rule, first: date, words: Words) -> str | None:
    weekdays = rule.by_weekday
    if rule.by_position:  # the one weekday that is meant, counted
        if rule.by_monthday or len(weekdays) != 1 or weekdays[0].nth is not None:
            return None
        weekdays = tuple(WeekdayNumber(weekdays[0].weekday, nth) for nth in rule.by_position)
    if weekdays:
        return None if rule.by_monthday else _weekdays_of_month(weekdays, words)
    numbers = rule.by_monthday or (first.day,)
    if numbers == (-1,):
        return words("month_last_day")
    if min(numbers) < 1:
        return None
    said = _listed([str(number) for number in sorted(numbers)], words)
    return words("month_day" if len(numbers) == 1 else "month_days", days=said)


def _weekdays_of_month(weekdays: Iterable[WeekdayNumber], words: Words) -> str | None:
    """`the second and fourth Tuesday`, weekday by weekday."""
    counted = sorted((one.weekday, one.nth or 0) for one in weekdays)
    if any(nth not in _NTH for _, nth in counted):
        return None
    names = get_day_names("wide", locale=words.language)
    said = []
    for weekday, group in groupby(counted, key=lambda each: each[0]):
        nths = sorted((nth for _, nth in group), key=lambda nth: (nth < 0, nth))
        said.append(words("nth_weekday", nth=_listed([words(_NTH[nth]) for nth in nths], words), day=names[weekday]))
    return _listed(said, words)


def _listed(said: Sequence[str], words: Words) -> str:
    return str(format_list(said, locale=words.language)) if said else ""
