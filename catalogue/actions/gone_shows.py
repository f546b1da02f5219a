"""Shows that the index knows and the library does not have just now: they stay until somebody says they are gone.

Their ledger is gone with the folder, so what is said of them is written into the index alone; when the folder
comes back, its ledger says who is who.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.changes import compare
from catalogue.actions.facts import problems_of
from catalogue.actions.guard import Losses, had_files
from catalogue.actions.leases import Lease
from catalogue.actions.lost import DECISIVE, composed, is_audio, is_inside
from catalogue.actions.missing import severity_of
from catalogue.actions.open import Place
from catalogue.actions.planning import KnownShow, PlannedShow
from catalogue.actions.runs import Wishes
from catalogue.actions.strangers import is_nowhere
from catalogue.actions.writing import Step, Written
from catalogue.domain.identity import Ledger
from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.errors import NotPublishable
from catalogue.library.folder import ShowFiles
from catalogue.library.ledger import LEDGER_NAME
from catalogue.ports import LibraryFile
from catalogue.store.index import EpisodeRow, ShowRow

_GONE = (
    "This show's folder is not there, or empty; it had {count} published episodes with their files. Nothing of it is "
    "changed: is its disk mounted? If it is gone, castalogue index --allow-removals says so."
)
_EMPTY = (
    "The library is empty; it had the shows in {which}. Nothing is changed: is its disk mounted? "
    "If they are gone, castalogue index --allow-removals says so."
)
_NO_SHOW_FILE = "Its show.toml is gone, so nothing can be said of this show, and it stays as it was. Put it back."
_MISSING = "This show's folder is gone. Feed and pages stay as they were, without audio. Put the folder back."


@dataclass(frozen=True, kw_only=True)
class GoneShow:
    """A known show that was not found, with its episodes; `remains`: files of it that were."""

    row: ShowRow
    episodes: tuple[EpisodeRow, ...]
    remains: bool

    def had_files(self, now: datetime) -> tuple[EpisodeRow, ...]:
        """The published episodes that are not missing."""
        return tuple(one for one in self.episodes if one.episode and had_files(one.line, one.episode, now))

    def after(self, step: Step) -> GoneShow:
        """The show once a step is written."""
        return replace(self, episodes=tuple(step.planned.rows.get(one.line.guid, one) for one in self.episodes))


def find_gone_shows(
    place: Place,
    rows: Iterable[ShowRow],
    homes: Mapping[str, str | None],
    *,
    files: Sequence[LibraryFile],
    waiting: Iterable[str],
) -> tuple[GoneShow, ...]:
    """Find the shows of the index that lie nowhere.

    `homes` are the folders of all shows that were found, with the GUID in their ledger (None: it says none). A
    show in a folder that cannot be read, or whose `show.toml` or ledger cannot or is `waiting`, is not gone.
    """
    lost = (*(row.path for row in place.storage.skipped if row.is_lost), *waiting)
    return tuple(
        GoneShow(row=row, episodes=place.index.episodes(row.show.guid), remains=_remains(row.show.path, homes, files))
        for row in rows
        if is_nowhere(row, homes) and not any(_concerns(path, row.show.path) for path in lost)
    )


def are_shows_away(
    rows: Iterable[ShowRow], homes: Mapping[str, str | None], gone: Iterable[GoneShow], wishes: Wishes
) -> bool:
    """Whether a show was not found, gone or in a folder that cannot be read, without anybody having said that it is."""
    now = wishes.clock()
    settled = {
        one.row.show.guid for one in gone if (wishes.allow_removals and not one.remains) or not one.had_files(now)
    }
    return any(is_nowhere(row, homes) and row.show.guid not in settled for row in rows)


def gone_problems(gone: Sequence[GoneShow], *, is_empty: bool, now: datetime) -> tuple[Problem, ...]:
    """Say which shows are gone; an error until somebody has said that they are, and 14 days later again."""
    waiting = [one for one in gone if one.had_files(now)]
    if is_empty and waiting:
        which = ", ".join(one.row.show.path or "its root" for one in waiting)
        empty = Problem(severity=Severity.ERROR, code="library-empty", path=".", message=_EMPTY.format(which=which))
        return (empty, *(_problem(one, now) for one in gone if one not in waiting))
    return tuple(_problem(one, now) for one in gone)


def settle_gone(
    place: Place,
    gone: Iterable[GoneShow],
    *,
    wishes: Wishes,
    apply: Callable[[Step], Written],
    lease: Lease | None,
) -> tuple[tuple[GoneShow, ...], tuple[ShowPlan, ...], tuple[Problem, ...]]:
    """With `allow_removals`, make the episodes of gone shows missing; gives the shows as they are then.

    With them come the plans that were carried out, and what could not be. Raises LeaseLost, StoreError.
    """
    settled, plans, now = [], [], wishes.clock()
    problems: list[Problem] = []
    for one in gone:
        is_ours = lease is None or lease.holds(one.row.show.path)
        settled.append(one)
        if not wishes.allow_removals or not is_ours or one.remains or not one.had_files(now):
            continue
        step = _step(place, one, now, lease=lease)
        try:
            written = apply(step)
        except NotPublishable as error:  # it stays as it was
            problems += problems_of(error, one.row.show.path or ".")
            continue
        settled[-1] = one.after(step)
        plans.append(written.plan)
        problems += written.problems
    return tuple(settled), tuple(plans), tuple(problems)


def _step(place: Place, gone: GoneShow, now: datetime, *, lease: Lease | None) -> Step:
    """How a gone show is written: every episode is missing, in the index alone."""
    row, known = gone.row, {one.line.guid: one for one in gone.episodes}
    rows = {guid: _missed(one, now) for guid, one in known.items() if _can_be_missed(one)}
    plan = ShowPlan(
        show=row.show,
        before=row.show,
        ledger=Ledger(show=row.line, episodes=tuple(one.line for one in (known | rows).values())),
        is_new=False,
        show_changed=False,
        ledger_changed=False,
        episodes=tuple(compare(known[guid].episode, one.episode) for guid, one in rows.items() if one.episode),
    )
    planned = PlannedShow(
        plan=plan, version=row.version, ledger_version="", rows=rows, newcomers=frozenset(), losses=Losses()
    )
    nothing = ShowFiles(path=row.show.path, show_file=None, ledger=None, artwork=None, episodes=())
    return Step(
        place=place,
        files=nothing,
        planned=planned,
        known=KnownShow(row=row, episodes=known),
        position=row.position,
        now=now,
        clock=lambda: now,
        device=row.device,
        lease=lease,
    )


def _can_be_missed(row: EpisodeRow) -> bool:
    return row.episode is not None and row.episode.missing_since is None and row.line.withdrawn_at is None


def _missed(row: EpisodeRow, now: datetime) -> EpisodeRow:
    episode = replace(row.episode, missing_since=now) if row.episode else None
    return replace(row, episode=episode, line=replace(row.line, missing_since=row.line.missing_since or now))


def _problem(gone: GoneShow, now: datetime) -> Problem:
    path, count = gone.row.show.path or ".", len(gone.had_files(now))
    if gone.remains:
        return Problem(severity=Severity.ERROR, code="show-file-gone", path=path, message=_NO_SHOW_FILE)
    if count:
        return Problem(severity=Severity.ERROR, code="show-gone", path=path, message=_GONE.format(count=count))
    since = [one.episode.missing_since for one in gone.episodes if one.episode and one.episode.missing_since]
    return Problem(severity=severity_of(min(since, default=now), now), code="show-missing", path=path, message=_MISSING)


def _remains(show: str, homes: Collection[str], files: Iterable[LibraryFile]) -> bool:
    """Whether audio or a ledger lies in a show's folder that no other show owns, the one in its place or inside it."""
    inner = [home for home in homes if is_inside(home, show)]
    own = (file for file in files if is_inside(file.folder, show))
    return any(
        (file.name == LEDGER_NAME or is_audio(file.path)) and not any(is_inside(file.folder, home) for home in inner)
        for file in own
    )


def _concerns(path: str, show: str) -> bool:
    """Whether a lost path is a show's folder, one around it, or a file that decides over it."""
    (path,), (show,) = composed((path,)), composed((show,))
    folder, _, name = path.rpartition("/")
    return is_inside(show, path) or (folder == show and name in DECISIVE)
