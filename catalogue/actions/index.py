"""Index a library: plan each show, then write its ledger, then the index. `plan` stops before the writing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from catalogue.actions.facts import FactsBook, problems_of, read_catalogue, read_changed_files
from catalogue.actions.gone_shows import are_shows_away, find_gone_shows, gone_problems, settle_gone
from catalogue.actions.guard import check_removals
from catalogue.actions.images import make_images
from catalogue.actions.leases import Lease, open_lease
from catalogue.actions.listing import LIBRARY_GONE, list_files, moving_files, waiting_problem
from catalogue.actions.lost import (
    composed,
    decided_shows,
    lost_audio,
    skipped_problem,
    undecided_shows,
    unread_problem,
    without_shows,
)
from catalogue.actions.missing import forgettable_files, refusal_problems
from catalogue.actions.open import Place
from catalogue.actions.planning import KnownShow, Run, plan_show
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.settled import settle, settled_report, unsettle
from catalogue.actions.sweeping import sweep_leftovers
from catalogue.actions.twins import check_slug, copied_shows, ledger_guid
from catalogue.actions.writing import STALE, Step, Written, try_show, write_show
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.errors import Conflict, ContentError, ContentErrors, LeaseLost, NotPublishable, PlanRefused
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.library.folder import SHOW_NAME, ShowFiles, find_shows
from catalogue.ports import LibraryFile
from catalogue.store.index import ShowRow

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


def plan_library(place: Place, wishes: Wishes | None = None) -> Report:
    """Say what `index_library` would do; changes nothing, neither library nor index."""
    wishes = wishes or Wishes()
    listed = list_files(place.storage)
    return settled_report(place, listed, wishes) or _walk(place, wishes, try_show, listed)


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
    report = _index_once(place, wishes, lease)
    while lease.release():
        report = report.followed_by(_index_once(place, wishes.without_word(), lease))
    return report


def _index_once(place: Place, wishes: Wishes, lease: Lease) -> Report:
    listed = _listed(place, wishes, lease)
    if (settled := settled_report(place, listed, wishes, lease)) is not None:
        sweep_leftovers(place, wishes.clock())
        return settled
    if lease.held:
        unsettle(place)
    ledgers: dict[str, LibraryFile] = {}
    report = _walk(place, wishes, write_show, listed, lease=lease, ledgers=ledgers)
    for _ in range(STALE_TRIES):
        stale = tuple(problem.path for problem in report.problems if problem.code == STALE)
        if not stale:
            break
        # What was claimed in the other shows is written: said twice, it would make new episodes of them.
        claims = {
            path: guid for path, guid in wishes.claims.items() if path.startswith(tuple(f"{one}/" for one in stale))
        }
        wishes = wishes if "." in stale else replace(wishes, claims=claims)
        listed = _listed(place, wishes, lease)
        report = _walk(place, wishes, write_show, listed, lease=lease, ledgers=ledgers)
    if lease.held:
        lease.check()
        report = replace(report, problems=report.problems + make_images(place))
        sweep_leftovers(place, wishes.clock())
        place.index.save_problems(report.joined_with(place.index.problems()))
        settle(place, report, ledgers, wishes)
    return replace(report, problems=report.problems + lease.notices(), put_off=lease.put_off)


def _lease_shows(lease: Lease, shows: Sequence[str], wishes: Wishes) -> bool:
    """Take the shows that are free, after those that are waited for; gives whether any was taken."""
    return any([lease.insist(wishes.concerned(shows)), lease.take(shows)])


Apply = Callable[[Step], Written]


@dataclass(frozen=True, kw_only=True)
class _Walk:
    """One run over all shows."""

    place: Place
    wishes: Wishes
    book: FactsBook
    catalogue: Catalogue
    apply: Apply
    problems: list[Problem]
    lost: frozenset[str]
    waiting: frozenset[str]
    homes: Mapping[str, str | None]
    """The folders of all shows, with the GUID in their ledger."""
    is_doubtful: bool
    """Whether a show is away, and nobody has said that it is gone."""
    lease: Lease | None
    """None: nothing is written, so nothing need be held."""
    ledgers: dict[str, LibraryFile]
    """Those that were written, as they are now, by path."""


def _walk(
    place: Place,
    wishes: Wishes,
    apply: Apply,
    listed: tuple[LibraryFile, ...],
    *,
    lease: Lease | None = None,
    ledgers: dict[str, LibraryFile] | None = None,
) -> Report:
    waiting = moving_files(listed, place.storage, settle_seconds=place.settings.settle_seconds, wishes=wishes)
    files = tuple(file for file in listed if file.path not in waiting)
    book = FactsBook(place.index)
    keeping = place.index if lease is not None and lease.held else None
    lost = frozenset((*(row.path for row in place.storage.skipped), *waiting))
    found, rows = _found_shows(files, undecided_shows(lost), place), place.index.shows()
    homes = {show.path: ledger_guid(place, show) for show in found}
    gone = find_gone_shows(place, rows, homes, files=files, waiting=waiting)
    is_doubtful = are_shows_away(rows, homes, gone, wishes)
    read, catalogue_problems = read_catalogue(
        files,
        storage=place.storage,
        book=book,
        index=keeping,
        is_lost=CATALOGUE_NAME in lost,
        is_doubtful=is_doubtful,
    )
    catalogue = read or Catalogue()
    shows = tuple(sorted(found, key=lambda show: show.path != catalogue.main)) if read else ()
    mine = tuple(show for show in shows if lease is None or lease.holds(show.path))
    read_changed_files(mine, book, storage=place.storage, box=place.box, index=keeping, progress=wishes.progress)
    problems = [*catalogue_problems]
    problems += [skipped_problem(row) for row in place.storage.skipped]
    problems += [waiting_problem(path) for path in waiting]
    problems += [unread_problem(path) for path in sorted(book.unread)]
    problems += _main_problem(catalogue, shows, rows) if read else []
    walk = _Walk(
        place=place,
        wishes=wishes,
        book=book,
        catalogue=catalogue,
        apply=apply,
        problems=problems,
        lost=composed(lost),
        waiting=composed(lost_audio(place.storage).union(waiting, book.unread)),
        homes=homes,
        is_doubtful=is_doubtful,
        lease=lease,
        ledgers={} if ledgers is None else ledgers,
    )
    plans = _plan_shows(walk, shows)
    if keeping is not None:
        keeping.forget_files(forgettable_files(book.gone(files), plans))
    is_whole = len(plans) == len(found) and not (gone or waiting or book.unread or is_doubtful)
    settled, accepted, failures = settle_gone(place, gone, wishes=wishes, apply=apply, lease=lease)
    problems += (*failures, *gone_problems(settled, is_empty=not listed, now=wishes.clock()))
    plans += accepted
    left = frozenset(show.path for show in shows) - {show.path for show in mine}
    return Report(
        shows=tuple(plans),
        problems=tuple(problems),
        waiting=waiting,
        files=listed,
        left=left,
        is_whole=is_whole,
    )


def _listed(place: Place, wishes: Wishes, lease: Lease | None) -> tuple[LibraryFile, ...]:
    """List the library under the leases on its shows: what was listed before they were taken may be old by now."""
    listed = list_files(place.storage)
    if lease is None:
        return listed
    shows = {file.folder for file in listed if file.path.endswith(SHOW_NAME) and file.name == SHOW_NAME} or {""}
    return list_files(place.storage) if _lease_shows(lease, sorted(shows), wishes) else listed


def _plan_shows(walk: _Walk, shows: tuple[ShowFiles, ...]) -> list[ShowPlan]:
    place = walk.place
    rows = place.index.shows()
    copies = copied_shows(walk.homes, rows, walk.problems)
    plans: list[ShowPlan] = []
    for position, files in enumerate(shows):
        if files.path in copies or (walk.lease is not None and not walk.lease.holds(files.path)):
            continue
        try:
            known = _known_show(walk, files, rows)
            own = known.row.show.guid if known.row else ""
            taken = {slug for plan in plans for slug in (plan.show.slug, *plan.ledger.show.was)}
            taken |= {slug for r in rows if r.show.guid != own for slug in (r.show.slug, *r.line.was)}
            planned = plan_show(files, run=_run(walk, files, later=len(shows) - 1 - position), known=known, taken=taken)
            check_slug(planned.plan.show, rows, plans)
            device = place.storage.device(files.path)
            if not walk.wishes.allow_removals:
                before = known.row.device if known.row else None
                check_removals(planned.losses, show_path=files.path, device_before=before, device_now=device)
            now = walk.wishes.clock()
            written = walk.apply(
                Step(
                    place=place,
                    files=files,
                    planned=planned,
                    known=known,
                    # While a show is away, the others keep their places.
                    position=known.row.position if walk.is_doubtful and known.row else position,
                    now=now,
                    device=device,
                    allow_date_change=walk.wishes.allow_date_change,
                    lease=walk.lease,
                    ledgers=walk.ledgers,
                )
            )
        except LeaseLost:
            raise
        except PlanRefused as error:
            walk.problems.extend(refusal_problems(error, planned.plan))
            continue
        except (ContentError, ContentErrors, Conflict, NotPublishable) as error:
            # The show stays as it was last indexed; the others go on.
            walk.problems.extend(problems_of(error, files.path or "."))
            continue
        walk.problems.extend((*planned.plan.problems, *written.problems))
        plans.append(written.plan)
    return plans


def _found_shows(files: tuple[LibraryFile, ...], undecided: Collection[str], place: Place) -> tuple[ShowFiles, ...]:
    """The shows that lie in the library; where it had some, a folder without any `show.toml` is none to begin with."""
    found = decided_shows(find_shows(without_shows(files, undecided), place.remembered.folders), undecided)
    return tuple(show for show in found if show.show_file is not None) if place.index.shows() else found


def _known_show(walk: _Walk, files: ShowFiles, rows: Sequence[ShowRow]) -> KnownShow:
    """What the index has of a show, by its ledger, wherever its folder was; by its folder where that says nothing."""
    guid = walk.homes[files.path]
    found = (one for one in rows if (one.show.path == files.path if guid is None else one.show.guid == guid))
    row = next(found, None)
    episodes = walk.place.remembered.episodes(walk.place.index, row) if row else {}
    return KnownShow(row=row, episodes=episodes)


def _main_problem(catalogue: Catalogue, shows: Sequence[ShowFiles], rows: Sequence[ShowRow]) -> list[Problem]:
    """Say that the show `catalogue.toml` puts first is none; one that is only away is told as that."""
    if catalogue.main is None or catalogue.main in (*(show.path for show in shows), *(row.show.path for row in rows)):
        return []
    there = ", ".join(show.path for show in shows if show.path)
    message = f"No show lies in the folder '{catalogue.main}' that `main` names. There are: {there}."
    return [Problem(severity=Severity.WARNING, code="no-main-show", path=CATALOGUE_NAME, message=message)]


def _run(walk: _Walk, files: ShowFiles, *, later: int) -> Run:
    """What one show's planning knows; `later` is how many shows come after it."""
    now = walk.wishes.clock()
    return Run(
        storage=walk.place.storage,
        book=walk.book,
        now=now,
        remembered=walk.place.remembered,
        # The first show is the one first seen: `/feed.xml` means it for ever.
        first_seen_at=now.replace(microsecond=0) - timedelta(seconds=later),
        base_url=walk.place.settings.base_url or walk.catalogue.base_url,
        timezone=walk.catalogue.timezone,
        chance=walk.wishes.chance,
        lost=walk.lost,
        waiting=walk.waiting,
        claims=_claims_inside(files.path, walk.wishes.claims),
        allow_date_change=walk.wishes.allow_date_change,
    )


def _claims_inside(show_path: str, claims: Mapping[str, str | None]) -> dict[str, str | None]:
    prefix = f"{show_path}/" if show_path else ""
    return {path.removeprefix(prefix): guid for path, guid in claims.items() if path.startswith(prefix)}
