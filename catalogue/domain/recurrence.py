"""How an event comes again: RFC 5545's rule (section 3.3.10) as far as days go, read from its text and written back.

An hour is the event's own, the same on each of its days; so rules under a day, and hours in rules, are refused. Which
days a rule gives is reckoned in `catalogue.formats.calendars.days`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from catalogue.errors import CatalogueError

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# More than anybody means; what is larger only costs time.
MOST_INTERVAL, MOST_COUNT, RULE_LENGTH = 1_000, 100_000, 500
_EXAMPLE = "FREQ=WEEKLY;BYDAY=MO"


class Frequency(StrEnum):
    """The step of a rule."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class WeekdayNumber(NamedTuple):
    """A weekday (0: Monday); `nth` of the month or year, from its end where negative, None: each."""

    weekday: int
    nth: int | None = None

    def __str__(self) -> str:
        return f"{'' if self.nth is None else self.nth}{WEEKDAYS[self.weekday]}"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: every `interval` steps of `frequency`, on the days that all the `by_…` name.

    It ends after `count` days, with the day `until`, or at the moment `until_at` (aware UTC), where one is stated.
    """

    frequency: Frequency
    interval: int = 1
    by_weekday: tuple[WeekdayNumber, ...] = ()
    by_monthday: tuple[int, ...] = ()
    by_yearday: tuple[int, ...] = ()
    by_weekno: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    week_start: int | None = None
    count: int | None = None
    until: date | None = None
    until_at: datetime | None = None


def read_rule(text: str) -> Rule:
    """Read the text of a rule; raises CatalogueError whose `{what}` the caller fills in.

    >>> read_rule("FREQ=MONTHLY;BYDAY=2TU,4TU").by_weekday[1]
    WeekdayNumber(weekday=1, nth=4)
    """
    bare = text.strip().upper().removeprefix("RRULE:")
    found: dict[str, object] = {}
    for part in bare.split(";")[: RULE_LENGTH + 1] if len(bare) <= RULE_LENGTH else ("too long",):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or name not in _PARTS:
            raise _unreadable(text, part)
        field, read = _PARTS[name]
        if field in found:
            raise _unreadable(text, part)
        found[field] = _read_part(read, value, text)
    if "frequency" not in found:
        raise _unreadable(text, "FREQ")
    until = found.pop("until", None)
    found["until_at" if isinstance(until, datetime) else "until"] = until
    rule = Rule(**found)  # type: ignore[arg-type]  # each part was read as its field's type
    _refuse_impossible(rule, text)
    return rule


def render_rule(rule: Rule) -> str:
    """Write a rule as `read_rule` reads it, without its end in time: how that is written depends on the event.

    >>> render_rule(read_rule("BYDAY=1TH,3TH;FREQ=MONTHLY;INTERVAL=1"))
    'FREQ=MONTHLY;BYDAY=1TH,3TH'
    """
    parts = [f"FREQ={rule.frequency}"]
    parts += [f"INTERVAL={rule.interval}"] if rule.interval != 1 else []
    parts += [f"COUNT={rule.count}"] if rule.count is not None else []
    for name, (field, _) in _PARTS.items():
        value = getattr(rule, field, None) if field.startswith("by_") else None
        parts += [f"{name}={','.join(map(str, value))}"] if value else []
    parts += [f"WKST={WEEKDAYS[rule.week_start]}"] if rule.week_start is not None else []
    return ";".join(parts)


def _read_part(read: Callable[[str], object], value: str, text: str) -> object:
    try:
        return read(value)
    except ValueError as cause:
        raise _unreadable(text, value) from cause


def _refuse_impossible(rule: Rule, text: str) -> None:
    """Refuse what RFC 5545 forbids, and what no reader agrees on."""
    is_nth = any(one.nth is not None for one in rule.by_weekday)
    by_day = (rule.by_weekday, rule.by_monthday, rule.by_yearday, rule.by_weekno, rule.by_month)
    is_wrong = (
        (rule.count is not None and (rule.until or rule.until_at))
        or (is_nth and rule.frequency in (Frequency.DAILY, Frequency.WEEKLY))
        or (rule.by_monthday and rule.frequency is Frequency.WEEKLY)
        or (rule.by_yearday and rule.frequency is not Frequency.YEARLY)
        or (rule.by_weekno and (rule.frequency is not Frequency.YEARLY or is_nth))
        or (rule.by_position and not any(by_day))
    )
    if is_wrong:
        template = "{what} puts together what does not go together: '{text}'. Write it like {example}."
        raise CatalogueError("repeat-together", template, what="This", text=text[:80], example=_EXAMPLE)


def _frequency(value: str) -> Frequency:
    return Frequency(value)


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError(value)
        return int(value)

    return read


def _numbers(high: int) -> Callable[[str], tuple[int, ...]]:
    """Numbers from 1, or from the end with a minus."""

    def read(value: str) -> tuple[int, ...]:
        numbers = value.split(",")
        if not all(re.fullmatch(r"[+-]?[0-9]{1,3}", one) and 1 <= abs(int(one)) <= high for one in numbers):
            raise ValueError(value)
        return tuple(dict.fromkeys(map(int, numbers)))

    return read


def _months(value: str) -> tuple[int, ...]:
    months = _numbers(12)(value)
    if min(months) < 1:
        raise ValueError(value)
    return months


def _weekdays(value: str) -> tuple[WeekdayNumber, ...]:
    found = []
    for one in value.split(","):
        match = re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", one.strip())
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(value)
        found.append(WeekdayNumber(WEEKDAYS.index(match[2]), int(match[1]) if match[1] else None))
    return tuple(dict.fromkeys(found))


def _end(value: str) -> date | datetime:
    """A day, a moment in UTC, or a moment on the event's own clock, of which the day is enough."""
    match = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?", value)
    if match is None:
        raise ValueError(value)
    numbers = [int(part) for part in match.groups()[:6] if part is not None]
    return datetime(*numbers, tzinfo=UTC) if match[7] else date(*numbers[:3])  # type: ignore[misc, arg-type]  # six


# Part of a rule → field, and how its value is read. Hours, and what only one program writes, are not among them.
_PARTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _whole(1, MOST_INTERVAL)),
    "COUNT": ("count", _whole(1, MOST_COUNT)),
    "UNTIL": ("until", _end),
    "BYMONTH": ("by_month", _months),
    "BYWEEKNO": ("by_weekno", _numbers(53)),
    "BYYEARDAY": ("by_yearday", _numbers(366)),
    "BYMONTHDAY": ("by_monthday", _numbers(31)),
    "BYDAY": ("by_weekday", _weekdays),
    "BYSETPOS": ("by_position", _numbers(366)),
    "WKST": ("week_start", WEEKDAYS.index),
}


def _unreadable(text: str, part: str) -> CatalogueError:
    template = (
        "{what} is not a rule I can read, at '{part}': '{text}'. Write {example}; the hour is that of `start`, and "
        "nothing comes more often than once a day."
    )
    return CatalogueError("repeat", template, what="This", text=text[:80], part=part[:30], example=_EXAMPLE)
