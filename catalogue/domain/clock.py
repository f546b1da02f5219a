"""A place in the audio as files of chapters and captions write it."""

from __future__ import annotations

from datetime import timedelta

_MILLISECOND = timedelta(milliseconds=1)


def clock(moment: timedelta, decimal: str = ".") -> str:
    """A moment as `01:02:03.500`, to the millisecond; `decimal` is the sign before the fraction.

    >>> clock(timedelta(seconds=3723.5)), clock(timedelta(seconds=5), ",")
    ('01:02:03.500', '00:00:05,000')
    """
    seconds, milliseconds = divmod(round(moment / _MILLISECOND), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{decimal}{milliseconds:03}"
