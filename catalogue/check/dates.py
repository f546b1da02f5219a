"""Dates as feeds write them: those of e-mails."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# RFC 5322, section 3.3, with a zone in digits or by its old name; the weekday is left out by some, and RSS 2.0 allows
# two digits for the year.
_DATE = re.compile(
    r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} [A-Z][a-z]{2} (\d{4}|\d{2}) "
    r"\d{2}:\d{2}(:\d{2})? ([+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)"
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOCK_TOLERANCE = timedelta(minutes=5)


def find_moment(text: str) -> datetime | None:
    """Find the moment an RFC 5322 date with a zone states, the weekday unjudged; None for anything else.

    >>> find_moment("Tue, 05 Oct 2021 08:00:00 +0000").isoformat()
    '2021-10-05T08:00:00+00:00'
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)  # -0000: UTC, place unknown
    except (ValueError, OverflowError):
        return None


def has_whole_year(text: str) -> bool:
    """Whether a date that `find_moment` reads has a year of four digits.

    >>> has_whole_year("05 Oct 21 08:00:00 GMT")
    False
    """
    return re.search(r" \d{4} ", text, re.ASCII) is not None
