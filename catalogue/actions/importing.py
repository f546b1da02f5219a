"""Import a feed: its show and episodes into the library, their files fetched, the result proved.

Each step leaves a library that is whole: the show, then episodes whose audio is where it was, then their files one by
one. An import that was cut off, anywhere, goes on when it is done again: what is there is not done twice. Nothing that
is there is changed or taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from catalogue.actions.import_files import FileDone, fetch_files, forget_enclosure, parts_folder, sweep_parts
from catalogue.actions.import_planning import ImportPlan, plan_import
from catalogue.actions.import_proof import Proof, compare_show, prove
from catalogue.actions.import_sources import Source
from catalogue.actions.import_wanted import Wanted, find_wanted, notes_beside_audio, show_files
from catalogue.actions.import_writing import write_episodes, write_show
from catalogue.actions.index import Report, Wishes, index_leased, index_library
from catalogue.actions.leases import Lease, open_lease
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
    `is_metadata_only` audio stays where it is, and is played from there; with `brings_back` files come again that were
    taken away here. `progress` is told what is being done, and
    how much of it; `is_over` is asked whether to stop.
    """

    show: str | None = None
    timezone: str = "UTC"
    is_metadata_only: bool = False
    brings_back: bool = False
    progress: Callable[[str, int, int], None] = field(default=lambda _what, _done, _total: None)
    is_over: Callable[[], bool] = field(default=lambda: False)
    run: Wishes = field(default_factory=Wishes)

    def told(self, what: str) -> Callable[[int, int], None]:
        """Tell the progress of one thing."""
        return lambda done, total: self.progress(what, done, total)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, and the proof of it; `left_out` are files that were taken away here since they came."""

    plan: ImportPlan
    show: Show
    report: Report
    files: tuple[FileDone, ...]
    proof: Proof
    left_out: tuple[Wanted, ...] = ()

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
        report = _written(place, plan, wishes)
        show = _indexed(place, plan, report)
        here = next((one for one in report.found if one.path == show.path), None) or show_files(place, show.path)
        wanted = find_wanted(place, plan, here=here, with_audio=not wishes.is_metadata_only)
        left_out = tuple(one for one in wanted if one.was_here and not wishes.brings_back)
        files = tuple(_fetched(place, plan, [one for one in wanted if one not in left_out], wishes))
        here = show_files(place, show.path) if files else here
        report = report.retried_by(_tidied(place, plan, notes_beside_audio(here), wishes))
        show = _indexed(place, plan, report)
        proof = prove(place, show, plan.incoming, links=links, now=wishes.run.clock())
        proof = replace(proof, show=() if plan.row is None else tuple(compare_show(place, plan)))
    return Imported(plan=plan, show=show, report=report, files=files, proof=proof, left_out=left_out)


def _written(place: Place, plan: ImportPlan, wishes: ImportWishes) -> Report:
    """Write show and episodes, and index them, before anybody else reads the show."""
    with _held(place, plan, wishes.run) as lease:
        written = write_show(place, plan, timezone=wishes.timezone) if plan.row is None else {}
        written |= write_episodes(place, plan, wishes.told("notes"))
        return index_leased(place, replace(wishes.run, written=written), lease)


def _tidied(place: Place, plan: ImportPlan, notes: Iterable[str], wishes: ImportWishes) -> Report:
    with _held(place, plan, wishes.run) as lease:
        for note in notes:
            forget_enclosure(place, note)
        return index_leased(place, wishes.run, lease)


def _fetched(place: Place, plan: ImportPlan, wanted: Sequence[Wanted], wishes: ImportWishes) -> Iterator[FileDone]:
    patience = Patience(wait=wishes.run.wait, clock=wishes.run.clock, is_over=wishes.is_over)
    held = partial(_held, place, plan, wishes.run)
    yield from fetch_files(place, wanted, patience, wishes.told("files"), held=held)


@contextmanager
def _held(place: Place, plan: ImportPlan, run: Wishes) -> Iterator[Lease]:
    """Hold the show, so that no index reads what is half written; raises Conflict where another run does not end."""
    with open_lease(place, clock=run.clock, wait=run.wait, terms=run.terms) as lease:
        lease.insist((plan.folder,))
        yield lease


def _indexed(place: Place, plan: ImportPlan, report: Report) -> Show:
    found = next((row.show for row in place.index.shows() if row.show.path == plan.folder), None)
    if found is None:
        template = "It is written in {path}, but the show cannot be indexed: {why}"
        raise NotPublishable("not-indexed", template, path=plan.folder, why=report.reason())
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
