"""SQLite tuned for one writer and many readers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event


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

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("castalogue_write") is not None
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
