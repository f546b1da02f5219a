"""Opening the index: SQLite tuned for one writer and many readers, migrations run by themselves."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from catalogue.errors import StoreError

# How long a writer waits for another before it gives up.
BUSY_TIMEOUT_MS = 10_000
PRAGMAS = (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
# What a database says → what to do about it; the index holds nothing that the library does not.
_MENDS = (
    ("not a database", "Move it away and index again"),
    ("malformed", "Move it away and index again"),
    ("No module named", "Install that driver"),
    ("Could not parse", "Write DATABASE_URL like postgresql+psycopg://user@host/name"),
)


def open_engine(url: str) -> Engine:
    """Connect, bring the tables up to date, and give the engine.

    Raises StoreError when the database cannot be opened or is from a newer version.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed)
        if engine.dialect.name == "sqlite":
            _tune_sqlite(engine)
        _migrate_or_close(engine)
    except (SQLAlchemyError, OSError, ImportError) as error:  # ImportError: the driver that the address names
        raise StoreError(
            "store-open",
            "The database {url} cannot be opened: {why}. {mend}, or set --data.",
            url=_without_password(url).removeprefix("sqlite:///"),
            why=_why(error),
            mend=next(
                (mend for said, mend in _MENDS if said in _why(error)), "Check its folder, rights and disk space"
            ),
        ) from error
    return engine


def _migrate_or_close(engine: Engine) -> None:
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()  # or a full disk could not be unmounted
        raise


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Begin a transaction that will write; on SQLite it takes the write lock at once and cannot fail half-way."""
    return engine.execution_options(castalogue_write=True).begin()


def _why(error: Exception) -> str:
    """What failed, without the numbers and the address that come with it."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return str(getattr(error, "orig", None) or error)


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    scheme, separator, _ = before.partition("://")
    return f"{scheme}{separator}{after}" if at else url


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()  # SQLAlchemy forgets it here, and its file would stay open
            raise

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("castalogue_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _migrate(engine: Engine) -> None:
    # Alembic takes 0.2 s to import: only where a database is opened.
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(resources.files("catalogue.store") / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                "store-newer",
                "The database was written by a newer Castalogue. Update this one, or index into a new --data.",
                why=str(error),
            ) from error
