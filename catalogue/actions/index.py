"""Index a library: plan each show, then write its ledger, then the index. `plan` stops before the writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.actions.each_show import Apply
from catalogue.actions.facts import problems_of
from catalogue.actions.images import make_images
from catalogue.actions.leases import Lease, open_lease
from catalogue.actions.listing import LIBRARY_GONE, list_files, moving_files
from catalogue.actions.open import Place
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.search_filling import fill_from
from catalogue.actions.search_written import fill_written
from catalogue.actions.settled import read_standing, settle, settled_report, unsettle
from catalogue.actions.sweeping import sweep_leftovers
from catalogue.actions.touched import index_touched
from catalogue.actions.walk import Walk, walk_library
from catalogue.actions.writing import STALE, try_show, write_show
from catalogue.domain.plan import Problem
from catalogue.errors import ContentError
from catalogue.library.folder import SHOW_NAME
from catalogue.library.moves import Moves, end_moves, finish_moves
from catalogue.ports import LibraryFile

__all__ = [
    "LIBRARY_GONE",
    "Report",
    "Wishes",
    "index_leased",
    "index_library",
    "list_files",
    "moving_files",
    "plan_library",
]

# Another process wrote the ledger between our reading and our writing: look again, so often at most.
STALE_TRIES = 3


def plan_library(place: Place, wishes: Wishes | None = None, *, apply: Apply = try_show) -> Report:
    """Say what `index_library` would do; changes nothing, neither library nor index.

    `apply` is what is done with each show's plan where anything may have changed: it writes nothing.
    """
    wishes = wishes or Wishes()
    listed = list_files(place.storage)
    return settled_report(place, listed, read_standing(place, wishes)) or walk_library(
        Walk(place=place, wishes=wishes, apply=apply, listed=listed)
    )


def index_library(place: Place, wishes: Wishes | None = None) -> Report:
    """Bring the index and the ledgers up to the library.

    Each show is one transaction; what is wrong with one file or one show costs that alone and is in the
    report. A show that another process is indexing is left to it; where the wishes carry somebody's word on it, it is
    waited for. Raises StoreError, ConfigError where the library is not there, Conflict where that wait was too
    long, LeaseLost where this process stood still and another took over.
    """
    wishes = wishes or Wishes()
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        return index_leased(place, wishes, lease)


def index_leased(place: Place, wishes: Wishes, lease: Lease) -> Report:
    """As `index_library`, under a lease that may hold a show already; lets go of all that it holds."""
    known = tuple(row.show.path for row in place.index.shows())
    _lease_shows(lease, known, wishes)
    place = replace(place, index=lease.fenced_index())
    moves, problems = _finish_moves(place, lease)
    claims = {path: guid for one in moves.values() for path, guid in one.claims.items()}
    report = _index_once(place, replace(wishes, claims={**claims, **wishes.claims}) if claims else wishes, lease)
    for show in moves:
        end_moves(place.storage, show)
    report = replace(report, problems=(*report.problems, *problems)) if problems else report
    while lease.release():
        report = report.followed_by(_index_once(place, wishes.without_word(), lease))
    return report


def _finish_moves(place: Place, lease: Lease) -> tuple[dict[str, Moves], tuple[Problem, ...]]:
    """End what somebody who was killed began to rename, in the shows that are held, before anything is looked at.

    What cannot be ended is told: every file has its old name then, and stays the episode that it was.
    """
    found: dict[str, Moves] = {}
    problems: list[Problem] = []
    for show in sorted(lease.held):
        try:
            moves = finish_moves(place.storage, show)
        except ContentError as error:
            problems += problems_of(error, show)
            continue
        found |= {show: moves} if moves is not None else {}
    return found, tuple(problems)


def _index_once(place: Place, wishes: Wishes, lease: Lease) -> Report:
    listed = _listed(place, wishes, lease)
    standing = read_standing(place, wishes)
    if (settled := settled_report(place, listed, standing, lease)) is not None:
        sweep_leftovers(place, wishes.clock())
        return settled
    if (touched := index_touched(place, listed, wishes, lease=lease, standing=standing)) is not None:
        sweep_leftovers(place, wishes.clock())
        return touched
    if lease.held:
        unsettle(place)
    walk = Walk(place=place, wishes=wishes, apply=write_show, listed=listed, lease=lease)
    report = _walk_until_fresh(walk, lease)
    if lease.held:
        lease.check()
        report = replace(report, problems=report.problems + make_images(place))
        sweep_leftovers(place, wishes.clock())
        place.index.save_problems(report.joined_with(place.index.problems()))
        fill_from(place, lease)
        fill_written(place.index)
        settle(place, report, walk.ledgers, wishes)
    return replace(report, problems=report.problems + lease.notices(), put_off=lease.put_off)


def _walk_until_fresh(walk: Walk, lease: Lease) -> Report:
    """Walk, and again where another process wrote a ledger between our reading and our writing."""
    report = walk_library(walk)
    for _ in range(STALE_TRIES):
        stale = tuple(problem.path for problem in report.problems if problem.code == STALE)
        if not stale:
            break
        # What was claimed in the other shows is written: said twice, it would make new episodes of them.
        inside = tuple("" if path == "." else f"{path}/" for path in stale)
        claims = {path: guid for path, guid in walk.wishes.claims.items() if path.startswith(inside)}
        walk = replace(walk, wishes=replace(walk.wishes, claims=claims))
        report = report.retried_by(walk_library(replace(walk, listed=_listed(walk.place, walk.wishes, lease))))
    return report


def _lease_shows(lease: Lease, shows: Sequence[str], wishes: Wishes) -> bool:
    """Take the shows that are free, after those that are waited for; gives whether any was taken."""
    return any([lease.insist(wishes.concerned(shows)), lease.take(shows)])


def _listed(place: Place, wishes: Wishes, lease: Lease | None) -> tuple[LibraryFile, ...]:
    """List the library under the leases on its shows: what was listed before they were taken may be old by now."""
    listed = list_files(place.storage)
    if lease is None:
        return listed
    shows = {file.folder for file in listed if file.path.endswith(SHOW_NAME) and file.name == SHOW_NAME} or {""}
    return list_files(place.storage) if _lease_shows(lease, sorted(shows), wishes) else listed
