"""A run in which nothing changed but a few episodes' own files, which were written again: what most runs are.

The other episodes are not looked at, be there ten thousand. That is right only where nothing that one episode's
files may say concerns another; wherever they might, this gives no answer, and the whole library is walked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import compress, count
from operator import attrgetter

from catalogue.actions.agenda import EVENTS
from catalogue.actions.archiving import opens_feeds
from catalogue.actions.each_show import Round, run_of
from catalogue.actions.facts import FactsBook, read_changed_files
from catalogue.actions.images import make_show_images
from catalogue.actions.leases import Lease
from catalogue.actions.listing import moving_files
from catalogue.actions.lost import composed, lost_audio
from catalogue.actions.open import Place
from catalogue.actions.page_references import reference_problems
from catalogue.actions.people import PEOPLE
from catalogue.actions.planning import KnownShow, PlannedShow, plan_show
from catalogue.actions.remembered import Remembered
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.search_filling import fill_rows
from catalogue.actions.seen import Seen
from catalogue.actions.settled import Standing, keep_settled, same_show, unsettle_last
from catalogue.actions.what_changed import Change, find_change
from catalogue.actions.writing import Step, Written, write_show
from catalogue.actions.written_pages import PAGES
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.identity import Ledger, LedgerEpisode
from catalogue.domain.plan import Problem
from catalogue.errors import Conflict, ContentError, ContentErrors, LeaseLost, NotPublishable
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import Index, ShowRow


def index_touched(
    place: Place, listed: tuple[LibraryFile, ...], wishes: Wishes, *, lease: Lease, standing: Standing
) -> Report | None:
    """Index the few episodes that were written again; None where only a whole run can tell what is right.

    `lease` holds the shows. Raises StoreError, LeaseLost.
    """
    change = find_change(place, listed, standing)
    if change is None or not lease.holds(change.row.show.path) or _is_in_doubt(place):
        return None
    if moving_files(change.files, place.storage, settle_seconds=place.settings.settle_seconds, wishes=wishes):
        return None
    book = FactsBook(place.index, _paths_of(change))
    read_changed_files(
        [change.few], book, storage=place.storage, box=place.box, index=place.index, progress=wishes.progress
    )
    round_ = _round(place, book, wishes=wishes, lease=lease)
    try:
        step = None if book.unread else _plan(round_, change)
        return None if step is None else _carry_out(place, change, step, wishes)
    except LeaseLost:
        raise
    except (
        ContentError,
        ContentErrors,
        Conflict,
        NotPublishable,
    ):  # the walk over everything meets it too, and says it
        return None


def _is_in_doubt(place: Place) -> bool:
    """Whether somebody's files wait for a word: what was written may be that word."""
    return any(problem.code.startswith("held") for problem in place.index.problems())


def _paths_of(change: Change) -> list[str]:
    """Of which files it is asked what the index knows of them."""
    cover = (change.show.artwork.path,) if change.show.artwork is not None else ()
    return sorted({CATALOGUE_NAME, *cover, *(file.path for unit in change.units for file in unit.files)})


