"""Compare a show's folder with its ledger and the index: what would change, for subscribers and in the ledger."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from catalogue.actions.changes import compare, held_problem
from catalogue.actions.facts import FactsBook, read_whole
from catalogue.actions.identities import (
    kept_show_line,
    kept_slug,
    moment_of,
    new_lines,
    new_show_line,
    with_first_moments,
)
from catalogue.actions.reading import ReadEpisode, digest, read_episode, read_show_artwork, read_unchanged
from catalogue.documents import render_document
from catalogue.domain.episode import Episode
from catalogue.domain.identity import Ledger, LedgerEpisode, LedgerShow
from catalogue.domain.ledger_lines import follow_episode, follow_show, media_of
from catalogue.domain.matching import Matches, match_episodes
from catalogue.domain.plan import Change, EpisodePlan, Problem, Severity, ShowPlan
from catalogue.domain.show import NewFiles, Show
from catalogue.errors import ShowFileError
from catalogue.feed.chapters import render_chapters
from catalogue.library.folder import ShowFiles
from catalogue.library.ledger import read_ledger
from catalogue.library.naming import read_name
from catalogue.library.show_file import read_show_file
from catalogue.library.values import state_show
from catalogue.ports import LibraryStorage
from catalogue.store.index import EpisodeRow, ShowRow

SHOW_FILE_LIMIT_BYTES = 1024 * 1024
LEDGER_LIMIT_BYTES = 256 * 1024 * 1024
# What an Episode is made of; `values` may also carry what only decides its identity.
IDENTITY = frozenset({"guid", "slug", "path", "published_at", "draft", "tag_guid"})
# Grows when episodes are put together differently, so that all are read again once.
ASSEMBLY = 1


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run knows besides the files; `claims` maps a path inside a show to a GUID, or None for a new episode."""

    storage: LibraryStorage
    book: FactsBook
    now: datetime
    base_url: str | None = None
    timezone: str | None = None
    """What `catalogue.toml` states for shows that state none."""
    chance: Callable[[], uuid.UUID] = uuid.uuid4
    lost: frozenset[str] = frozenset()
    """Paths of the library that could not be read this time."""
    claims: Mapping[str, str | None] = field(default_factory=dict)
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
    rows: Mapping[str, EpisodeRow]
    newcomers: frozenset[str]
    """GUIDs that only this run gave: they last only once the ledger is written."""


def plan_show(files: ShowFiles, *, run: Run, known: KnownShow, taken: Iterable[str]) -> PlannedShow:
    """Plan one show; `taken` are the slugs of the others.

    Raises ContentErrors, ShowFileError, LedgerError or SlugTaken where the show cannot be understood as a whole.
    """
    values = _show_values(files, run)
    ledger, ledger_version = _known_ledger(files, run, known)
    line, identity_problems = _show_line(values, files, run, ledger, taken)
    show, problems = _show(files, values, line, run)
    version = digest(ASSEMBLY, render_document(Show, show).decode())
    by_path = {row.line.path: row for row in known.episodes.values()}
    reads = [
        read_unchanged(one, by_path.get(one.path), unit_version)
        or read_episode(one, show=show, version=unit_version, storage=run.storage, book=run.book, lost=run.lost)
        for one in files.episodes
        for unit_version in [digest(version, one.version)]
    ]
    lines = ledger.episodes if ledger else ()
    matches = match_episodes(lines, [read.sighting for read in reads], claims=run.claims)
    draft = _Draft(run=run, show=show, known=known.episodes, lines=lines, reads={r.files.path: r for r in reads})
    draft.decide(matches)
    new_ledger = Ledger(show=follow_show(line, show), episodes=draft.ledger_lines())
    plan = ShowPlan(
        show=show,
        ledger=new_ledger,
        is_new=known.row is None,
        show_changed=known.row is None or known.row.show != show,
        ledger_changed=files.ledger is None or ledger is None or replace(ledger, remarks=()) != new_ledger,
        episodes=tuple(draft.plans),
        problems=(*files.problems, *identity_problems, *problems, *_remarks(files, ledger), *draft.problems),
    )
    return PlannedShow(
        plan=plan, version=version, ledger_version=ledger_version, rows=draft.rows, newcomers=draft.newcomers
    )


def show_title(files: ShowFiles) -> str:
    """The title of a show that states none: its folder's name."""
    return read_name(files.path.rpartition("/")[2]).title if files.path else "Podcast"


