"""What the last run that looked at everything saw; there is none while a run is writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from catalogue.store.schema import LAST_RUN
from catalogue.store.transactions import Transactions, reads, writes


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """A whole run: the `digest` of all it saw, and the `revision` of the index after it.

    Another run would find the same from `ended_at` on, until `holds_until` (None: for good).
    """

    digest: str
    revision: int
    ended_at: datetime
    holds_until: datetime | None = None


class LastRuns(Transactions):
    """The last run's part of the index."""

    @reads
    def last_run(self, connection: Connection) -> LastRun | None:
        """The last whole run; None where there was none, or something was written since it."""
        row = connection.execute(select(LAST_RUN)).one_or_none()
        if row is None:
            return None
        return LastRun(
            digest=row.digest,
            revision=row.revision,
            ended_at=datetime.fromisoformat(row.ended_at),
            holds_until=datetime.fromisoformat(row.holds_until) if row.holds_until else None,
        )

    @writes
    def save_last_run(self, connection: Connection, run: LastRun | None) -> None:
        """Keep this one and no other."""
        connection.execute(delete(LAST_RUN))
        if run is not None:
            until = run.holds_until.isoformat() if run.holds_until else None
            ended_at = run.ended_at.isoformat()
            row = {"id": 1, "digest": run.digest, "revision": run.revision}
            connection.execute(insert(LAST_RUN), row | {"ended_at": ended_at, "holds_until": until})
