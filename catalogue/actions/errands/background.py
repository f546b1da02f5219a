"""Do errands as long as a process lives: in threads beside the server, or in a process of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TypeVar

from catalogue.actions.errands.kinds import KINDS, Kind
from catalogue.actions.errands.running import Runner
from catalogue.actions.open import Place
from catalogue.domain.errands import Errand
from catalogue.errors import StoreError

# How often it is looked whether somebody asked for anything: a glance into the database, which waits for nobody.
LOOK_EVERY_SECONDS = 1.0
SWEEP_EVERY_SECONDS = 3600.0
# Whoever is in the middle of something is not waited for longer; it is begun anew by the next.
ENDING_SECONDS = 0.5
LOG = logging.getLogger("castalogue")
Ended = Callable[[Errand], None]
Given = TypeVar("Given")


@contextmanager
def errands_running(
    place: Place,
    *,
    on_ended: Ended = lambda _: None,
    kinds: Mapping[str, Kind] = KINDS,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[None]:
    """Do errands in threads for the length of a `with` block, one for each kind; `on_ended` hears of each there."""
    runner = Runner(place, kinds, clock=clock)
    looking = threading.Thread(target=run_until, args=(runner, on_ended), name="castalogue-errands", daemon=True)
    looking.start()
    try:
        yield
    finally:
        runner.stop.set()
        looking.join(2 * ENDING_SECONDS)
        with suppress(StoreError):  # its lease is over when it is not kept alive
            runner.let_go()


def run_until(runner: Runner, on_ended: Ended) -> None:
    """Do what is asked for, and look every second for more, until the runner is stopped; never ends by an error."""
    doing: dict[str, threading.Thread] = {}
    told = _Told()
    told.beside(runner.begin)
    sweep_at = time.monotonic()
    while not runner.stop.is_set():
        if time.monotonic() >= sweep_at:
            told.beside(runner.sweep)
            sweep_at = time.monotonic() + SWEEP_EVERY_SECONDS
        doing = {kind: thread for kind, thread in doing.items() if thread.is_alive()}
        for kind in (told.beside(runner.kinds_waiting) or frozenset()) - doing.keys():
            doing[kind] = threading.Thread(
                target=_run_kind, args=(runner, kind, on_ended, told), name=f"castalogue-{kind}", daemon=True
            )
            doing[kind].start()
        runner.stop.wait(LOOK_EVERY_SECONDS)
    until = time.monotonic() + ENDING_SECONDS
    for thread in doing.values():
        thread.join(max(0.0, until - time.monotonic()))


def run_what_waits(runner: Runner, on_ended: Ended) -> int:
    """Do all that waits, one after another; gives how many that were. Raises StoreError."""
    runner.begin()
    count = 0
    while kinds := runner.kinds_waiting():
        for kind in sorted(kinds):
            if (errand := runner.run_next(kind)) is not None:
                on_ended(errand)
                count += 1
    return count


def _run_kind(runner: Runner, kind: str, on_ended: Ended, told: _Told) -> None:
    while not runner.stop.is_set() and (errand := told.beside(lambda: runner.run_next(kind))) is not None:
        if not errand.is_open:
            on_ended(errand)


class _Told:
    """What goes wrong is told once, and tried again later; threads may share one."""

    def __init__(self) -> None:
        self._last = ""

    def beside(self, work: Callable[[], Given]) -> Given | None:
        """What `work` gives; None where it failed."""
        try:
            given = work()
        except StoreError as error:
            self._say(str(error), LOG.warning)
            return None
        except Exception as error:  # noqa: BLE001  (logged, and a thread that ended would do nothing more)
            self._say(str(error), LOG.exception)
            return None
        self._last = ""
        return given

    def _say(self, why: str, how: Callable[..., None]) -> None:
        if why != self._last:
            how("Errands cannot be done just now, which is tried again: %s", why)
        self._last = why
