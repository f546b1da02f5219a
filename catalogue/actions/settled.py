"""Whether anything can have changed since the last whole run; if not, a run ends once it has listed the library.

What decides is everything that run depended on: each file's version, what was passed over, the disks, the pictures
made, the settings and this program itself; and that nobody has written the index since. A run in which something
stood in the way, or waits, settles nothing. Before a run writes anything, what the last one settled is forgotten,
so that one that is killed half-way is done again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from catalogue import __version__
from catalogue.actions.agenda import EVENTS
from catalogue.actions.facts import reader_names
from catalogue.actions.leases import Lease
from catalogue.actions.missing import PATIENCE
from catalogue.actions.open import Place
from catalogue.actions.people import PEOPLE
from catalogue.actions.planning import ASSEMBLY
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.seen import Seen, Settled
from catalogue.actions.written_pages import PAGES
from catalogue.domain.cards import CARD
from catalogue.domain.identity import Ledger
from catalogue.domain.plan import Problem, ShowPlan
from catalogue.feed import fragment
from catalogue.ports import LibraryFile
from catalogue.stems import SEARCH_READER
from catalogue.store.index import LastRun, ShowRow

_CARD = f".{CARD}.jpg"
_PROGRAM = (__version__, ASSEMBLY, EVENTS.kind, PEOPLE.kind, PAGES.kind, SEARCH_READER)
# Another look at the same bytes may do better, or be refused in another way.
_PASSING = frozenset(
    "unreadable read-only held-read-only disk-full not-written picture-not-written held-item feed-refused".split()
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the index says before a run: its shows, and the last whole run where that one's word holds now."""

    last: LastRun | None
    rows: tuple[ShowRow, ...]


def read_standing(place: Place, wishes: Wishes) -> Standing:
    """Read it once for all who ask what changed: each reading is a transaction, and a quiet run has little else."""
    return Standing(last=_last_whole_run(place, wishes), rows=place.index.shows())


def settled_report(
    place: Place, listed: tuple[LibraryFile, ...], standing: Standing, lease: Lease | None = None
) -> Report | None:
    """What a run over the library, as it was `listed` just now, would give; None where only that run can say.

    Its shows have no episodes, as none changes.
    """
    last, rows = standing.last, standing.rows
    if last is None or (lease is not None and not all(lease.holds(row.show.path) for row in rows)):
        return None
    if last.digest != digest_of(surroundings(place, rows), place.remembered.file_lines(listed)):
        return None
    return Report(
        shows=tuple(map(same_show, rows)),
        problems=place.index.problems(),
        files=listed,
        pages=PAGES.held(place.index).pages,
        events=len(EVENTS.held(place.index).events),
        people=len(PEOPLE.held(place.index).notes),
    )


def _last_whole_run(place: Place, wishes: Wishes) -> LastRun | None:
    """The last run, if nobody has written the index since and its word still holds now, whatever the files say."""
    last, now = place.index.last_run(), wishes.clock()
    if last is None or wishes != wishes.without_word() or last.revision != place.index.revision():
        return None
    is_over = now < last.ended_at or (last.holds_until is not None and now > last.holds_until)
    return None if is_over else last


def settle(place: Place, report: Report, ledgers: Mapping[str, LibraryFile], wishes: Wishes) -> None:
    """Keep what a run saw where it saw everything; `ledgers` are those that it wrote, by path."""
    if not report.is_whole:
        return
    now = wishes.clock()
    lines = place.remembered.file_lines(report.files)
    seen = Seen(files=report.files, lines=lines, shows=report.found).after(ledgers)
    until = _first_change(report.shows, now)
    keep_settled(place, seen, report.problems, rows=place.index.shows(), now=now, holds_until=until)


def keep_settled(
    place: Place,
    seen: Seen,
    problems: Iterable[Problem],
    *,
    rows: Iterable[ShowRow],
    now: datetime,
    holds_until: datetime | None,
) -> None:
    """Keep that the index is what a library makes in which this was `seen`, unless another look may do better.

    `rows` are the shows by now.
    """
    if any(problem.code in _PASSING for problem in problems):
        return
    around = surroundings(place, rows)
    digest = digest_of(around, seen.lines)
    revision = place.index.revision()
    place.index.save_last_run(LastRun(digest=digest, revision=revision, ended_at=now, holds_until=holds_until))
    place.remembered.settled = Settled(digest=digest, around=around, seen=seen)


def unsettle(place: Place) -> None:
    """Forget what the last run settled: this one may write."""
    place.remembered.settled = None
    if place.index.last_run() is not None:
        place.index.save_last_run(None)


def unsettle_last(place: Place) -> None:
    """As `unsettle`, where it is known that there was a last run."""
    place.remembered.settled = None
    place.index.save_last_run(None)


def digest_of(around: str, lines: Iterable[str]) -> str:
    """A short name for a library, from its files' lines and all that its index depends on beside them."""
    listed = "\n".join(lines)
    return hashlib.sha256(f"{around}\0\0{listed}".encode("utf-8", "surrogatepass")).hexdigest()


def surroundings(place: Place, rows: Iterable[ShowRow]) -> str:
    """All that an index depends on beside the library's files."""
    disks = sorted(f"{row.show.path}\0{place.storage.device(row.show.path)}" for row in rows)
    parts = (
        *map(str, (*_PROGRAM, *reader_names())),
        fragment.renderer(),
        str(place.settings.base_url),
        "\n".join(disks),
        "\n".join(f"{row.path}\0{row.reason}" for row in place.storage.skipped),
        "\n".join(names_of_pictures(place)),
    )
    return "\0\0".join(parts)


def names_of_pictures(place: Place) -> list[str]:
    """Names of the pictures that runs made so far: one that somebody deleted is made again.

    Cards are not among them: the site draws those when they are asked for, and that is no change for a run.
    """
    try:
        with os.scandir(place.derived) as found:
            return sorted(one.name for one in found if not one.name.startswith(".") and not one.name.endswith(_CARD))
    except OSError:
        return []


def _first_change(shows: Iterable[ShowPlan], now: datetime) -> datetime | None:
    """When the next missing episode turns from a warning into an error."""
    since = (line.missing_since for show in shows for line in show.ledger.episodes)
    return min((at + PATIENCE for at in since if at is not None and at + PATIENCE >= now), default=None)


def same_show(row: ShowRow) -> ShowPlan:
    """The plan of a show in which nothing changes."""
    ledger = Ledger(show=row.line, episodes=())
    return ShowPlan(
        show=row.show, before=row.show, ledger=ledger, is_new=False, show_changed=False, ledger_changed=False
    )
