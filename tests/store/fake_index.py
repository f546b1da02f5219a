"""An index in memory, for tests that want none on disk; it passes the same tests as the real one."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self, TypeVar

from fake_accounts import FakeAccounts, FakeAccountTables
from fake_errands import FakeErrands
from fake_handovers import FakeHandovers
from fake_loudness import FakeMeasurements
from fake_members import FakeMembers
from fake_note_versions import FakeNoteVersions
from fake_previews import FakePreviews
from fake_search import FakeSearch, FakeSearchTables
from fake_tokens import FakeTokens, FakeTokenTables

from catalogue.domain.plan import Problem
from catalogue.domain.telling import OF_FEEDS, Announcement
from catalogue.errors import StoreError
from catalogue.store.fragments import FragmentRow
from catalogue.store.job_rows import Job, JobState
from catalogue.store.last_run import LastRun
from catalogue.store.leases import LeaseRow
from catalogue.store.rows import Changes, EpisodeRow, FileRow, ShowRow

T = TypeVar("T")


@dataclass
class _Tables:
    shows: dict[str, ShowRow] = field(default_factory=dict)
    episodes: dict[str, dict[str, EpisodeRow]] = field(default_factory=dict)
    fragments: dict[str, dict[str, FragmentRow]] = field(default_factory=dict)
    files: dict[str, FileRow] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    revision: int = 0
    leases: dict[str, LeaseRow] = field(default_factory=dict)
    last_run: LastRun | None = None
    wanted: set[str] = field(default_factory=set)
    jobs: dict[int, Job] = field(default_factory=dict)
    search: FakeSearchTables = field(default_factory=FakeSearchTables)
    accounts: FakeAccountTables = field(default_factory=FakeAccountTables)
    tokens: FakeTokenTables = field(default_factory=FakeTokenTables)


class FakeIndex(
    FakeErrands,
    FakeMeasurements,
    FakeMembers,
    FakePreviews,
    FakeHandovers,
    FakeNoteVersions,
    FakeSearch,
    FakeTokens,
    FakeAccounts,
):
    """What `Index` promises, in dictionaries; a write that fails leaves them as they were."""

    def __init__(self) -> None:
        FakeErrands.__init__(self)
        FakeMeasurements.__init__(self)
        FakeMembers.__init__(self)
        FakePreviews.__init__(self)
        FakeHandovers.__init__(self)
        FakeNoteVersions.__init__(self)
        self._tables = _Tables()
        self._lock = threading.RLock()
        self._fence: Callable[[frozenset[str]], None] | None = None
        self._owner = ""

    def close(self) -> None:
        pass

    def begin_in_this_process(self) -> None:
        pass

    def revision(self) -> int:
        return self._tables.revision

    def announce(self) -> None:
        with self._writing() as tables:
            tables.revision += 1

    def shows(self) -> tuple[ShowRow, ...]:
        return tuple(sorted(self._tables.shows.values(), key=lambda row: (row.position, row.show.path)))

    def episodes(self, show_guid: str) -> tuple[EpisodeRow, ...]:
        rows = self._tables.episodes.get(show_guid, {})
        return tuple(rows[guid] for guid in sorted(rows))

    def episode(self, show_guid: str, guid: str) -> EpisodeRow | None:
        return self._tables.episodes.get(show_guid, {}).get(guid)

    def episode_called(self, show_guid: str, slug: str) -> EpisodeRow | None:
        return next((one for one in self.episodes(show_guid) if one.line.slug == slug), None)

    def fragment_keys(self, show_guid: str) -> dict[str, str]:
        return {guid: row.key for guid, row in self._tables.fragments.get(show_guid, {}).items()}

    def fragments(self, show_guid: str, guids: Sequence[str]) -> dict[str, FragmentRow]:
        return {guid: row for guid, row in self._tables.fragments.get(show_guid, {}).items() if guid in guids}

    def changes(self, since: int) -> Changes:
        with self._lock:
            kept = self._tables.episodes.items()
            newer = {guid: tuple(row for row in self.episodes(guid) if row.revision > since) for guid, _ in kept}
            return Changes(
                revision=self._tables.revision,
                shows=self.shows(),
                episodes={guid: rows for guid, rows in newer.items() if rows},
                counts={guid: len(rows) for guid, rows in kept if rows},
            )

    def save_show(
        self,
        row: ShowRow,
        *,
        episodes: Mapping[str, EpisodeRow],
        gone: Iterable[str] = (),
        fragments: Mapping[str, FragmentRow | None] | None = None,
        asked: Iterable[Announcement] = (),
    ) -> None:
        with self._writing() as tables:
            tables.revision += 1
            guid, revision = row.show.guid, tables.revision
            left = {*gone, *episodes}
            rows = {key: one for key, one in tables.episodes.get(guid, {}).items() if key not in left}
            rows |= {one.line.guid: replace(one, revision=revision) for one in episodes.values()}
            tables.episodes[guid] = rows
            tables.shows[guid] = replace(row, revision=revision)
            items = {**tables.fragments.get(guid, {}), **dict.fromkeys(gone), **(fragments or {})}
            tables.fragments[guid] = {key: item for key, item in items.items() if item is not None}
            _keyed(tables.fragments[guid].values())
            _unique(one.line.slug for one in rows.values())
            _unique(one.show.slug for one in tables.shows.values())
            for one in asked:
                _ask(tables.jobs, one)
            waiting = {
                key
                for key, one in episodes.items()
                if one.line.withdrawn_at is None and (one.episode is None or one.episode.draft)
            }
            self._end_handovers(guid, left - waiting)

    def replace_show(self, guid: str, row: ShowRow, episodes: Mapping[str, EpisodeRow]) -> None:
        with self._writing() as tables:
            for kind in (tables.shows, tables.episodes, tables.fragments):
                kind.pop(guid, None)
                kind.pop(row.show.guid, None)
        self.save_show(row, episodes=episodes)

    def save_device(self, show_guid: str, device: str | None) -> None:
        with self._writing() as tables:
            if show_guid in tables.shows:
                tables.shows[show_guid] = replace(tables.shows[show_guid], device=device)

    def files(self) -> dict[str, FileRow]:
        return dict(self._tables.files)

    def file_kinds(self) -> dict[str, tuple[str, str]]:
        return {path: (row.version, row.kind) for path, row in self._tables.files.items()}

    def file_versions(self) -> dict[str, str]:
        return {path: row.version for path, row in self._tables.files.items()}

    def file(self, path: str) -> FileRow | None:
        return self._tables.files.get(path)

    def files_at(self, paths: Sequence[str]) -> dict[str, FileRow]:
        return {path: row for path, row in self._tables.files.items() if path in paths}

    def save_files(self, rows: Iterable[FileRow]) -> None:
        with self._writing() as tables:
            tables.files |= {row.path: row for row in rows}

    def announce_file(self, row: FileRow) -> None:
        with self._writing() as tables:
            tables.files[row.path] = row
            tables.revision += 1

    def forget_files(self, paths: Sequence[str]) -> None:
        with self._writing() as tables:
            for path in paths:
                tables.files.pop(path, None)

    def problems(self) -> tuple[Problem, ...]:
        return self._tables.problems

    def save_problems(self, problems: Sequence[Problem]) -> None:
        with self._writing() as tables:
            tables.problems = tuple(problems)

    def last_run(self) -> LastRun | None:
        return self._tables.last_run

    def save_last_run(self, run: LastRun | None) -> None:
        with self._writing() as tables:
            tables.last_run = run

    def together(self, work: Callable[[Self], T]) -> T:
        with self._writing():
            return work(self)

    def fenced(self, owner: str, check: Callable[[frozenset[str]], None]) -> Self:
        fenced = copy.copy(self)
        fenced._owner, fenced._fence = owner, check
        return fenced

    def leases(self) -> tuple[LeaseRow, ...]:
        return tuple(row for _, row in sorted(self._tables.leases.items()))

    def moment(self, now: datetime) -> datetime:
        return now

    def wishes(self) -> frozenset[str]:
        return frozenset(self._tables.wanted)

    def take_leases(
        self, names: Collection[str], *, owner: str, now: datetime, is_over: Callable[[LeaseRow], bool]
    ) -> dict[str, LeaseRow]:
        with self._writing() as tables:
            held = _held(tables, names, owner, is_over)
            _give(tables, names, owner, now, held)
            tables.wanted |= held.keys()
        return held

    def take_leases_together(
        self, names: Collection[str], *, owner: str, now: datetime, is_over: Callable[[LeaseRow], bool]
    ) -> dict[str, LeaseRow]:
        with self._writing() as tables:
            held = _held(tables, names, owner, is_over)
            if not held:
                _give(tables, names, owner, now, held)
        return held

    def beat(self, owner: str, *, now: datetime) -> None:
        with self._writing() as tables:
            for name, row in tables.leases.items():
                if row.owner == owner:
                    tables.leases[name] = replace(row, heartbeat_at=now)

    def release_leases(self, owner: str) -> frozenset[str]:
        with self._writing() as tables:
            mine = _names_of(tables, owner)
            wanted = mine & tables.wanted
            for name in mine - wanted:
                del tables.leases[name]
        return wanted

    def answer_wishes(self, names: Collection[str]) -> None:
        with self._writing() as tables:
            tables.wanted.difference_update(names)

    def give_up_leases(self, owner: str) -> None:
        with self._writing() as tables:
            for name in _names_of(tables, owner):
                del tables.leases[name]

    def jobs(self, states: Collection[JobState]) -> tuple[Job, ...]:
        found = (job for job in self._tables.jobs.values() if job.state in states)
        return tuple(sorted(found, key=lambda job: (job.due_at, job.id)))

    def is_job_due(self, now: datetime) -> bool:
        return any(_is_ready(job, now) for job in self.jobs([JobState.WAITING]))

    def take_job(self, *, owner: str, now: datetime, until: datetime) -> Job | None:
        with self._lock:
            job = next((job for job in self.jobs([JobState.WAITING]) if _is_ready(job, now)), None)
            if job is not None:
                taken = {"owner": owner, "leased_until": until, "tries": job.tries + 1, "tried_at": job.tried_at or now}
                job = self._tables.jobs[job.id] = replace(job, **taken)
            return job

    def finish_job(self, job: Job, *, heard_at: datetime) -> None:
        with self._lock:
            self._settle(job, state=JobState.DONE, reason="")
            for other in self.jobs([JobState.WAITING]) if job.kind in OF_FEEDS else ():
                if (other.show_guid, other.kind) == (job.show_guid, job.kind) and _is_ready(other, heard_at):
                    self._tables.jobs[other.id] = replace(other, state=JobState.DONE, reason="", **_FREE)

    def retry_job(self, job: Job, *, due_at: datetime, reason: str) -> None:
        self._settle(job, due_at=due_at, reason=reason)

    def give_up_job(self, job: Job, *, reason: str) -> None:
        self._settle(job, state=JobState.GIVEN_UP, reason=reason)

    def postpone_job(self, job: Job, *, due_at: datetime) -> None:
        self._settle(job, due_at=due_at, reason="", **_AFRESH)

    def drop_job(self, job: Job) -> None:
        with self._lock:
            found = self._tables.jobs.get(job.id)
            if found is not None and (found.owner, found.number) == (job.owner, job.number):
                del self._tables.jobs[job.id]
            else:
                self._settle(job)

    def revive_jobs(self, *, now: datetime) -> int:
        with self._lock:
            given_up = self.jobs([JobState.GIVEN_UP])
            for job in given_up:
                self._tables.jobs[job.id] = replace(job, state=JobState.WAITING, due_at=now, reason="", **_AFRESH)
        return len(given_up)

    def _settle(self, job: Job, **values: object) -> None:
        with self._lock:
            found = self._tables.jobs.get(job.id)
            if found is not None and found.owner == job.owner:
                values = values if found.number == job.number else {}
                self._tables.jobs[job.id] = replace(found, **{**values, **_FREE})

    @contextmanager
    def _writing(self) -> Iterator[_Tables]:
        with self._lock:
            before = {name: copy.copy(value) for name, value in vars(self._tables).items()}
            try:
                if self._fence is not None:
                    self._fence(_names_of(self._tables, self._owner))
                yield self._tables
            except BaseException:
                vars(self._tables).update(before)
                raise


def _unique(slugs: Iterable[str]) -> None:
    seen: set[str] = set()
    for slug in slugs:
        if slug in seen:
            raise StoreError("store-write", "The slug {slug} is there twice. This step was undone.", slug=slug)
        seen.add(slug)


def _keyed(items: Iterable[FragmentRow]) -> None:
    if any(item.key is None for item in items):
        raise StoreError("store-write", "An item has no key. This step was undone.")


def _names_of(tables: _Tables, owner: str) -> frozenset[str]:
    return frozenset(name for name, row in tables.leases.items() if row.owner == owner)


def _held(
    tables: _Tables, names: Collection[str], owner: str, is_over: Callable[[LeaseRow], bool]
) -> dict[str, LeaseRow]:
    rows = {name: row for name, row in tables.leases.items() if name in names and row.owner != owner}
    return {name: row for name, row in rows.items() if not is_over(row)}


def _give(tables: _Tables, names: Collection[str], owner: str, now: datetime, held: Collection[str]) -> None:
    for name in {*names} - {*held} - _names_of(tables, owner):
        tables.leases[name] = LeaseRow(name=name, owner=owner, taken_at=now, heartbeat_at=now)
        tables.wanted.discard(name)


_FREE = {"owner": None, "leased_until": None}
_AFRESH = {"tries": 0, "tried_at": None}


def _is_ready(job: Job, now: datetime) -> bool:
    return job.due_at <= now and (job.leased_until is None or job.leased_until <= now)


def _ask(jobs: dict[int, Job], asked: Announcement) -> None:
    key = (asked.show_guid, asked.guid, asked.kind)
    known = next((job for job in jobs.values() if (job.show_guid, job.guid, job.kind) == key), None)
    stated = {"state": JobState.WAITING, "asked_at": asked.asked_at, "due_at": asked.due_at, "reason": "", **_AFRESH}
    if known is None:
        number = max(jobs, default=0) + 1
        named = {"show_guid": asked.show_guid, "guid": asked.guid, "kind": asked.kind}
        jobs[number] = Job(id=number, number=1, **named, **stated, **_FREE)
    elif known.state is JobState.WAITING and known.owner is None and not known.tries and known.due_at == asked.due_at:
        return
    elif known.kind in OF_FEEDS or (known.state is not JobState.DONE and known.owner is None):
        jobs[known.id] = replace(known, number=known.number + 1, **stated)
