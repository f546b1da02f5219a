"""Who is signed in, by the digests of what their browsers hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from catalogue.domain.producers import Producer, Session
from catalogue.store.account_rows import read_session, session_columns
from catalogue.store.account_tables import PRODUCERS, SESSIONS
from catalogue.store.job_rows import number_of
from catalogue.store.producers import read_producers
from catalogue.store.transactions import Transactions, reads, writes


class Sessions(Transactions):
    """The sessions' part of the index. One that is over may still be there: whoever asks looks at the clock."""

    @writes
    def save_session(self, connection: Connection, session: Session, *, replaces: str = "") -> None:
        """Let somebody be signed in; the session with the hash `replaces` is no more."""
        gone = SESSIONS.c.token_hash.in_((session.token_hash, replaces))
        connection.execute(delete(SESSIONS).where(gone))
        connection.execute(insert(SESSIONS).values(session_columns(session)))

    @reads
    def session(self, connection: Connection, token_hash: str) -> tuple[Session, Producer] | None:
        """A session, and whose it is; None where there is none, or its producer was disabled."""
        row = connection.execute(select(SESSIONS).where(SESSIONS.c.token_hash == token_hash)).first()
        if row is None:
            return None
        whose = read_producers(connection, PRODUCERS.c.id == row.producer_id)
        return (read_session(row), whose[0]) if whose and whose[0].disabled_at is None else None

    @reads
    def sessions_of(self, connection: Connection, producer_id: int) -> tuple[Session, ...]:
        """All of somebody's, the one seen last first."""
        rows = connection.execute(select(SESSIONS).where(SESSIONS.c.producer_id == producer_id))
        return tuple(sorted(map(read_session, rows), key=lambda one: (one.seen_at, one.id), reverse=True))

    @writes
    def see_session(self, connection: Connection, token_hash: str, seen_at: datetime) -> None:
        """Keep when a session was last in use."""
        mine = SESSIONS.c.token_hash == token_hash
        connection.execute(update(SESSIONS).where(mine).values(seen_at=number_of(seen_at)))

    @writes
    def end_session(self, connection: Connection, token_hash: str) -> None:
        """End a session by its hash."""
        connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == token_hash))

    @writes
    def end_session_of(self, connection: Connection, producer_id: int, session_id: int) -> bool:
        """End one of somebody's own sessions by its number; whether there was one."""
        mine = (SESSIONS.c.producer_id == producer_id, SESSIONS.c.id == session_id)
        return connection.execute(delete(SESSIONS).where(*mine)).rowcount > 0

    @writes
    def end_other_sessions(self, connection: Connection, producer_id: int, *, but: str) -> None:
        """End all of somebody's sessions but the one with that hash."""
        connection.execute(delete(SESSIONS).where(SESSIONS.c.producer_id == producer_id, SESSIONS.c.token_hash != but))
