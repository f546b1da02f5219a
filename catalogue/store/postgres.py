"""PostgreSQL made to keep the same promises as SQLite: one writer at a time, readers on the state of one moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

from catalogue.errors import StoreError
from catalogue.store.sqlite import WRITES

# What writers of one database queue for (pg_advisory_xact_lock): a number of our own, any would do.
WRITE_LOCK = 0x0CA5_7A10
# How long a server that does not even refuse is waited for.
CONNECT_TIMEOUT_SECONDS = 10
OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "connect_args": {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        # A prepared statement forgets that its 500 keys are constants and compares each row with each of them.
        "prepare_threshold": None,
    },
}


def tune_postgres(engine: Engine, *, patience_ms: int) -> None:
    """Begin transactions so that writers wait for one another, and readers see one state however much they read."""
    write = f"SET LOCAL lock_timeout = {patience_ms}; SELECT pg_advisory_xact_lock({WRITE_LOCK})"
    # A writer's state must be that after the wait, so it is read statement by statement.
    read = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise StoreError(
                "store-encoding",
                "The database keeps text as {encoding}, which has no room for all of it. "
                "Create one with: createdb --encoding=UTF8 --template=template0.",
                encoding=encoding,
            )

    # Who only takes or settles a job locks its row and no more: it waits for no index, and none for it.
    queue = f"SET LOCAL lock_timeout = {patience_ms}"
    beginnings = {None: read, "all": write, "queue": queue}

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(beginnings[connection.connection.info.pop(WRITES, None)])