class _Draft:
    """The episodes of one show on their way into a plan."""

    def __init__(
        self,
        *,
        run: Run,
        show: Show,
        known: Mapping[str, EpisodeRow],
        lines: Sequence[LedgerEpisode],
        reads: Mapping[str, ReadEpisode],
    ) -> None:
        self._run, self._show, self._known, self._reads = run, show, known, reads
        self._lines = {line.guid: line for line in lines}
        self.plans: list[EpisodePlan] = []
        self.problems: list[Problem] = []
        self.rows: dict[str, EpisodeRow] = {}
        # Paths with something to say: they are read again next time, so that it is said again.
        self._said: set[str] = set()
        self.newcomers: frozenset[str] = frozenset()

    def decide(self, matches: Matches) -> None:
        """Settle every episode that was seen, and every one that was not."""
        self.problems += [problem for read in self._reads.values() for problem in read.problems]
        lines = dict(matches.known) | self._new_lines(matches.new)
        moments = self._moments(lines)
        for path, read in self._reads.items():
            if path in lines and read.values is not None:
                self._settle(read, lines[path], moments[path])
            elif path in matches.held:
                self.problems.append(held_problem(matches.held[path], read, self._show.path))
                self._keep(matches.held[path].line)
        for line in matches.vanished:
            self._miss(line)
        for line in list(self._lines.values()):
            self._keep(line)

    def ledger_lines(self) -> tuple[LedgerEpisode, ...]:
        """All lines, in order of first sight."""
        return tuple(self._lines.values())

    def _new_lines(self, paths: Sequence[str]) -> dict[str, LedgerEpisode]:
        reads = [self._reads[path] for path in paths if self._reads[path].values is not None]
        lines, problems = new_lines(reads, show_guid=self._show.guid, known=tuple(self._lines.values()))
        self.problems += problems
        said = {problem.path for problem in problems}
        self._said.update(path for path in lines if self._reads[path].file_path in said)
        self.newcomers = frozenset(line.guid for line in lines.values())
        return lines

    def _moments(self, lines: Mapping[str, LedgerEpisode]) -> dict[str, LedgerEpisode]:
        """Each line with its moment decided; those first seen now get theirs in file order."""
        decided, undated = {}, {}
        for path, read in self._reads.items():
            line = lines.get(path)
            if line is None or read.values is None:
                continue
            moment, problems = moment_of(
                read, line, self._old(line), now=self._run.now, allow_date_change=self._run.allow_date_change
            )
            self.problems += problems
            self._said.update({path} if problems else ())
            is_stated = read.values.get("published_at") == moment
            decided[path] = replace(
                line, published_at=None if is_stated else moment, draft=self._is_left_draft(read, line)
            )
            if moment is None and not _is_draft(read, decided[path]):
                undated[path] = decided[path]
        return decided | with_first_moments(undated, self._run.now)

    def _is_left_draft(self, read: ReadEpisode, line: LedgerEpisode) -> bool:
        """Whether `new_files` makes it a draft: decided at first sight, until its note says otherwise."""
        is_new = line.guid not in self._lines
        return "draft" not in (read.values or {}) and (self._show.new_files is NewFiles.DRAFT if is_new else line.draft)

    def _settle(self, read: ReadEpisode, line: LedgerEpisode, decided: LedgerEpisode) -> None:
        slug = line.slug
        if line.guid in self._lines:
            slug, problems = kept_slug(read, line, known=tuple(self._lines.values()))
            self.problems += problems
            self._said.update({read.files.path} if problems else ())
        episode = self._episode(read, decided, slug)
        chapters = render_chapters(episode) if episode.chapters else None
        media = media_of(episode, hashlib.sha256(chapters).hexdigest() if chapters else None)
        followed = follow_episode(decided, episode, media)
        self._lines[line.guid] = followed
        self.plans.append(compare(self._old(line), episode))
        is_silent = not read.problems and read.files.path not in self._said
        self._save(EpisodeRow(episode=episode, line=followed, version=read.version if is_silent else ""))

    def _episode(self, read: ReadEpisode, line: LedgerEpisode, slug: str) -> Episode:
        assert read.values is not None
        values: dict[str, Any] = {name: value for name, value in read.values.items() if name not in IDENTITY}
        stated = read.values.get("published_at")
        old = self._old(line)
        is_missing = (
            not values.get("renditions")
            and not values.get("remote")
            and any(role.startswith("audio") for role in line.media)
        )
        if is_missing and old is not None:
            values["renditions"] = old.renditions
        return Episode(
            guid=line.guid,
            slug=slug,
            path=read.files.path,
            published_at=line.published_at or (stated if isinstance(stated, datetime) else None),
            draft=_is_draft(read, line),
            missing_since=(line.missing_since or self._run.now) if is_missing else None,
            withdrawn_at=line.withdrawn_at,
            **values,
        )

    def _miss(self, line: LedgerEpisode) -> None:
        """Keep what vanished as it was last published; it is missing, not deleted."""
        missed = replace(line, missing_since=line.missing_since or self._run.now)
        self._lines[line.guid] = missed
        old = self._old(line)
        if old is None:
            return
        episode = replace(old, missing_since=missed.missing_since)
        self.plans.append(compare(old, episode))
        row = self._known[line.guid]
        self._save(EpisodeRow(episode=episode, line=missed, version=row.version))
        if not old.draft:
            message = "Its files are gone. The episode stays in the feed without its audio. Put the files back."
            self.problems.append(Problem(severity=Severity.WARNING, code="missing", path=line.path, message=message))

    def _keep(self, line: LedgerEpisode | None) -> None:
        """Make sure that the index knows every line, were it only for its addresses."""
        if line is not None and line.guid not in self._known and line.guid not in self.rows:
            self._save(EpisodeRow(episode=None, line=line, version=""))

    def _old(self, line: LedgerEpisode) -> Episode | None:
        row = self._known.get(line.guid)
        return row.episode if row is not None else None

    def _save(self, row: EpisodeRow) -> None:
        if self._known.get(row.line.guid) != row:
            self.rows[row.line.guid] = row


def _is_draft(read: ReadEpisode, line: LedgerEpisode) -> bool:
    return bool((read.values or {}).get("draft", line.draft))


def _show_values(files: ShowFiles, run: Run) -> dict[str, object]:
    if files.show_file is None:
        raise ShowFileError(
            "no-show-file",
            "There is no show.toml here, so this is not a show yet. Run castalogue init to write one.",
            path=f"{files.path}/show.toml".lstrip("/"),
        )
    path = files.show_file.path
    return read_show_file(read_whole(run.storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES), path)


def _known_ledger(files: ShowFiles, run: Run, known: KnownShow) -> tuple[Ledger | None, str]:
    """The ledger and its version; where the file was lost, what the index still knows of it."""
    if files.ledger is not None:
        path = files.ledger.path
        content = read_whole(run.storage, path, limit_bytes=LEDGER_LIMIT_BYTES)
        return read_ledger(content, path), files.ledger.version
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
    now = run.now.replace(microsecond=0)
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
