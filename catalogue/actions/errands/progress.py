"""How far an errand is, told to the database while it is done; who does it hears there that it is over.

A thread of its own tells, so that whoever works may say at each file where they are, and one step may take long.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from catalogue.domain.errands import Errand
from catalogue.errors import ErrandOver, StoreError
from catalogue.store.index import Index

# What is new is told within a second; without anything new, a sign of life every five.
TELL_EVERY_SECONDS = 1.0
BEAT_EVERY_SECONDS = 5.0
# Who was not heard of for so long is dead, or stands still.
LEASE = timedelta(seconds=30)


class Progress:
    """Where an errand is. Kinds of errands call `tell` or `check` often: it is how they are stopped."""

    def __init__(self, index: Index, errand: Errand, *, clock: Callable[[], datetime], stop: threading.Event) -> None:
        """`stop` is set when the process ends."""
        self._index, self._errand, self._stop = index, errand, stop
        self._said: tuple[str, int, int] = ("", 0, 0)
        self._over = threading.Event()
        self.clock = clock

    def tell(self, said: str, *, done: int = 0, total: int = 0) -> None:
        """Say what is being done (a short code that pages have words for) and how far; raises ErrandOver."""
        self._said = (said, done, total)
        self.check()

    def check(self) -> None:
        """Raise ErrandOver where nobody wants this done here any more; leave what was begun fit to be begun anew."""
        if self.is_over:
            raise ErrandOver("errand-over", "This was cancelled, or is done elsewhere by now.")

    @property
    def is_over(self) -> bool:
        """Whether `check` would raise: for whoever waits for another program."""
        return self._over.is_set() or self._stop.is_set()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Tell for the length of a `with` block."""
        ended = threading.Event()
        thread = threading.Thread(target=self._beat, args=(ended,), name="castalogue-errand-beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _beat(self, ended: threading.Event) -> None:
        told, told_at = ("", 0, 0), time.monotonic()
        while not ended.wait(TELL_EVERY_SECONDS) and not self._over.is_set():
            said = self._said
            if said == told and time.monotonic() - told_at < BEAT_EVERY_SECONDS:
                continue
            with suppress(StoreError):  # locked, or away for a moment: the next beat, or the end, will tell
                self._keep(said)
                told, told_at = said, time.monotonic()

    def _keep(self, said: tuple[str, int, int]) -> None:
        what, done, total = said
        until = self._index.moment(self.clock()) + LEASE
        if not self._index.keep_errand(self._errand, said=what, done=done, total=total, until=until):
            self._over.set()
