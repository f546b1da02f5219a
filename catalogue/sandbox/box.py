"""Calls go to a few workers as these have room, and answers come back as they are ready."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from catalogue.sandbox.answers import Answer
from catalogue.sandbox.limits import Limits
from catalogue.sandbox.worker import Call, Worker, call_of

# While every worker has so many small calls before it, their answers are taken several at once: to wake up for each
# would cost more than to read it.
_ENOUGH, _REST_SECONDS = 5, 0.002


class Box:
    """A few workers that start when first needed and end with the `with` block.

    Threads may share it. The workers answer one of them at a time, or one would be given the answers of another; who
    finds them taken has a worker started for these calls alone, one such at a time.
    """

    def __init__(self, workers: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._workers = tuple(Worker(self._limits) for _ in range(max(1, workers)))
        self._taken, self._spare_taken = threading.RLock(), threading.RLock()

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def rest(self, *, but: int = 0) -> None:
        """End the workers, all `but` some, and give back what memory they hold; a later call starts them anew.

        Where another thread has them, nothing is done.
        """
        if self._taken.acquire(blocking=False):
            try:
                self._end(but=but)
            finally:
                self._taken.release()

    def _end(self, *, but: int = 0) -> None:
        for worker in self._workers[but:]:
            worker.end()

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        """Make one call; raises what its Answer carries."""
        (answer,) = self.run(function, [args])
        if answer.error is not None:
            raise answer.error
        return answer.value

    def run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Answer]:
        """Call a module-level function once for each tuple of JSON-able arguments; answers come as they are ready.

        The function's return annotation says how its answer is read back. If the first argument names a file,
        the call's time grows with its size.
        """
        if self._taken.acquire(blocking=False):
            try:
                yield from self._run(function, calls)
            finally:
                self._taken.release()
        else:
            with self._spare_taken, Box(1, self._limits) as spare:
                yield from spare.run(function, calls)

    def _run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Answer]:
        for worker in self._workers:
            if worker.owes:  # somebody went away before it answered; that answer must never pass for another
                worker.end()
        pending = (call_of(function, args) for args in calls)
        following = next(pending, None)
        while True:
            following = self._hand_out(following, pending)
            busy = [worker for worker in self._workers if worker.owes]
            if not busy:
                return
            if following is not None and all(worker.owes >= _ENOUGH for worker in busy):
                time.sleep(_REST_SECONDS)
            for worker in _await(busy):
                yield from worker.answers()

    def _hand_out(self, following: Call | None, pending: Iterator[Call]) -> Call | None:
        """Give calls to workers as long as one has room, the idlest first; returns the call that had to wait.

        One that has to be started first counts as busy: that takes longer than a small call.
        """
        while following is not None:
            worker = min(self._workers, key=lambda one: one.owes + (not one.is_running))
            if not worker.has_room(following):
                break
            worker.ask(following)
            following = next(pending, None)
        for worker in self._workers:
            worker.send()
        return following


def _await(busy: list[Worker]) -> list[Worker]:
    """The workers that said something, or should have by now."""
    poll = select.poll()
    by_file = {worker.fileno(): worker for worker in busy}
    for file in by_file:
        poll.register(file, select.POLLIN)
    nearest = min(worker.deadline for worker in busy)
    said = {file for file, _ in poll.poll(max(0.0, nearest - time.monotonic()) * 1000)}
    for file in said:
        by_file[file].read()
    now = time.monotonic()
    return [worker for file, worker in by_file.items() if file in said or now >= worker.deadline]
