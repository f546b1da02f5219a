"""Index again whenever the library's files have settled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from catalogue.actions.index import LIBRARY_GONE, Report, Wishes, index_library, list_files
from catalogue.actions.leases import are_held, unanswered
from catalogue.actions.open import Place
from catalogue.actions.settled import names_of_pictures
from catalogue.errors import CatalogueError, StoreError
from catalogue.library.ledger import LEDGER_NAME
from catalogue.ports import LibraryFile

LOOK_EVERY_SECONDS = 1.0
# Looking may take up to this share of the time.
LOOKING_SHARE = 0.05
RETRY_EVERY_SECONDS = 60.0


class _Stopped(Exception):
    """Ends a run in the middle; what it has read is kept, and the next run goes on from there."""


def watch_library(
    place: Place,
    stop: threading.Event,
    *,
    since: Report,
    on_report: Callable[[Report], None],
    on_error: Callable[[CatalogueError], None],
) -> None:
    """Look for what changed after the run `since`, until `stop` is set, and index it.

    A run that failed, or was refused because files are not there, is told once and tried again at the next change and
    every minute: not every disk that comes back changes a file. Polling, because it also sees network drives; a
    large library is looked at less often. What another process indexes is looked at again when that is done: it may
    have died before it came to what this one saw. So is what somebody asked of one that failed.
    """
    looks = _Looks(place, since)
    wishes = Wishes(wait=lambda seconds: _wait(stop, seconds), progress=lambda _done, _total: _wait(stop, 0))
    while not stop.wait(looks.pause):
        if not looks.is_due(wishes):
            continue
        try:
            report = index_library(place, wishes)
        except CatalogueError as error:
            looks.failed(error, on_error)
        except (OSError, ValueError) as error:  # no process to be had, a disk that stumbles: never the watcher's end
            looks.failed(StoreError("index-failed", "{why}", why=error), on_error)
        except _Stopped:
            return
        else:
            looks.done(report, wishes)
            on_report(report)


class _Looks:
    """What was seen last, what of it waits, and how long to pause until the next look."""

    def __init__(self, place: Place, since: Report) -> None:
        self._place = place
        self.pause, self._idle = LOOK_EVERY_SECONDS, 0.0
        self._told = next((problem.message for problem in since.problems if problem.code == LIBRARY_GONE), "")
        self._seen: dict[str, str] | str = self._told or _seen(place, since.files)
        self._put_off, self._is_unsettled = since.put_off, since.is_unsettled
        self._asked: frozenset[str] = frozenset()
        """What was asked of processes that failed, and a run of this one could not answer: shows that are away."""

    def is_due(self, wishes: Wishes) -> bool:
        """Look, and say whether to index."""
        started = time.monotonic()
        now = _look(self._place)
        self._idle += self.pause
        self.pause = max(LOOK_EVERY_SECONDS, (time.monotonic() - started) / LOOKING_SHARE)
        is_again = self._is_unsettled and self._idle >= RETRY_EVERY_SECONDS
        is_free = bool(self._put_off) and not _is_held(self._place, self._put_off, wishes)
        asked = _unanswered(self._place, wishes)
        if now == self._seen and not is_again and not is_free and asked <= self._asked:
            return False
        self._seen, self._idle, self._asked = now, 0.0, asked
        return True

    def failed(self, error: CatalogueError, on_error: Callable[[CatalogueError], None]) -> None:
        """Tell what happened, unless it is what was told last."""
        self._is_unsettled = True
        if str(error) != self._told:
            self._told = str(error)
            on_error(error)

    def done(self, report: Report, wishes: Wishes) -> None:
        """Go on from a run; what changed during it, or still moved, differs from what it listed."""
        self._seen, self._put_off = _seen(self._place, report.files), report.put_off
        self._is_unsettled = report.is_unsettled
        self._told = ""
        self._asked &= _unanswered(self._place, wishes)


def _look(place: Place) -> dict[str, str] | str:
    """What the library looks like; a sentence where it cannot be read just now, which is told once."""
    try:
        return _seen(place, list_files(place.storage))
    except CatalogueError as error:
        return str(error)


def _is_held(place: Place, shows: frozenset[str], wishes: Wishes) -> bool:
    """Whether another process still indexes what was left to it; a database that cannot say so is asked again."""
    try:
        return are_held(place.index, shows, now=wishes.clock(), terms=wishes.terms)
    except StoreError:
        return True


def _unanswered(place: Place, wishes: Wishes) -> frozenset[str]:
    """What was asked of processes that failed since; nothing, where the database cannot say so just now."""
    try:
        return unanswered(place.index, now=wishes.clock(), terms=wishes.terms)
    except StoreError:
        return frozenset()


def _wait(stop: threading.Event, seconds: float) -> None:
    if stop.wait(seconds):
        raise _Stopped


def _seen(place: Place, files: Iterable[LibraryFile]) -> dict[str, str]:
    """What a library looks like, without the ledgers, which indexing itself writes; and which pictures are made."""
    versions = {file.path: file.version for file in files if file.name != LEDGER_NAME}
    return {**versions, "": "\0".join(names_of_pictures(place))}
