"""Index a library: plan each show, then write its ledger, then the index. `plan` stops before the writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from catalogue.actions.facts import FactsBook, problems_of, read_catalogue, read_changed_files
from catalogue.actions.guard import check_removals
from catalogue.actions.images import make_images
from catalogue.actions.leases import Lease, open_lease
from catalogue.actions.lost import decided_shows, lost_audio, skipped_problem, undecided_shows, without_shows
from catalogue.actions.missing import MISSING_CODES
from catalogue.actions.open import Place
from catalogue.actions.planning import KnownShow, PlannedShow, Run, plan_show
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.twins import copied_shows, ledger_guid
from catalogue.actions.writing import STALE, Step, with_held, write_show
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.errors import ConfigError, Conflict, ContentError, ContentErrors, LeaseLost, PlanRefused
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.library.folder import SHOW_NAME, ShowFiles, find_shows
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import ShowRow

__all__ = ["Report", "Wishes", "index_leased", "index_library", "list_files", "moving_files", "plan_library"]

# Another process wrote the ledger between our reading and our writing: look again, so often at most.
STALE_TRIES = 3


def plan_library(place: Place, wishes: Wishes | None = None) -> Report:
    """Say what `index_library` would do; changes nothing, neither library nor index."""
    return _walk(place, wishes or Wishes(), _keep_nothing)


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
    report = _walk(place, wishes, write_show, lease)
    for _ in range(STALE_TRIES):
        stale = tuple(problem.path for problem in report.problems if problem.code == STALE)
        if not stale:
            break
        # What was claimed in the other shows is written: said twice, it would make new episodes of them.
        claims = {
            path: guid for path, guid in wishes.claims.items() if path.startswith(tuple(f"{one}/" for one in stale))
        }
        wishes = wishes if "." in stale else replace(wishes, claims=claims)
        report = _walk(place, wishes, write_show, lease)
    if lease.held:
        lease.check()
        report = replace(report, problems=report.problems + make_images(place))
        place.index.save_problems(report.joined_with(place.index.problems()))
    return replace(report, problems=report.problems + lease.notices(), put_off=lease.put_off)


def _lease_shows(lease: Lease, shows: Sequence[str], wishes: Wishes) -> bool:
    """Take the shows that are free, after those that are waited for; gives whether any was taken."""
    return any([lease.insist(wishes.concerned(shows)), lease.take(shows)])


def list_files(storage: LibraryStorage) -> tuple[LibraryFile, ...]:
    """List the library; raises ConfigError where it is not there, or not just now."""
    try:
        return tuple(storage.list())
    except OSError as error:
        raise ConfigError(
            "library-gone",
            "The library cannot be read: {why}. Nothing was changed; is its disk there?",
            why=str(error),
        ) from error


def moving_files(
    files: tuple[LibraryFile, ...], storage: LibraryStorage, *, settle_seconds: float, wishes: Wishes
) -> tuple[str, ...]:
    """Find files that are still being written: those that changed just now are looked at a second time."""
    newest_ns = (wishes.clock().timestamp() - settle_seconds) * 1e9
    young = [file for file in files if file.mtime_ns > newest_ns]
    if not young or settle_seconds <= 0:
        return ()
    wishes.wait(settle_seconds)
    return tuple(sorted(file.path for file in young if _is_moving(file, storage)))


def _is_moving(file: LibraryFile, storage: LibraryStorage) -> bool:
    try:
        return storage.stat(file.path) != file
    except OSError:  # a network disk that stumbles: look again next time
        return True


Apply = Callable[[Step], tuple[Problem, ...]]


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
    lease: Lease | None
    """None: nothing is written, so nothing need be held."""


def _walk(place: Place, wishes: Wishes, apply: Apply, lease: Lease | None = None) -> Report:
    listed = _listed(place, wishes, lease)
    waiting = moving_files(listed, place.storage, settle_seconds=place.settings.settle_seconds, wishes=wishes)
    files = tuple(file for file in listed if file.path not in waiting)
    book = FactsBook(place.index)
    keeping = place.index if lease is not None and lease.held else None
    lost = frozenset((*(row.path for row in place.storage.skipped), *waiting))
    undecided = undecided_shows(lost)
    catalogue, catalogue_problems = read_catalogue(files, storage=place.storage, book=book, index=keeping)
    found = decided_shows(find_shows(without_shows(files, undecided)), undecided)
    shows = tuple(sorted(found, key=lambda show: show.path != catalogue.main))
    mine = tuple(show for show in shows if lease is None or lease.holds(show.path))
    read_changed_files(mine, book, storage=place.storage, box=place.box, index=keeping, progress=wishes.progress)
    problems = [*catalogue_problems]
    problems += [skipped_problem(row) for row in place.storage.skipped]
    problems += [_waiting(path) for path in waiting]
    problems += _main_problem(catalogue, shows)
    walk = _Walk(
        place=place,
        wishes=wishes,
        book=book,
        catalogue=catalogue,
        apply=apply,
        problems=problems,
        lost=lost,
        waiting=lost_audio(place.storage).union(waiting, book.unread),
        lease=lease,
    )
    plans = _plan_shows(walk, shows)
    if keeping is not None:
        # Of shows that are not there just now, everything is kept: their disk may come back.
        homes = tuple(f"{plan.show.path}/" if plan.show.path else "" for plan in plans)
        keeping.forget_files([path for path in book.gone(files) if path.startswith(homes)])
    left = frozenset(show.path for show in shows) - {show.path for show in mine}
    return Report(shows=tuple(plans), problems=tuple(problems), waiting=waiting, files=listed, left=left)


def _listed(place: Place, wishes: Wishes, lease: Lease | None) -> tuple[LibraryFile, ...]:
    """List the library under the leases on its shows: what was listed before they were taken may be old by now."""
    listed = list_files(place.storage)
    if lease is None:
        return listed
    shows = {file.folder for file in listed if file.name == SHOW_NAME} or {""}
    return list_files(place.storage) if _lease_shows(lease, sorted(shows), wishes) else listed


def _plan_shows(walk: _Walk, shows: tuple[ShowFiles, ...]) -> list[ShowPlan]:
    place = walk.place
    rows = {row.show.path: row for row in place.index.shows()}
    copies = copied_shows(place, shows, rows, walk.problems)
    plans: list[ShowPlan] = []
    for position, files in enumerate(shows):
        if files.path in copies or (walk.lease is not None and not walk.lease.holds(files.path)):
            continue
        try:
            known = _known_show(place, files, rows)
            own = known.row.show.guid if known.row else ""
            taken = {slug for plan in plans for slug in (plan.show.slug, *plan.ledger.show.was)}
            taken |= {slug for r in rows.values() if r.show.guid != own for slug in (r.show.slug, *r.line.was)}
            planned = plan_show(files, run=_run(walk, files, later=len(shows) - 1 - position), known=known, taken=taken)
            device = place.storage.device(files.path)
            if (refused := _refusal(walk, planned, known, device)) is not None:
                walk.problems.extend(refused)
                continue
            now = walk.wishes.clock()
            failures = walk.apply(
                Step(
                    place=place,
                    files=files,
                    planned=planned,
                    known=known,
                    position=position,
                    now=now,
                    device=device,
                    lease=walk.lease,
                )
            )
        except LeaseLost:
            raise
        except (ContentError, ContentErrors, Conflict) as error:
            # The show stays as it was last indexed; the others go on.
            walk.problems.extend(problems_of(error, files.path or "."))
            continue
        walk.problems.extend((*planned.plan.problems, *failures))
        plans.append(with_held(planned) if failures else planned.plan)
    there = {plan.show.guid for plan in plans}
    gone = [row for row in rows.values() if row.show.guid not in there and _is_gone(row, shows)]
    walk.problems.extend(_gone_problem(row) for row in gone)
    return plans


def _refusal(walk: _Walk, planned: PlannedShow, known: KnownShow, device: str | None) -> tuple[Problem, ...] | None:
    """Why the guard lets nothing of a show be written, and what else is to be said of it; None where it lets it."""
    if walk.wishes.allow_removals:
        return None
    path, before = planned.plan.show.path, known.row.device if known.row else None
    try:
        check_removals(planned.losses, show_path=path, device_before=before, device_now=device)
    except PlanRefused as error:
        others = (problem for problem in planned.plan.problems if problem.code not in MISSING_CODES)
        return (*problems_of(error, path or "."), *others)
    return None


def _known_show(place: Place, files: ShowFiles, rows: Mapping[str, ShowRow]) -> KnownShow:
    """What the index has of a show, by its folder, or by its ledger where the folder was renamed."""
    row = rows.get(files.path)
    if row is None and (guid := ledger_guid(place, files)) is not None:
        row = next((one for one in rows.values() if one.show.guid == guid), None)
    episodes = place.index.episodes(row.show.guid) if row else ()
    return KnownShow(row=row, episodes={one.line.guid: one for one in episodes})


def _is_gone(row: ShowRow, shows: Sequence[ShowFiles]) -> bool:
    return all(files.path != row.show.path for files in shows)


def _gone_problem(row: ShowRow) -> Problem:
    message = "This show's folder is gone. Feed and pages stay as they were, without audio. Put the folder back."
    return Problem(severity=Severity.WARNING, code="show-gone", path=row.show.path or ".", message=message)


def _main_problem(catalogue: Catalogue, shows: Sequence[ShowFiles]) -> list[Problem]:
    """Say that the show `catalogue.toml` puts first is not there."""
    if catalogue.main is None or any(show.path == catalogue.main for show in shows):
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


def _keep_nothing(_: Step) -> tuple[Problem, ...]:
    return ()


def _claims_inside(show_path: str, claims: Mapping[str, str | None]) -> dict[str, str | None]:
    prefix = f"{show_path}/" if show_path else ""
    return {path.removeprefix(prefix): guid for path, guid in claims.items() if path.startswith(prefix)}


def _waiting(path: str) -> Problem:
    message = "It is still being copied; the next index takes it up."
    return Problem(severity=Severity.NOTICE, code="still-copied", path=path, message=message)
