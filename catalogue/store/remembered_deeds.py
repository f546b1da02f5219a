"""What is remembered of tries to sign in, for a day, and of what producers did, for a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from catalogue.domain.producers import LogEntry
from catalogue.store.account_rows import log_columns, read_log_entry
from catalogue.store.account_tables import ATTEMPTS, LOG, SESSIONS
from catalogue.store.job_rows import moment_of, number_of
from catalogue.store.transactions import Transactions, reads, writes


class RememberedDeeds(Transactions):
    """The part of the index with tries and the log."""

    @writes
    def take_attempt(
        self,
        connection: Connection,
        limits: Mapping[str, tuple[int, datetime]],
        now: datetime,
        *,
        kept_from: datetime | None = None,
    ) -> datetime | None:
        """Count a try under each key, if under none there were so many since then; else nothing is counted.

        `limits`: key → how many, since when. Gives None where the try is counted, else the moment of the try whose
        growing old makes room. Writers come one after another, so no two take the last place. Tries before `kept_from`
        are forgotten.
        """
        if kept_from is not None:
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < number_of(kept_from)))
        for key, (most, since) in limits.items():
            tries = select(ATTEMPTS.c.at).where(ATTEMPTS.c.key == key, ATTEMPTS.c.at > number_of(since))
            newest = connection.scalars(tries.order_by(ATTEMPTS.c.at.desc()).limit(most)).all()
            if len(newest) >= most:
                return moment_of(newest[-1])
        connection.execute(insert(ATTEMPTS), [{"key": key, "at": number_of(now)} for key in limits])
        return None

    @writes
    def forget_attempts(self, connection: Connection, keys: Collection[str]) -> None:
        """Forget the tries under these keys: one was right."""
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key.in_(list(keys))))

    @writes
    def save_log_entry(self, connection: Connection, entry: LogEntry) -> None:
        """Write down what somebody did."""
        connection.execute(insert(LOG).values(log_columns(entry)))

    @reads
    def log_entries(
        self, connection: Connection, *, show_guids: Iterable[str] | None, offset: int, limit: int
    ) -> tuple[LogEntry, ...]:
        """What was done to these shows (None: everything), the newest first."""
        asked = select(LOG).order_by(LOG.c.id.desc()).offset(offset).limit(limit)
        if show_guids is not None:
            asked = asked.where(LOG.c.show_guid.in_(list(show_guids)))
        return tuple(map(read_log_entry, connection.execute(asked)))

    @writes
    def sweep_accounts(self, connection: Connection, *, now: datetime, tried: datetime, logged: datetime) -> None:
        """Forget sessions that are over, tries before `tried` and entries of the log before `logged`."""
        connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= number_of(now)))
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < number_of(tried)))
        connection.execute(delete(LOG).where(LOG.c.at < number_of(logged)))
