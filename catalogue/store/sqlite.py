"""SQLite tuned for one writer and many readers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event

# Under this name a connection is told what the transaction that begins next will write; nothing, where it only reads.
WRITES = "castalogue_writes"


def tune_sqlite(engine: Engine, *, patience_ms: int) -> None:
    """Set up each connection, and begin transactions so that a writer holds the write lock from the start."""
    pragmas = (f"busy_timeout={patience_ms}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()  # SQLAlchemy forgets it here, and its file would stay open
            raise

    def begin(dbapi_connection: Any) -> None:
        is_writing = dbapi_connection.info.pop(WRITES, None) is not None
        dbapi_connection.execute("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    # Not as an event: where an engine has one, every statement looks for more, a third of what a small one takes.
    engine.dialect.do_begin = begin  # type: ignore[method-assign]
