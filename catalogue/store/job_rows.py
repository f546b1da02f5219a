"""Rows of jobs as values: what there is to tell, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from catalogue.domain.telling import Announcement, Kind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Columns of a job that nobody has, and of one that was not tried yet.
FREE = {"owner": None, "leased_until": None}
AFRESH = {"tries": 0, "tried_at": None}


class JobState(StrEnum):
    """Where a job stands; one that waits may be somebody's just now."""

    WAITING = "waiting"
    DONE = "done"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, kw_only=True)
class Job:
    """Something to tell; `number` grows each time it is asked for, `tried_at` is the first try since then.

    `owner` is whoever has it until `leased_until`; `reason` is why it was not heard, or is told no more.
    """

    id: int
    show_guid: str
    guid: str
    kind: Kind
    state: JobState
    number: int
    asked_at: datetime
    due_at: datetime
    tries: int
    tried_at: datetime | None
    owner: str | None
    leased_until: datetime | None
    reason: str


def job_columns(asked: Announcement) -> dict[str, object]:
    """What is asked for as a new row of the table."""
    return {
        "show_guid": asked.show_guid,
        "guid": asked.guid,
        "kind": asked.kind.value,
        "state": JobState.WAITING.value,
        "number": 1,
        "asked_at": number_of(asked.asked_at),
        "due_at": number_of(asked.due_at),
        "reason": "",
        **AFRESH,
        **FREE,
    }


def read_job(row: Row[Any]) -> Job:
    """Read a row of the table."""
    return Job(
        id=row.id,
        show_guid=row.show_guid,
        guid=row.guid,
        kind=Kind(row.kind),
        state=JobState(row.state),
        number=row.number,
        asked_at=moment_of(row.asked_at),
        due_at=moment_of(row.due_at),
        tries=row.tries,
        tried_at=None if row.tried_at is None else moment_of(row.tried_at),
        owner=row.owner,
        leased_until=None if row.leased_until is None else moment_of(row.leased_until),
        reason=row.reason,
    )


def number_of(moment: datetime) -> int:
    """A moment as the table has it: microseconds since 1970, which all databases compare alike."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime:
    """Undo `number_of`."""
    return _EPOCH + timedelta(microseconds=number)
