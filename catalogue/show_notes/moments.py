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
_BRACKETED = re.compile(r"[(\[]" + _MOMENT + r"[)\]]", re.ASCII)
_STAMPS = (_TIMED_LINE, _BRACKETED)
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


def find_stamps(markdown: str) -> Iterator[tuple[timedelta, str, int]]:
    r"""Find the time stamps that a line begins with or that stand in brackets: the moment, as typed, the line from 1.

    Others in running text may be times of day.

    >>> [(text, line) for _, text, line in find_stamps("- 0:30 One, on Mondays at 19:00\n- 1:30 Two")]
    [('0:30', 1), ('1:30', 2)]
    """
    found = {match.start("seconds"): match for pattern in _STAMPS for match in pattern.finditer(markdown)}
    for _, match in sorted(found.items()):
        start = match.start("hours") if match["hours"] else max(match.start("minutes"), match.start("all_minutes"))
        text = markdown[start : match.end("seconds")]
        yield _moment_of(match), text, markdown.count("\n", 0, start) + 1
