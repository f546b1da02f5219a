"""Jobs: what is to be told to other machines, who is telling it just now, and what came of it.

Whoever takes a job holds it until a moment (its lease). Who died keeps it no longer than that; who is late finds that
it is another's, and settles nothing. So a job is done at least once, and by one at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from catalogue.domain.telling import OF_FEEDS, Announcement, Kind
from catalogue.store.batches import batches
from catalogue.store.job_rows import AFRESH, FREE, Job, JobState, job_columns, number_of, read_job
from catalogue.store.schema import JOBS
from catalogue.store.transactions import Transactions, queues, reads


class Jobs(Transactions):
    """The jobs' part of the index; `Shows.save_show` asks for them. Moments are those of `Leases.moment`."""

    @reads
    def jobs(self, connection: Connection, states: Collection[JobState]) -> tuple[Job, ...]:
        """The jobs in these states, in the order in which they are due."""
        rows = connection.execute(select(JOBS).where(JOBS.c.state.in_([state.value for state in states])))
        return tuple(sorted(map(read_job, rows), key=lambda job: (job.due_at, job.id)))

    @reads
    def is_job_due(self, connection: Connection, now: datetime) -> bool:
        """Whether there is a job to take; asked often, and waits for nobody."""
        return connection.execute(select(JOBS.c.id).where(*_ready(now)).limit(1)).first() is not None

    @queues
    def take_job(self, connection: Connection, *, owner: str, now: datetime, until: datetime) -> Job | None:
        """Take the job that is due longest, for `owner` (another text each time) until a moment; None: there is none.

        Whoever asks at the same time gets another one.
        """
        due = select(JOBS.c.id).where(*_ready(now)).order_by(JOBS.c.due_at, JOBS.c.id).limit(1)
        taken = connection.execute(
            update(JOBS)
            .where(JOBS.c.id == due.with_for_update(skip_locked=True).scalar_subquery())
            .values(
                owner=owner,
                leased_until=number_of(until),
                tries=JOBS.c.tries + 1,
                tried_at=func.coalesce(JOBS.c.tried_at, number_of(now)),
            )
            .returning(*JOBS.c)
        ).one_or_none()
        return None if taken is None else read_job(taken)

    @queues
    def finish_job(self, connection: Connection, job: Job, *, heard_at: datetime) -> None:
        """Say that a job is done.

        Where a feed was told, so is all else that was to be told of it to the same by `heard_at`.
        """
        _settle(connection, job, state=JobState.DONE.value, reason="")
        if job.kind in OF_FEEDS:
            same = (JOBS.c.show_guid == job.show_guid, JOBS.c.kind == job.kind.value, *_ready(heard_at))
            connection.execute(update(JOBS).where(*same).values(state=JobState.DONE.value, reason="", **FREE))

    @queues
    def retry_job(self, connection: Connection, job: Job, *, due_at: datetime, reason: str) -> None:
        """Say that a job was tried in vain, why, and when to try again."""
        _settle(connection, job, due_at=number_of(due_at), reason=reason)

    @queues
    def give_up_job(self, connection: Connection, job: Job, *, reason: str) -> None:
        """Say that a job is tried no more, and why."""
        _settle(connection, job, state=JobState.GIVEN_UP.value, reason=reason)

    @queues
    def postpone_job(self, connection: Connection, job: Job, *, due_at: datetime) -> None:
        """Say that it was too early for a job, and nothing was tried."""
        _settle(connection, job, due_at=number_of(due_at), reason="", **AFRESH)

    @queues
    def drop_job(self, connection: Connection, job: Job) -> None:
        """Forget a job, as there is nothing to tell any more; unless it was asked for again meanwhile."""
        connection.execute(delete(JOBS).where(*_mine(job), JOBS.c.number == job.number))
        connection.execute(update(JOBS).where(*_mine(job)).values(**FREE))

    @queues
    def revive_jobs(self, connection: Connection, *, now: datetime) -> int:
        """Let all that was given up be tried again from now on; gives how many that are."""
        given_up = JOBS.c.state == JobState.GIVEN_UP.value
        again = {"state": JobState.WAITING.value, "due_at": number_of(now), "reason": "", **AFRESH}
        return connection.execute(update(JOBS).where(given_up).values(**again)).rowcount


def ask_for_jobs(connection: Connection, asked: Iterable[Announcement]) -> None:
    """Ask for jobs within a writing transaction; the last of two for one show, GUID and kind counts.

    What waits is due as said now. Of a feed, what was done is to be done again, and what somebody is telling just now
    once more; of an episode neither.
    """
    wanted = {(one.show_guid, one.guid, one.kind): one for one in asked}
    known = _known(connection, wanted)
    fresh = [job_columns(one) for key, one in wanted.items() if key not in known]
    for pending in batches(fresh):
        connection.execute(insert(JOBS), list(pending))
    again = [_asked_again(job, wanted[key]) for key, job in known.items() if _is_asked_again(job, wanted[key])]
    for pending in batches(again):
        connection.execute(update(JOBS).where(JOBS.c.id == bindparam("job")), list(pending))


def _known(connection: Connection, wanted: Collection[tuple[str, str, Kind]]) -> dict[tuple[str, str, Kind], Job]:
    """The jobs there are, locked where a database locks rows: whoever settles one now is waited for."""
    found: dict[tuple[str, str, Kind], Job] = {}
    shows, guids = {show for show, _, _ in wanted}, sorted({guid for _, guid, _ in wanted})
    for batch in batches(guids):
        rows = select(JOBS).where(JOBS.c.show_guid.in_(shows), JOBS.c.guid.in_(batch)).with_for_update()
        found |= {(job.show_guid, job.guid, job.kind): job for job in map(read_job, connection.execute(rows))}
    return {key: job for key, job in found.items() if key in wanted}


def _is_asked_again(job: Job, asked: Announcement) -> bool:
    """Whether asking for a job that is there changes anything."""
    if job.state is JobState.WAITING and job.owner is None and not job.tries:
        return job.due_at != asked.due_at
    return job.kind in OF_FEEDS or (job.state is not JobState.DONE and job.owner is None)


def _asked_again(job: Job, asked: Announcement) -> dict[str, object]:
    columns = {name: value for name, value in job_columns(asked).items() if name not in FREE}
    return columns | {"job": job.id, "number": job.number + 1}


def _ready(now: datetime) -> tuple[Any, ...]:
    """What is true of a job that can be taken."""
    is_free = or_(JOBS.c.leased_until.is_(None), JOBS.c.leased_until <= number_of(now))
    return (JOBS.c.state == JobState.WAITING.value, JOBS.c.due_at <= number_of(now), is_free)


def _mine(job: Job) -> tuple[Any, ...]:
    return (JOBS.c.id == job.id, JOBS.c.owner == job.owner)


def _settle(connection: Connection, job: Job, **values: object) -> None:
    """Let go of a job with what came of it; asked for again meanwhile, just let go. Another's is left alone."""
    connection.execute(update(JOBS).where(*_mine(job), JOBS.c.number == job.number).values(**values, **FREE))
    connection.execute(update(JOBS).where(*_mine(job)).values(**FREE))
