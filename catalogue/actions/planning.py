"""Compare a show's folder with its ledger and the index: what would change, for subscribers and in the ledger."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from catalogue.actions.cut_short import hold_cut
from catalogue.actions.decisions import Decisions
from catalogue.actions.discarded import returned
from catalogue.actions.facts import FactsBook, read_whole, reader_names
from catalogue.actions.guard import Losses, count_losses
from catalogue.actions.identities import kept_show_line, new_show_line
from catalogue.actions.lost import composed
from catalogue.actions.older_ledger import with_lost_lines
from catalogue.actions.reading import ReadEpisode, digest, read_episode, read_show_artwork, read_unchanged
from catalogue.actions.remembered import Remembered
from catalogue.documents import render_document
from catalogue.domain.identity import Ledger, LedgerEpisode, LedgerShow
from catalogue.domain.ledger_lines import follow_show
from catalogue.domain.matching import Matches, match_episodes
from catalogue.domain.plan import Change, Problem, Severity, ShowPlan
from catalogue.domain.show import Show
from catalogue.errors import ShowFileError
from catalogue.library.folder import EpisodeFiles, ShowFiles
from catalogue.library.naming import read_name
from catalogue.library.show_file import read_show_file
from catalogue.library.values import state_show
from catalogue.ports import LibraryStorage
from catalogue.store.batches import batches
from catalogue.store.index import EpisodeRow, ShowRow

SHOW_FILE_LIMIT_BYTES = 1024 * 1024
# Grows when episodes are put together differently, so that all are read again once.
ASSEMBLY = 3


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run knows besides the files; `claims` maps a path inside a show to a GUID, or None for a new episode."""

    storage: LibraryStorage
    book: FactsBook
    now: datetime
    remembered: Remembered = field(default_factory=Remembered)
    first_seen_at: datetime | None = None
    """What a show that has no ledger yet is given; None: now."""
    base_url: str | None = None
    timezone: str | None = None
    """What `catalogue.toml` states for shows that state none."""
    chance: Callable[[], uuid.UUID] = uuid.uuid4
    lost: frozenset[str] = frozenset()
    """Paths of the library that could not be read this time, `composed` as those of episodes are."""
    waiting: frozenset[str] = frozenset()
    """Those among them whose episodes stay as they were: files still being copied, audio that cannot be opened."""
    claims: Mapping[str, str | None] = field(default_factory=dict)
    earlier: Callable[[], Sequence[Problem]] = tuple
    """What the last run found worth saying."""
    allow_date_change: bool = False


@dataclass(frozen=True, kw_only=True)
class KnownShow:
    """A show as the index has it; empty at first sight."""

    row: ShowRow | None = None
    episodes: Mapping[str, EpisodeRow] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlannedShow:
    """A plan with the rows that carry it out: those of new and changed episodes, by GUID."""

    plan: ShowPlan
    version: str
    ledger_version: str
    ledger_read: Ledger | None = None
    """What the ledger's file says now; None: there is none."""
    rows: Mapping[str, EpisodeRow]
    newcomers: frozenset[str]
    """GUIDs that only this run gave: they last only once the ledger is written."""
    losses: Losses


def plan_show(files: ShowFiles, *, run: Run, known: KnownShow, taken: Iterable[str]) -> PlannedShow:
    """Plan one show; `taken` are the slugs of the others.

    Raises ContentErrors, ShowFileError, LedgerError or SlugTaken where the show cannot be understood as a whole.
    """
    values = _show_values(files, run)
    ledger, ledger_version = _known_ledger(files, run, known)
    as_read = run.remembered.read_ledger(run.storage, files.ledger) if files.ledger else None
    line, identity_problems = _show_line(values, files, run, ledger, taken)
    show, problems = _show(files, values, line, run)
    version = digest(ASSEMBLY, *reader_names(), render_document(Show, show).decode())
    ledger_lines = {line.guid: line for line in ledger.episodes} if ledger else {}
    reads = _read_episodes(files, show, version, run=run, known=known, lines=ledger_lines)
    lines = tuple(ledger_lines.values())
    decidable = [line for line in lines if not _waits(line.path, files.path, run.waiting)]
    matches = _matched(returned(decidable, reads, run.claims), reads, files.path, run=run, known=known)
    decisions = Decisions(
        now=run.now,
        allow_date_change=run.allow_date_change,
        show=show,
        known=known.episodes,
        lines=lines,
        reads={read.files.path: read for read in reads},
    )
    decisions.decide(matches)
    new_ledger = Ledger(show=follow_show(line, show), episodes=decisions.ledger_lines())
    plan = ShowPlan(
        show=show,
        before=known.row.show if known.row else None,
        ledger=new_ledger,
        is_new=known.row is None and ledger is None,
        show_changed=known.row is None or known.row.show != show,
        ledger_changed=as_read is None or replace(as_read, remarks=()) != new_ledger,
        episodes=tuple(decisions.plans),
        problems=(*files.problems, *identity_problems, *problems, *_remarks(files, ledger), *decisions.problems),
    )
    return PlannedShow(
        plan=plan,
        version=version,
        ledger_version=ledger_version,
        ledger_read=as_read,
        rows=decisions.rows,
        newcomers=decisions.newcomers,
        losses=count_losses(lines, known.episodes, gone=decisions.gone, in_doubt=decisions.in_doubt, now=run.now),
    )


