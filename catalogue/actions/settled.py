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
from datetime import datetime

from catalogue import __version__
from catalogue.actions.facts import reader_names
from catalogue.actions.leases import Lease
from catalogue.actions.missing import PATIENCE
from catalogue.actions.open import Place
from catalogue.actions.planning import ASSEMBLY
from catalogue.actions.runs import Report, Wishes
from catalogue.domain.identity import Ledger
from catalogue.domain.plan import ShowPlan
from catalogue.feed import fragment
from catalogue.library.naming import natural_key
from catalogue.ports import LibraryFile
from catalogue.store.index import LastRun, ShowRow

_PROGRAM = (__version__, ASSEMBLY)
# Another look at the same bytes may do better, or be refused in another way.
_PASSING = frozenset(
    "unreadable read-only held-read-only disk-full not-written picture-not-written held-item feed-refused".split()
)


def settled_report(
    place: Place, listed: tuple[LibraryFile, ...], wishes: Wishes, lease: Lease | None = None
) -> Report | None:
    """What a run over the library, as it was `listed` just now, would give; None where only that run can say.

    Its shows have no episodes, as none changes.
    """
    last, now = place.index.last_run(), wishes.clock()
    if last is None or wishes != wishes.without_word() or last.revision != place.index.revision():
        return None
    if now < last.ended_at or (last.holds_until is not None and now > last.holds_until):
        return None
    rows = place.index.shows()
    if lease is not None and not all(lease.holds(row.show.path) for row in rows):
        return None
    if last.digest != _digest(place, listed, rows):
        return None
    return Report(shows=tuple(map(_same, rows)), problems=place.index.problems(), files=listed)


def settle(place: Place, report: Report, ledgers: Mapping[str, LibraryFile], wishes: Wishes) -> None:
    """Keep what a run saw where it saw everything; `ledgers` are those that it wrote, by path."""
    if not report.is_whole or any(problem.code in _PASSING for problem in report.problems):
        return
    now = wishes.clock()
    files = {**{file.path: file for file in report.files}, **ledgers}.values()
    last = LastRun(
        digest=_digest(place, sorted(files, key=lambda file: natural_key(file.path)), place.index.shows()),
        revision=place.index.revision(),
        ended_at=now,
        holds_until=_first_change(report.shows, now),
    )
    place.index.save_last_run(last)


def unsettle(place: Place) -> None:
    """Forget what the last run settled: this one may write."""
    if place.index.last_run() is not None:
        place.index.save_last_run(None)


def _digest(place: Place, files: Iterable[LibraryFile], rows: Iterable[ShowRow]) -> str:
    disks = sorted(f"{row.show.path}\0{place.storage.device(row.show.path)}" for row in rows)
    parts = (
        *map(str, (*_PROGRAM, *reader_names())),
        fragment.renderer(),
        str(place.settings.base_url),
        "\n".join(disks),
        "\n".join(f"{row.path}\0{row.reason}" for row in place.storage.skipped),
        "\n".join(names_of_pictures(place)),
        "\n".join([f"{file.path}\0{file.version}" for file in files]),
    )
    return hashlib.sha256("\0\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def names_of_pictures(place: Place) -> list[str]:
    """Names of the pictures made so far: one that somebody deleted is made again."""
    try:
        with os.scandir(place.derived) as found:
            return sorted(entry.name for entry in found if not entry.name.startswith("."))
    except OSError:
        return []


def _first_change(shows: Iterable[ShowPlan], now: datetime) -> datetime | None:
    """When the next missing episode turns from a warning into an error."""
    since = (line.missing_since for show in shows for line in show.ledger.episodes)
    return min((at + PATIENCE for at in since if at is not None and at + PATIENCE >= now), default=None)


def _same(row: ShowRow) -> ShowPlan:
    ledger = Ledger(show=row.line, episodes=())
    return ShowPlan(show=row.show, ledger=ledger, is_new=False, show_changed=False, ledger_changed=False)
