"""The state of the index that the public sees, followed as other processes change it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from catalogue.actions.shelf import Shelves, read_shelves
from catalogue.errors import StoreError
from catalogue.store.index import Index

# How long a process may go without asking whether another one has indexed.
LOOK_EVERY_SECONDS = 1.0
LOG = logging.getLogger("castalogue")
T = TypeVar("T")


class FollowedIndex:
    """What the index held when it was last looked at; while it cannot be read, that is kept. Threads may share one."""

    def __init__(self, index: Index, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._index, self._monotonic = index, monotonic
        self._lock = threading.Lock()
        self._reader: threading.Thread | None = None
        self._shelves: Shelves | None = None
        self._looked_at = float("-inf")
        self._is_away = False

    def now(self) -> Shelves:
        """The state of today, looked for where that is due. Raises StoreError where there never was one."""
        shelves = self._shelves
        if shelves is not None and self._is_fresh():
            return shelves
        with self._lock:
            if self._shelves is None or not self._is_fresh():
                self._shelves = self._read_or_keep()
                self._looked_at = self._monotonic()
            return self._shelves

    def at_hand(self) -> Shelves | None:
        """The same, if it can be had without waiting for anything; else None."""
        return self._shelves if self._is_fresh() else None

    def followed_by(self, reader: threading.Thread) -> None:
        """As long as this thread lives, it calls `renew`, and nobody else asks the database what is new."""
        self._reader = reader

    def renew(self, make: Callable[[Shelves], T], show: Callable[[Shelves, T], None]) -> T:
        """Read what is new, `make` of it what takes long, then let it be seen and `show` that at once.

        Raises StoreError where there never was a state.
        """
        with self._lock:
            shelves = self._read_or_keep()
            if self._shelves is None:  # whoever waits for a page need not wait for all that is made
                self._shelves = shelves
            made = make(shelves)
            self._shelves = shelves
            show(shelves, made)
            self._looked_at = self._monotonic()
        return made

    def _read_or_keep(self) -> Shelves:
        """What the index holds now or, while it cannot be read, what it held last; that is logged once."""
        try:
            shelves = self._read()
        except StoreError as error:
            if self._shelves is None:
                raise
            if not self._is_away:
                LOG.warning("The index cannot be read just now, so its last state is served: %s", error)
            self._is_away = True
            return self._shelves
        self._is_away = False
        return shelves

    def _is_fresh(self) -> bool:
        reader = self._reader
        if reader is not None and reader.is_alive():  # after a fork it is not
            return True
        return self._monotonic() - self._looked_at < LOOK_EVERY_SECONDS

    def _read(self) -> Shelves:
        """What the index holds now; the same object where nothing is new."""
        known = self._shelves
        if known is not None and self._index.revision() == known.revision:
            return known
        return read_shelves(self._index, known)
