"""What one question to another machine may cost. The figures and their reasons stand in `docs/architecture.md`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpcore2

Clock = Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes after decoding; redirects; and time to connect, between two bytes, and for the whole with all its hops."""

    size_bytes: int = 50 * 1024 * 1024
    hops: int = 5
    connect: timedelta = timedelta(seconds=10)
    read: timedelta = timedelta(seconds=20)
    whole: timedelta = timedelta(seconds=60)


class Deadline:
    """When a question must be over; `clock` counts seconds and never goes back."""

    def __init__(self, whole: timedelta, *, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + whole.total_seconds()

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return self._clock() >= self._end

    def within(self, seconds: float | None) -> float:
        """Cut a time cap to what is left; raises httpcore2's ReadTimeout where nothing is."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore2.ReadTimeout("the whole took too long")
        return left if seconds is None else min(seconds, left)