class _OnlyThese(Remembered):
    """A memory in which a ledger has some of its lines alone."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def read_ledger(self, storage: LibraryStorage, file: LibraryFile) -> Ledger:  # noqa: ARG002  (as in its base)
        return self._ledger


def _plan(round_: Round, change: Change) -> Step | None:
    """Plan the touched episodes; None where what they say now may concern another one."""
    assert change.show.ledger is not None
    place, paths = round_.place, {unit.path for unit in change.units}
    ledger = place.remembered.read_ledger(place.storage, change.show.ledger)
    known = place.remembered.episodes(place.index, change.row)
    places = list(compress(count(), map(paths.__contains__, map(attrgetter("path"), ledger.episodes))))
    lines = tuple([ledger.episodes[place] for place in places])
    if len(lines) != len(paths) or any(line.guid not in known or line.missing_since for line in lines):
        return None
    few = KnownShow(row=change.row, episodes={line.guid: known[line.guid] for line in lines})
    memory = _OnlyThese(replace(ledger, episodes=lines, remarks=()))
    run = replace(run_of(round_, change.show, later=0), remembered=memory)
    planned = plan_show(change.few, run=run, known=few, taken=())
    marks = place.remembered.marks(change.show.ledger.path, ledger)
    is_plain = _is_plain(planned, change.row, lines) and not opens_feeds(planned)
    if not is_plain or marks.are_others(planned.plan.ledger.episodes):
        return None
    return Step(
        place=place,
        files=change.few,
        planned=_among_all(planned, ledger, places),
        known=KnownShow(row=change.row, episodes=known),
        position=change.row.position,
        now=run.now,
        clock=round_.wishes.clock,
        device=change.row.device,
        lease=round_.lease,
        ledgers=round_.ledgers,
    )


def _is_plain(planned: PlannedShow, row: ShowRow, lines: Sequence[LedgerEpisode]) -> bool:
    """Whether the same episodes have the same addresses, in a show that is as it was, and none is held or missing."""
    plan, held = planned.plan, any(problem.code.startswith("held") for problem in planned.plan.problems)
    is_same_show = (plan.show, plan.ledger.show) == (row.show, row.line)
    before, now = ([(line.guid, line.slug, line.path) for line in x] for x in (lines, plan.ledger.episodes))
    is_there = not any(line.missing_since for line in plan.ledger.episodes)
    return is_same_show and is_there and before == now and not planned.newcomers and not held


def _among_all(planned: PlannedShow, ledger: Ledger, places: Sequence[int]) -> PlannedShow:
    """The plan with the ledger's other lines as they are; its own lines belong in these places."""
    lines = list(ledger.episodes)
    for place, line in zip(places, planned.plan.ledger.episodes, strict=True):
        lines[place] = line
    return replace(planned, plan=replace(planned.plan, ledger=Ledger(show=ledger.show, episodes=tuple(lines))))


def _round(place: Place, book: FactsBook, *, wishes: Wishes, lease: Lease) -> Round:
    return Round(
        place=place,
        wishes=wishes,
        book=book,
        catalogue=book.catalogue() or Catalogue(),
        apply=write_show,
        problems=[],
        lost=composed(row.path for row in place.storage.skipped),
        waiting=composed(lost_audio(place.storage)),
        homes={},
        is_doubtful=False,
        lease=lease,
        ledgers={},
    )


def _carry_out(place: Place, change: Change, step: Step, wishes: Wishes) -> Report:
    unsettle_last(place)
    written = write_show(step)
    images = make_show_images(place, written.plan.show, step.planned.rows.values())
    named = reference_problems(place, (), (written.plan,), (change.few,))
    news = (*written.plan.problems, *written.problems, *named, *images)
    seen = change.seen.after(step.ledgers)

    def settle_all(index: Index) -> Report:
        own, rows = replace(place, index=index), index.shows()
        problems = _joined(index.problems(), news, _told_of(change))
        index.save_problems(problems)
        if step.lease is not None:
            fill_rows(own, step.lease, rows)
        keep_settled(own, seen, problems, rows=rows, now=wishes.clock(), holds_until=change.last.holds_until)
        return _report(own, written, problems, seen=seen, rows=rows)

    return place.index.together(settle_all)


def _report(
    place: Place, written: Written, problems: tuple[Problem, ...], *, seen: Seen, rows: Sequence[ShowRow]
) -> Report:
    guid = written.plan.show.guid
    shows = (written.plan if row.show.guid == guid else same_show(row) for row in rows)
    return Report(
        shows=tuple(shows),
        problems=problems,
        files=seen.files,
        found=seen.shows,
        pages=PAGES.held(place.index).pages,
        events=len(EVENTS.held(place.index).events),
        people=len(PEOPLE.held(place.index).notes),
    )


def _told_of(change: Change) -> Collection[str]:
    """Paths of which all is said again."""
    own = {f"{change.show.path}/{unit.path}".lstrip("/") for unit in change.units}
    return own | {file.path for unit in change.units for file in unit.files}


def _joined(earlier: Sequence[Problem], now: Sequence[Problem], told: Collection[str]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys((*(one for one in earlier if one.path not in told), *now)))
