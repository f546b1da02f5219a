"""What takes a while to gather, kept as long as it is true: every page asks whether there is any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """A value made of one state of the catalogue, from a moment until another (None: for good).

    Threads may share one; two of them make the same at worst.
    """

    def __init__(self) -> None:
        self._kept: tuple[object, datetime, datetime | None, T] | None = None

    def of(self, state: object, now: datetime, make: Callable[[], tuple[T, datetime | None]]) -> T:
        """The value at `now`; `make` gives it and until when it holds, if what is kept is not of this very `state`."""
        kept = self._kept
        if kept is not None and kept[0] is state and kept[1] <= now and (kept[2] is None or now < kept[2]):
            return kept[3]
        value, until = make()
        self._kept = (state, now, until, value)
        return value
