"""Do errands: take one, hold it while it is done, and say what came of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from catalogue.actions.errands.failures import failure
from catalogue.actions.errands.kinds import SWEEPS, Kind
from catalogue.actions.errands.progress import LEASE, Progress
from catalogue.actions.open import Place
from catalogue.actions.owners import is_gone, read_owner, this_run
from catalogue.domain.errands import KEPT_FOR, MOST_TRIES, Errand, ErrandState
from catalogue.errors import CatalogueError, ErrandOver
from catalogue.sandbox import Box

DIES = "It was begun {tries} times, and the process that did it ended each time."
UNFORESEEN = "It failed for a reason that nobody foresaw. The log of the server says more."
LOG = logging.getLogger("castalogue")
Came = tuple[ErrandState, Mapping[str, object]]


class Runner:
    """Does errands, of each kind one at a time; several runners, in several processes too, share the work."""

    def __init__(self, place: Place, kinds: Mapping[str, Kind], *, clock: Callable[[], datetime]) -> None:
        self.kinds = kinds
        self.stop = threading.Event()
        self._place, self._index, self._clock = place, place.index, clock
        self._current: dict[int, Errand] = {}

    def kinds_waiting(self) -> frozenset[str]:
        """The kinds known here of which there is something to do. Raises StoreError."""
        return self._index.errand_kinds_waiting(self._now()) & self.kinds.keys()

    def run_next(self, kind: str) -> Errand | None:
        """Do the next errand of a kind, and give it as it stands then; None where there is none. Raises StoreError."""
        now = self._now()
        errand = self._index.take_errand(kind, owner=this_run().text, now=now, until=now + LEASE)
        if errand is None:
            return None
        self._current[errand.id] = errand
        try:
            self._settle(errand, self._done(errand))
        finally:
            self._current.pop(errand.id, None)
        return self._index.errand(errand.id)

    def begin(self) -> None:
        """Let what runners of this machine had, that are dead by now, be begun anew at once. Raises StoreError."""
        for errand in self._index.errands(states=[ErrandState.RUNNING]):
            owner = read_owner(errand.owner or "")
            if owner is not None and is_gone(owner):
                self._index.release_errand(errand, tries=errand.tries)

    def sweep(self) -> None:
        """Remove what errands left that is kept no longer."""
        for remove in SWEEPS:
            remove(self._place, self._now())

    def let_go(self) -> None:
        """Leave to others what is not done yet; whoever still does it here hears that it is over. Raises StoreError."""
        self.stop.set()
        for errand in tuple(self._current.values()):
            self._index.release_errand(errand, tries=errand.tries - 1)

    def _done(self, errand: Errand) -> Came | None:
        """What came of it; None where that is not for us to say any more."""
        if errand.tries > MOST_TRIES:
            return ErrandState.FAILED, failure(CatalogueError("errand-dies", DIES, tries=MOST_TRIES))
        progress = Progress(self._index, errand, clock=self._clock, stop=self.stop)
        try:
            # A box is for one thread at a time; it starts nothing where nothing is asked of it.
            with progress.beating(), Box(self._place.settings.workers) as box:
                return ErrandState.DONE, self.kinds[errand.kind](replace(self._place, box=box), errand, progress)
        except ErrandOver:
            return None
        except CatalogueError as error:
            return ErrandState.FAILED, failure(error)
        except Exception:  # or one errand would end the doing of all others
            LOG.exception("An errand (%s) failed as nobody foresaw.", errand.kind)
            return ErrandState.FAILED, failure(CatalogueError("errand-failed", UNFORESEEN))

    def _settle(self, errand: Errand, came: Came | None) -> None:
        if came is not None:
            self._index.end_errand(errand, state=came[0], outcome=came[1], now=self._now())
            self._index.sweep_errands(self._now() - KEPT_FOR)
        elif self.stop.is_set():
            self._index.release_errand(errand, tries=errand.tries - 1)

    def _now(self) -> datetime:
        return self._index.moment(self._clock())
