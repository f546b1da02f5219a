"""The index as it lies, where its disk is full or may not be written: it is read, and every write is an error.

SQLite needs to write beside its file even to read it, unless it is told that the file will not change; so that is
what it is told, for one transaction at a time. A process that has room again is started anew to write.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from catalogue.errors import StoreError
from catalogue.store.index import Index
from catalogue.store.opening import has_newest_tables


def find_readable_index(url: str) -> Index | None:
    """Open the index at an SQLAlchemy URL for reading alone; None where there is none that can be read as it lies.

    Only an SQLite file can be, whose tables are this version's, and that nobody was writing when it was left: what
    lies in its `-wal` would be missed.
    """
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        return None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or not _is_at_rest(Path(parsed.database)):
        return None
    engine = _reading_engine(Path(parsed.database))
    try:
        is_current = has_newest_tables(engine)
    except (SQLAlchemyError, StoreError):
        is_current = False
    if not is_current:
        engine.dispose()
        return None
    return Index(engine)


def _is_at_rest(file: Path) -> bool:
    log = file.with_name(f"{file.name}-wal")
    try:
        return file.stat().st_size > 0 and (not log.exists() or log.stat().st_size == 0)
    except OSError:
        return False


def _reading_engine(file: Path) -> Engine:
    address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
