"""Dates, lengths, sizes and moments as people say them, in the words of a page."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from web.words import Words

# English months differ in order between countries; day, month, year reads everywhere.
DAY_PATTERNS = {"en": "d MMMM y"}
SIZES = (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000))


def day(moment: datetime, timezone: str, words: Words) -> str:
    """Say the day of a moment in the show's zone: `5 October 2021`."""
    return _day_in_words(moment.astimezone(ZoneInfo(timezone)).date(), words)


def time_of_day(moment: datetime, timezone: str) -> str:
    """Say what a clock in the show's zone shows at a moment.

    >>> time_of_day(datetime.fromisoformat("2021-10-05T12:00:00+00:00"), "America/New_York")
    '08:00'
    """
    return f"{moment.astimezone(ZoneInfo(timezone)):%H:%M}"


def date_of(moment: datetime, timezone: str) -> str:
    """Write the day of a moment in the show's zone as fields for days want it: `2021-10-05`."""
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d}"


def stated_day(text: str, words: Words) -> str:
    """Say a day or a month as a note states it (`2018-05-03`, `2018-05`); other text as it is."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return str(format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=words.language))
        return _day_in_words(date.fromisoformat(text), words)
    except ValueError:  # free words, such as "when the guideline changes"
        return text


def length(duration: timedelta, words: Words) -> str:
    """Say how long: `48 min`, `1 h 12 min`, under a minute `40 s`."""
    seconds = round(duration.total_seconds())
    if seconds < 60:
        return words("seconds", seconds=seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return words("minutes", minutes=minutes)
    return words("hours_minutes", hours=hours, minutes=minutes) if minutes else words("hours_length", hours=hours)


def size(size_bytes: int, words: Words) -> str:
    """Say how big, in decimal units as phones do: `44 MB`."""
    for unit, factor in SIZES:
        if size_bytes >= factor:
            amount = size_bytes / factor
            rounded = round(amount, 1) if amount < 10 else round(amount)
            return f"{_decimal(rounded, words.language)} {unit}"
    return words.count("bytes", size_bytes)


def clock(moment: timedelta) -> str:
    """Write a moment of an episode as a player does.

    >>> clock(timedelta(seconds=252)), clock(timedelta(hours=1, seconds=5))
    ('4:12', '1:00:05')
    """
    minutes, seconds = divmod(int(moment.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def number(value: Decimal) -> str:
    """Write an episode's number without idle zeros.

    >>> number(Decimal("110.0")), number(Decimal("12.5"))
    ('110', '12.5')
    """
    return f"{value.normalize():f}"


def language_name(tag: str) -> str:
    """Name a language in itself (`español`); an unknown one by its tag."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag


@lru_cache(maxsize=512)
def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left; an unknown one is not.

    >>> is_right_to_left("he"), is_right_to_left("en-GB"), is_right_to_left("xx")
    (True, False, False)
    """
    try:
        return bool(Locale.parse(tag, sep="-").text_direction == "rtl")
    except (UnknownLocaleError, ValueError):
        return False


def country_name(code: str, words: Words) -> str:
    """Name a country in the words of the page; an unknown one as it is written."""
    return str(Locale.parse(words.language).territories.get(code.upper(), code))


def speed(rate: float, words: Words) -> str:
    """Write a playing speed: `1.25 ×`."""
    return f"{_decimal(rate, words.language)} ×"


# Every page says the same few numbers and days again, and Babel takes a tenth of a millisecond for each.
@lru_cache(maxsize=4096)
def _decimal(value: float, language: str) -> str:
    return str(format_decimal(value, locale=language))


@lru_cache(maxsize=4096)
def _written_day(chosen: date, language: str) -> str:
    return str(format_date(chosen, DAY_PATTERNS.get(language, "long"), locale=language))


def _day_in_words(chosen: date, words: Words) -> str:
    return _written_day(chosen, words.language)
