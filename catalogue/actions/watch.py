"""Index again whenever the library's files have settled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from catalogue.actions.index import Report, Wishes, index_library, list_files
from catalogue.actions.leases import are_held
from catalogue.actions.open import Place
from catalogue.errors import CatalogueError, StoreError
from catalogue.library.ledger import LEDGER_NAME
from catalogue.ports import LibraryFile

LOOK_EVERY_SECONDS = 1.0
# Looking may take up to this share of the time.
LOOKING_SHARE = 0.05


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

    A run that fails is told and tried again at the next change. Polling, because it also sees network drives; a
    large library is looked at less often. What another process indexes is looked at again when that is done: it may
    have died before it came to what this one saw.
    """
    seen: dict[str, str] | str = _versions(since.files)
    put_off = since.put_off
    wishes = Wishes(wait=lambda seconds: _wait(stop, seconds), progress=lambda _done, _total: _wait(stop, 0))
    pause = LOOK_EVERY_SECONDS
    while not stop.wait(pause):
        started = time.monotonic()
        now = _look(place)
        pause = max(LOOK_EVERY_SECONDS, (time.monotonic() - started) / LOOKING_SHARE)
        if now == seen and (not put_off or _is_held(place, put_off, wishes)):
            continue
        seen = now
        try:
            report = index_library(place, wishes)
        except CatalogueError as error:
            on_error(error)
        except (OSError, ValueError) as error:  # no process to be had, a disk that stumbles: never the watcher's end
            on_error(StoreError("index-failed", "{why}", why=error))
        except _Stopped:
            return
        else:
            # What changed during the run, or still moved, differs from what the run listed.
            seen, put_off = _versions(report.files), report.put_off
            on_report(report)


def _look(place: Place) -> dict[str, str] | str:
    """What the library looks like; a sentence where it cannot be read just now, which is told once."""
    try:
        return _versions(list_files(place.storage))
    except CatalogueError as error:
        return str(error)


def _is_held(place: Place, shows: frozenset[str], wishes: Wishes) -> bool:
    """Whether another process still indexes what was left to it; a database that cannot say so is asked again."""
    try:
        return are_held(place.index, shows, now=wishes.clock(), terms=wishes.terms)
    except StoreError:
        return True


def _wait(stop: threading.Event, seconds: float) -> None:
    if stop.wait(seconds):
        raise _Stopped


def _versions(files: Iterable[LibraryFile]) -> dict[str, str]:
    """What a library looks like; without the ledgers, which indexing itself writes."""
    return {file.path: file.version for file in files if file.name != LEDGER_NAME}
