"""One walk over a library as it was listed: what is there, what changed, and a plan for each show."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.actions.agenda import read_agenda
from catalogue.actions.catalogue_toml import read_catalogue
from catalogue.actions.each_show import Apply, Round, plan_shows
from catalogue.actions.facts import FactsBook, read_changed_files
from catalogue.actions.gone_shows import GoneShow, are_shows_away, find_gone_shows, gone_problems, settle_gone
from catalogue.actions.leases import Lease
from catalogue.actions.listing import moving_files, waiting_problem
from catalogue.actions.lost import (
    composed,
    decided_shows,
    lost_audio,
    skipped_problem,
    undecided_shows,
    unread_problem,
    without_shows,
)
from catalogue.actions.missing import forgettable_files
from catalogue.actions.open import Place
from catalogue.actions.page_references import reference_problems
from catalogue.actions.people import read_people
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.shared_files import Sight
from catalogue.actions.strangers import show_homes
from catalogue.actions.written_pages import read_written_pages
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.domain.written_page import WrittenPages
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.library.folder import ShowFiles, find_shows
from catalogue.ports import LibraryFile
from catalogue.store.index import Index, ShowRow


@dataclass(frozen=True, kw_only=True)
class Walk:
    """What a walk goes over, and what is done with each show's plan; without a lease nothing is written."""

    place: Place
    wishes: Wishes
    apply: Apply
    listed: tuple[LibraryFile, ...]
    lease: Lease | None = None
    ledgers: dict[str, LibraryFile] = field(default_factory=dict)
    """Where ledgers that are written are noted, as the files that they are now, by path."""

    @property
    def keeping(self) -> Index | None:
        """The index that what is read is kept in."""
        return self.place.index if self.lease is not None and self.lease.held else None


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """What lies in the library, before any show is planned."""

    files: tuple[LibraryFile, ...]
    """Those that stand still."""
    waiting: tuple[str, ...]
    lost: frozenset[str]
    found: tuple[ShowFiles, ...]
    rows: tuple[ShowRow, ...]
    homes: Mapping[str, str | None]
    gone: Sequence[GoneShow]
    is_doubtful: bool


def walk_library(walk: Walk) -> Report:
    """Read what changed, plan each show and do with its plan what is to be done; what is wrong is in the report."""
    place, lease, book = walk.place, walk.lease, FactsBook(walk.place.index)
    seen = _look(walk)
    catalogue, problems = _catalogue(walk, seen, book)
    first = catalogue.main if catalogue else None
    shows = tuple(sorted(seen.found, key=lambda show: show.path != first)) if catalogue else ()
    mine = tuple(show for show in shows if lease is None or lease.holds(show.path))
    read_changed_files(
        mine, book, storage=place.storage, box=place.box, index=walk.keeping, progress=walk.wishes.progress
    )
    problems += _sight_problems(place, seen, book)
    sight = _sight(walk, seen)
    agenda, people = read_agenda(sight, storage=place.storage, box=place.box), read_people(sight, storage=place.storage)
    problems += (*agenda.problems, *people.problems)
    problems += _main_problem(catalogue, shows, seen.rows) if catalogue else []
    round_ = _round(walk, seen, book=book, catalogue=catalogue or Catalogue(), problems=problems)
    plans = plan_shows(round_, shows)
    pages = _pages(walk, seen, plans, problems)
    if walk.keeping is not None:
        homes = (row.show.path for row in place.index.shows())
        walk.keeping.forget_files(forgettable_files(book.gone(seen.files), plans, homes=homes))
    is_whole = len(plans) == len(seen.found) and not (seen.gone or seen.waiting or book.unread or seen.is_doubtful)
    settled, accepted, failures = settle_gone(place, seen.gone, wishes=walk.wishes, apply=walk.apply, lease=lease)
    problems += (*failures, *gone_problems(settled, is_empty=not walk.listed, now=walk.wishes.clock()))
    return Report(
        shows=(*plans, *accepted),
        problems=tuple(problems),
        waiting=seen.waiting,
        files=walk.listed,
        left=frozenset(show.path for show in shows) - {show.path for show in mine},
        found=seen.found,
        pages=pages.pages,
        events=len(agenda.events),
        people=len(people.notes),
        is_whole=is_whole,
    )


