"""What `serve` and `watch` do to the library while they live: index it at the start, and whenever files settle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from catalogue.cli.printing import progress_bar, tell, tell_problems
from catalogue.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from catalogue.actions.index import Report
    from catalogue.actions.open import Place
    from catalogue.domain.plan import Problem
    from catalogue.errors import CatalogueError


def begin_where_needed(place: Place) -> bool:
    """Make a show of a folder of audio that is none, and say whether that was done.

    One that was a show before is left alone: its disk may only not be there. An empty one waits for audio, or for
    somebody who begins a show in the studio.
    """
    from catalogue.actions.begin import begin_show, has_audio, has_show, local_timezone, make_folder
    from catalogue.cli.library import tell_beginning

    if place.index.shows():
        return False
    library = place.settings.library
    make_folder(library)
    if has_show(library) or not has_audio(library):
        return False
    tell_beginning(library, begin_show(library, box=place.box, timezone=local_timezone()))
    return True


def first_index(place: Place) -> Report:
    """Index what settled before the start and tell its problems.

    Raises what kept it (ConfigError, StoreError), unless something was indexed before.
    """
    from catalogue.actions.facts import problems_of
    from catalogue.actions.index import Report, Wishes, index_library

    with progress_bar("Reading files") as progress:
        try:
            report = index_library(place, Wishes(progress=progress))
        except (ConfigError, StoreError) as error:
            if not place.index.shows():
                raise
            # What was indexed before is served until the disk is there again, or has room.
            report = Report(shows=(), problems=problems_of(error, str(place.settings.library)))
    tell_problems(problem for problem in report.problems if not _is_to_begin(place, problem))
    return report


def _is_to_begin(place: Place, problem: Problem) -> bool:
    """Whether all that is wrong is that no show was ever here: who starts says how one begins."""
    return problem.code == "no-show-file" and not place.index.shows()


@contextmanager
def watching(place: Place, since: Report, *, enabled: bool) -> Iterator[None]:
    """Index whenever files settle, in a thread that ends with the block, and tell what is new since that report."""
    from catalogue.actions.watch import watch_library

    if not enabled:
        yield
        return
    stop, news = threading.Event(), News(since)

    def tell_report(report: Report) -> None:
        if not begin_where_needed(place):
            news.tell(report)

    watcher = threading.Thread(
        target=watch_library,
        args=(place, stop),
        kwargs={"since": since, "on_report": tell_report, "on_error": news.tell_failure},
        name="watcher",
    )
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


class News:
    """What a run says that the one before did not."""

    def __init__(self, since: Report) -> None:
        self._told = frozenset(since.problems)
        self._has_failed = False

    def tell(self, report: Report) -> None:
        """Say what changed, what is newly wrong, and that what was wrong no longer is."""
        fresh = [problem for problem in report.problems if problem not in self._told]
        errors = {problem for problem in self._told if problem.severity.value == "error"}
        is_mended = self._has_failed or not errors.issubset(report.problems)
        # What is still held was told when it was new.
        counts = {name: count for name, count in report.counts.items() if count and (fresh or name != "held")}
        counted = ", ".join(f"{count} {name}" for name, count in counts.items())
        if counted or fresh or is_mended or any(show.show_changed for show in report.shows):
            tell(f"Indexed again: {counted or 'no episode changed'}.")
        tell_problems(fresh)
        self._told, self._has_failed = frozenset(report.problems), False

    def tell_failure(self, error: CatalogueError) -> None:
        """Say why there was no run."""
        self._has_failed = True
        tell(f"Could not index, so everything stays as it was: {error}")
