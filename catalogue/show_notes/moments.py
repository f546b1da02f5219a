"""Moments of an episode named in running text: `12:34`, `1:02:03`.

A time of day looks the same ("Mondays 10:00 ET"), so what names a clock or a zone right after it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

_CLOCK = r"(?!\s?(?:(?i:[ap]\.?m\b|h\b|hrs?\b|uhr\b|o.clock)|(?:[ECMP][SD]?T|CES?T|BST|UTC|GMT)\b))"
_MOMENT = (
    r"(?<![\w:./])(?:(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)|(?P<all_minutes>\d{1,3})):(?P<seconds>[0-5]\d)"
    rf"(?![\w:]|[.,]\d){_CLOCK}"
)
MOMENT = re.compile(_MOMENT, re.ASCII)
_TIMED_LINE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?[*_(\[]{0,4}" + _MOMENT, re.ASCII | re.MULTILINE)
# Three is what Apple asks for before it takes time stamps for chapters ("Chapters on Apple Podcasts").
_TIME_LIST_LINES = 3


def split_moments(text: str) -> Iterator[tuple[str, timedelta | None]]:
    """Split text at its time stamps: pieces in order, each with the moment it names or None.

    >>> [piece for piece, moment in split_moments("From 1:05 on") if moment]
    ['1:05']
    """
    end = 0
    for match in MOMENT.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], None
        yield match.group(), _moment_of(match)
        end = match.end()
    if end < len(text):
        yield text[end:], None


def _moment_of(match: re.Match[str]) -> timedelta:
    minutes = match["minutes"] or match["all_minutes"]
    return timedelta(hours=int(match["hours"] or 0), minutes=int(minutes), seconds=int(match["seconds"]))


def has_time_list(markdown: str) -> bool:
    """Whether the notes bring their own chapter list: three or more lines that begin with a time stamp."""
    return sum(1 for _ in _TIMED_LINE.finditer(markdown)) >= _TIME_LIST_LINES