def _look(walk: Walk) -> _Seen:
    place = walk.place
    waiting = moving_files(walk.listed, place.storage, settle_seconds=place.settings.settle_seconds, wishes=walk.wishes)
    files = tuple(file for file in walk.listed if file.path not in waiting)
    lost = frozenset((*(row.path for row in place.storage.skipped), *waiting))
    found, rows = _found_shows(files, undecided_shows(lost), place), place.index.shows()
    homes = show_homes(place, found, rows, walk.wishes.claims)
    gone = find_gone_shows(place, rows, homes, files=files, waiting=waiting)
    return _Seen(
        files=files,
        waiting=waiting,
        lost=lost,
        found=found,
        rows=rows,
        homes=homes,
        gone=gone,
        is_doubtful=are_shows_away(rows, homes, gone, walk.wishes),
    )


def _catalogue(walk: Walk, seen: _Seen, book: FactsBook) -> tuple[Catalogue | None, list[Problem]]:
    catalogue, problems = read_catalogue(
        seen.files,
        storage=walk.place.storage,
        book=book,
        index=walk.keeping,
        is_lost=CATALOGUE_NAME in seen.lost,
        is_doubtful=seen.is_doubtful,
    )
    return catalogue, [*problems]


def _sight(walk: Walk, seen: _Seen) -> Sight:
    """The library as all those see it who read what belongs to all shows."""
    return Sight(
        files=seen.files,
        index=walk.place.index,
        is_keeping=walk.keeping is not None,
        lost=seen.lost,
        is_doubtful=seen.is_doubtful,
    )


def _pages(walk: Walk, seen: _Seen, plans: Sequence[ShowPlan], problems: list[Problem]) -> WrittenPages:
    """The written pages, and what is wrong with them or with the episodes that they and all notes name."""
    pages = read_written_pages(_sight(walk, seen), storage=walk.place.storage)
    problems += (*pages.problems, *reference_problems(walk.place, pages.pages, plans, seen.found))
    return pages


def _sight_problems(place: Place, seen: _Seen, book: FactsBook) -> list[Problem]:
    """What was passed over, is still being copied, or went while it was read."""
    problems = [skipped_problem(row) for row in place.storage.skipped]
    problems += [waiting_problem(path) for path in seen.waiting]
    return problems + [unread_problem(path) for path in sorted(book.unread)]


def _round(walk: Walk, seen: _Seen, *, book: FactsBook, catalogue: Catalogue, problems: list[Problem]) -> Round:
    return Round(
        place=walk.place,
        wishes=walk.wishes,
        book=book,
        catalogue=catalogue,
        apply=walk.apply,
        problems=problems,
        lost=composed(seen.lost),
        waiting=composed(lost_audio(walk.place.storage).union(seen.waiting, book.unread)),
        homes=seen.homes,
        is_doubtful=seen.is_doubtful,
        lease=walk.lease,
        ledgers=walk.ledgers,
    )


def _found_shows(files: tuple[LibraryFile, ...], undecided: Collection[str], place: Place) -> tuple[ShowFiles, ...]:
    """The shows that lie in the library; where it had some, a folder without any `show.toml` is none to begin with."""
    found = decided_shows(find_shows(without_shows(files, undecided), place.remembered.folders), undecided)
    return tuple(show for show in found if show.show_file is not None) if place.index.shows() else found


def _main_problem(catalogue: Catalogue, shows: Sequence[ShowFiles], rows: Sequence[ShowRow]) -> list[Problem]:
    """Say that the show `catalogue.toml` puts first is none; one that is only away is told as that."""
    if catalogue.main is None or catalogue.main in (*(show.path for show in shows), *(row.show.path for row in rows)):
        return []
    there = ", ".join(show.path for show in shows if show.path)
    message = f"No show lies in the folder '{catalogue.main}' that `main` names. There are: {there}."
    return [Problem(severity=Severity.WARNING, code="no-main-show", path=CATALOGUE_NAME, message=message)]
