"""Import a feed: its show and episodes into the library, their files fetched, the result proved.

Each step leaves a library that is whole: the show, then episodes whose audio is where it was, then their files one by
one. An import that was cut off, anywhere, goes on when it is done again: what is there is not done twice. Nothing that
is there is changed or taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from catalogue.actions.import_files import FileDone, fetch_files, forget_enclosure, parts_folder, sweep_parts
from catalogue.actions.import_planning import ImportPlan, plan_import
from catalogue.actions.import_proof import Proof, prove
from catalogue.actions.import_sources import Source
from catalogue.actions.import_wanted import find_wanted, notes_beside_audio
from catalogue.actions.import_writing import write_episodes, write_show
from catalogue.actions.index import Report, Wishes, index_library
from catalogue.actions.open import Place
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.errors import Conflict, NotPublishable
from catalogue.library.durable import hold_lock
from catalogue.outside.download import Patience

_LOCK = "import.lock"
# A file on its way that nobody went on with is given up.
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ImportWishes:
    """How an import is to go.

    `show` names the show that the feed belongs to; None: whichever it is. `timezone` is that of a new show. With
    `is_metadata_only` audio stays where it is, and is played from there. `progress` is told what is being done, and
    how much of it; `is_over` is asked whether to stop.
    """

    show: str | None = None
    timezone: str = "UTC"
    is_metadata_only: bool = False
    progress: Callable[[str, int, int], None] = field(default=lambda _what, _done, _total: None)
    is_over: Callable[[], bool] = field(default=lambda: False)
    run: Wishes = field(default_factory=Wishes)

    def told(self, what: str) -> Callable[[int, int], None]:
        """Tell the progress of one thing."""
        return lambda done, total: self.progress(what, done, total)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, and the proof of it."""

    plan: ImportPlan
    show: Show
    report: Report
    files: tuple[FileDone, ...]
    proof: Proof

    @property
    def is_whole(self) -> bool:
        """Whether everything came and is as it was."""
        return not (self.proof.differences or self.report.refused or any(one.error for one in self.files))


def preview_import(place: Place, source: Source, wishes: ImportWishes) -> ImportPlan:
    """Say what `import_feed` would bring; writes nothing but the index. Raises NotFound, Conflict, StoreError."""
    index_library(place, wishes.run)
    return plan_import(place, source, show=wishes.show)


def import_feed(place: Place, source: Source, wishes: ImportWishes, *, links: Links) -> Imported:
    """Bring a feed into the library and prove it under the addresses of `links`.

    Raises Conflict where another import runs or nobody knows which show is meant, NotFound, ContentError where the
    library cannot be written, NotPublishable where the show cannot be indexed, StoreError.
    """
    with _one_at_a_time(place):
        sweep_parts(place, before=wishes.run.clock() - KEPT_FOR)
        plan = preview_import(place, source, wishes)
        if plan.row is None:
            write_show(place, plan, timezone=wishes.timezone)
        write_episodes(place, plan, wishes.told("notes"))
        report = index_library(place, wishes.run)
        show = _indexed(place, plan, report)
        files = tuple(_fetched(place, plan, wishes))
        for note in notes_beside_audio(place, show.path):
            forget_enclosure(place, note)
        report = report.retried_by(index_library(place, wishes.run))
        show = _indexed(place, plan, report)
        proof = prove(place, show, plan.incoming, links=links, now=wishes.run.clock())
    return Imported(plan=plan, show=show, report=report, files=files, proof=proof)


def _fetched(place: Place, plan: ImportPlan, wishes: ImportWishes) -> Iterator[FileDone]:
    wanted = find_wanted(place, plan, show_path=plan.folder, with_audio=not wishes.is_metadata_only)
    patience = Patience(wait=wishes.run.wait, clock=wishes.run.clock, is_over=wishes.is_over)
    yield from fetch_files(place, wanted, patience, wishes.told("files"))


def _indexed(place: Place, plan: ImportPlan, report: Report) -> Show:
    found = next((row.show for row in place.index.shows() if row.show.path == plan.folder), None)
    if found is None:
        why = str((report.refused or ("nobody knows why; run castalogue index",))[0])
        template = "It is written in {path}, but the show cannot be indexed: {why}"
        raise NotPublishable("not-indexed", template, path=plan.folder, why=why)
    return found


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    """Two imports would fetch the same files into the same places."""
    folder = parts_folder(place)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with hold_lock(folder / _LOCK, patience_seconds=0):
            yield
    except TimeoutError as error:
        raise Conflict("import-runs", "Another import is running. Wait for its end, then do this again.") from error
