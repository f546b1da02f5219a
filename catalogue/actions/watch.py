"""Index again whenever the library's files have settled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from catalogue.actions.index import Report, Wishes, index_library
from catalogue.actions.open import Place
from catalogue.actions.reading import digest
from catalogue.errors import CatalogueError

LOOK_EVERY_SECONDS = 1.0
# Looking may take up to this share of the time.
LOOKING_SHARE = 0.05


def watch_library(
    place: Place,
    stop: threading.Event,
    *,
    on_report: Callable[[Report], None],
    on_error: Callable[[CatalogueError], None],
) -> None:
    """Look for changes until `stop` is set; a run that fails is told and tried again at the next change.

    Polling, because it also sees network drives; a large library is looked at less often.
    """
    seen = _signature(place)
    pause = LOOK_EVERY_SECONDS
    while not stop.wait(pause):
        started = time.monotonic()
        now = _signature(place)
        pause = max(LOOK_EVERY_SECONDS, (time.monotonic() - started) / LOOKING_SHARE)
        if now == seen:
            continue
        try:
            report = index_library(place, Wishes(wait=lambda seconds: _wait(stop, seconds)))
        except CatalogueError as error:
            on_error(error)
            seen = now
            continue
        on_report(report)
        # What still moved must be looked at again, though nothing else may change.
        seen = "" if report.waiting else _signature(place)


def _wait(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)


def _signature(place: Place) -> str:
    try:
        return digest(*(f"{file.path}\n{file.version}" for file in place.storage.list()))
    except OSError as error:
        return f"unreadable: {error}"