def _matched(
    lines: Sequence[LedgerEpisode], reads: Sequence[ReadEpisode], show_path: str, *, run: Run, known: KnownShow
) -> Matches:
    matches = match_episodes(lines, [read.sighting for read in reads], claims=run.claims)
    hold_cut(
        matches,
        {read.files.path: read for read in reads},
        known=known.episodes,
        claimed=run.claims,
        show_path=show_path,
        earlier=run.earlier,
        now=run.now,
    )
    return matches


def _read_episodes(
    files: ShowFiles,
    show: Show,
    version: str,
    *,
    run: Run,
    known: KnownShow,
    lines: Mapping[str, LedgerEpisode],
) -> list[ReadEpisode]:
    """Read the episodes that changed since the index has them, take the others from there; in file order."""
    # Somebody may have written a word into the ledger itself, such as that an episode is withdrawn.
    # Two may have one place, where one took that of the other: the version says whose files lie there.
    current = {(r.line.path, r.version): r for r in known.episodes.values() if lines.get(r.line.guid) == r.line}
    reads: dict[str, ReadEpisode | None] = {}
    changed: list[tuple[EpisodeFiles, str]] = []
    for one in files.episodes:
        if not _waits(one.path, files.path, run.waiting):
            unit_version = digest(version, one.version)
            row = None if one.path in run.claims else current.get((one.path, unit_version))
            reads[one.path] = read_unchanged(one, row, unit_version)
            if reads[one.path] is None:
                changed.append((one, unit_version))
    for batch in batches(changed):
        run.book.fetch(file for one, _ in batch for file in one.files)
        for one, unit_version in batch:
            reads[one.path] = read_episode(
                one, show=show, version=unit_version, storage=run.storage, book=run.book, lost=run.lost
            )
    return [read for read in reads.values() if read is not None]


def _waits(path: str, show_path: str, waiting: Collection[str]) -> bool:
    """Whether a file of the episode at `path` (relative to its show) is among the `composed` ones to wait for."""
    if not waiting:
        return False
    (here,) = composed((f"{show_path}/{path}".lstrip("/"),))
    inside = (f"{here}/", f"{here}.")
    return any(one.startswith(inside) or here == one or here.startswith(f"{one}/") for one in waiting)


def show_title(files: ShowFiles) -> str:
    """The title of a show that states none: its folder's name."""
    return read_name(files.path.rpartition("/")[2]).title if files.path else "Podcast"


def _show_values(files: ShowFiles, run: Run) -> dict[str, object]:
    if files.show_file is None:
        raise ShowFileError(
            "no-show-file",
            "There is no show.toml here, so this is not a show yet. Begin one in the studio, or run castalogue init.",
            path=f"{files.path}/show.toml".lstrip("/"),
        )
    path = files.show_file.path
    return read_show_file(read_whole(run.storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES), path)


def _known_ledger(files: ShowFiles, run: Run, known: KnownShow) -> tuple[Ledger | None, str]:
    """The ledger and its version; where the file was lost, what the index still knows of it."""
    if files.ledger is not None:
        ledger = run.remembered.read_ledger(run.storage, files.ledger)
        if known.row is not None and known.row.line.guid == ledger.show.guid:
            ledger = with_lost_lines(ledger, known.episodes.values(), path=files.ledger.path, now=run.now)
        return ledger, files.ledger.version
    if known.row is None:
        return None, ""
    return Ledger(show=known.row.line, episodes=tuple(row.line for row in known.episodes.values())), ""


def _show_line(
    values: Mapping[str, object], files: ShowFiles, run: Run, ledger: Ledger | None, taken: Iterable[str]
) -> tuple[LedgerShow, tuple[Problem, ...]]:
    path = files.show_file.path if files.show_file else files.path
    if ledger is not None:
        return kept_show_line(ledger.show, values, taken=set(taken), path=path)
    title = str(values.get("title") or show_title(files))
    now = run.first_seen_at or run.now.replace(microsecond=0)
    line = new_show_line(values, title=title, base_url=run.base_url, taken=set(taken), now=now, chance=run.chance)
    return line, ()


def _show(files: ShowFiles, values: dict[str, object], line: LedgerShow, run: Run) -> tuple[Show, tuple[Problem, ...]]:
    title, accent = str(values.get("title") or show_title(files)), values.get("accent")
    artwork, problems = read_show_artwork(files, title=title, accent=str(accent) if accent else None, book=run.book)
    stated = ({"timezone": run.timezone} if run.timezone else {}) | values
    show = state_show(stated, files_path=files.path, line=line, artwork=artwork, fallback_title=title)
    return show, problems


def _remarks(files: ShowFiles, ledger: Ledger | None) -> list[Problem]:
    path = files.ledger.path if files.ledger else ""
    remarks = ledger.remarks if ledger else ()
    return [Problem(severity=Severity.NOTICE, code="ledger", path=path, message=remark) for remark in remarks]


def has_news(plan: ShowPlan) -> bool:
    """Whether subscribers will see anything new."""
    return plan.show_changed or any(episode.change is not Change.SAME for episode in plan.episodes)
