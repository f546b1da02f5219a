"""Decide what becomes of each episode of a show, once it is known who is who."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from catalogue.actions.changes import compare, held_problem
from catalogue.actions.discarded import as_it_was
from catalogue.actions.identities import kept_slug, moment_of, new_lines, with_first_moments
from catalogue.actions.missing import missing_problem, unknown_problem
from catalogue.actions.reading import ReadEpisode
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.ledger_lines import follow_episode, media_of
from catalogue.domain.matching import Matches
from catalogue.domain.plan import Change, EpisodePlan, Problem
from catalogue.domain.show import NewFiles, Show
from catalogue.feed.chapters import render_chapters
from catalogue.store.index import EpisodeRow

# Among what files state, this decides who an episode is and when it comes; the rest is the episode.
IDENTITY = frozenset({"guid", "slug", "path", "published_at", "draft", "tag_guid"})


class Decisions:
    """The episodes of one show on their way into a plan: `plans`, `rows`, `problems` and the ledger's lines."""

    def __init__(
        self,
        *,
        now: datetime,
        allow_date_change: bool,
        show: Show,
        known: Mapping[str, EpisodeRow],
        lines: Sequence[LedgerEpisode],
        reads: Mapping[str, ReadEpisode],
    ) -> None:
        self._now, self._allow_date_change = now, allow_date_change
        self._show, self._known, self._reads = show, known, reads
        self._lines = {line.guid: line for line in lines}
        self.plans: list[EpisodePlan] = []
        self.problems: list[Problem] = []
        self.rows: dict[str, EpisodeRow] = {}
        # Paths with something to say: they are read again next time, so that it is said again.
        self._said: set[str] = set()
        self.newcomers: frozenset[str] = frozenset()
        self.gone: set[str] = set()
        """GUIDs of those whose files were not found, now or already before."""
        self.in_doubt = 0
        """How many newcomers may be one of them."""

    def decide(self, matches: Matches) -> None:
        """Settle every episode that was seen, and every one that was not."""
        self.problems += [problem for read in self._reads.values() for problem in read.problems]
        lines = dict(matches.known) | self._new_lines(matches.new, known=matches.known)
        moments = self._moments(lines)
        for path, read in self._reads.items():
            if path in lines and read.values is not None:
                self._settle(read, lines[path], moments[path])
            elif path in matches.held:
                self.problems.append(held_problem(matches.held[path], read, self._show.path))
                self._keep(matches.held[path].line)
        # While somebody must say whether a newcomer is what vanished, the ledger does not call that missing yet.
        self.in_doubt = sum(held.code == "unclear" for held in matches.held.values())
        for line in matches.vanished:
            self._miss(line, in_doubt=self.in_doubt > 0)
        for line in list(self._lines.values()):
            self._keep(line)

    def ledger_lines(self) -> tuple[LedgerEpisode, ...]:
        """All lines, in order of first sight."""
        return tuple(self._lines.values())

    def _new_lines(self, paths: Sequence[str], *, known: Collection[str]) -> dict[str, LedgerEpisode]:
        reads = [self._reads[path] for path in paths if self._reads[path].values is not None]
        wanted = {str(slug) for path in known if (slug := (self._reads[path].values or {}).get("slug"))}
        lines, problems = new_lines(reads, show_guid=self._show.guid, known=tuple(self._lines.values()), wanted=wanted)
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
                read, line, self._old(line), now=self._now, allow_date_change=self._allow_date_change
            )
            self.problems += problems
            self._said.update({path} if problems else ())
            is_stated = read.values.get("published_at") == moment
            decided[path] = replace(
                line, published_at=None if is_stated else moment, draft=self._is_left_draft(read, line)
            )
            if moment is None and not _is_draft(read, decided[path]):
                undated[path] = decided[path]
        return decided | with_first_moments(undated, self._now)

    def _is_left_draft(self, read: ReadEpisode, line: LedgerEpisode) -> bool:
        """Whether `new_files` makes it a draft: decided at first sight, until its note says otherwise."""
        is_new = line.guid not in self._lines
        return "draft" not in (read.values or {}) and (self._show.new_files is NewFiles.DRAFT if is_new else line.draft)

    def _settle(self, read: ReadEpisode, line: LedgerEpisode, decided: LedgerEpisode) -> None:
        if line.discarded_at is not None:
            line, decided = (as_it_was(one, read, self._lines.values()) for one in (line, decided))
        slug = line.slug
        if line.guid in self._lines:
            slug, problems = kept_slug(read, line, known=self._lines.values())
            self.problems += problems
            self._said.update({read.files.path} if problems else ())
        episode = self._episode(read, decided, slug)
        chapters = render_chapters(episode) if episode.chapters else None
        media = media_of(episode, hashlib.sha256(chapters).hexdigest() if chapters else None)
        if episode.missing_since is not None:  # its sound is known by these, should it return
            self.gone.update(() if episode.draft else (line.guid,))
            self._tell_missing(episode)
            media = {role: old for role, old in line.media.items() if role.startswith("audio")} | media
        followed = follow_episode(decided, episode, media)
        self._lines[line.guid] = followed
        self.plans.append(self._compared(line, episode))
        is_silent = not read.problems and read.files.path not in self._said
        self._save(EpisodeRow(episode=episode, line=followed, version=read.version if is_silent else ""))

    def _compared(self, line: LedgerEpisode, episode: Episode) -> EpisodePlan:
        if self._old(line) is None and line.guid not in self.newcomers:  # only the index is new
            return EpisodePlan(change=Change.SAME, episode=episode)
        return compare(self._old(line), episode)

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
            missing_since=(line.missing_since or self._now) if is_missing else None,
            withdrawn_at=line.withdrawn_at,
            **values,
        )

    def _miss(self, line: LedgerEpisode, *, in_doubt: bool) -> None:
        """Keep what vanished as it was last published; it is missing, not deleted."""
        self.gone.add(line.guid)
        missed = line if in_doubt else replace(line, missing_since=line.missing_since or self._now)
        self._lines[line.guid] = missed
        old = self._old(line)
        if old is None:
            self._tell_unknown(missed)
            return
        since = missed.missing_since or old.missing_since or self._now
        episode = replace(old, missing_since=since, withdrawn_at=missed.withdrawn_at)
        self.plans.append(compare(old, episode))
        row = self._known[line.guid]
        self._save(EpisodeRow(episode=episode, line=missed, version=row.version))
        self._tell_missing(episode)

    def _tell_missing(self, episode: Episode) -> None:
        if not episode.draft and episode.withdrawn_at is None and episode.missing_since is not None:
            path = f"{self._show.path}/{episode.path}".lstrip("/")
            self.problems.append(missing_problem(path, since=episode.missing_since, now=self._now))

    def _tell_unknown(self, line: LedgerEpisode) -> None:
        if line.withdrawn_at is None:
            path = f"{self._show.path}/{line.path}".lstrip("/")
            self.problems.append(unknown_problem(path, since=line.missing_since or self._now, now=self._now))

    def _keep(self, line: LedgerEpisode | None) -> None:
        """Make sure that the index has every line as the ledger does, were it only for its addresses."""
        if line is None or line.guid in self.rows:
            return
        row, line = self._known.get(line.guid), self._lines.get(line.guid, line)
        if row is None or row.line != line:
            old = row.episode if row is not None and line.discarded_at is None else None
            episode = replace(old, withdrawn_at=line.withdrawn_at) if old is not None else None
            self._save(EpisodeRow(episode=episode, line=line, version=""))

    def _old(self, line: LedgerEpisode) -> Episode | None:
        row = self._known.get(line.guid)
        return row.episode if row is not None else None

    def _save(self, row: EpisodeRow) -> None:
        if self._known.get(row.line.guid) != row:
            self.rows[row.line.guid] = row


def _is_draft(read: ReadEpisode, line: LedgerEpisode) -> bool:
    return bool((read.values or {}).get("draft", line.draft))
