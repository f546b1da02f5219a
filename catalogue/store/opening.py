"""Opening the index: SQLite or PostgreSQL, migrations run by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from catalogue.errors import StoreError
from catalogue.store.faults import reason
from catalogue.store.new_tables import create_tables
from catalogue.store.postgres import OPTIONS, tune_postgres
from catalogue.store.sqlite import WRITES, tune_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

# How long a writer waits for another before it gives up.
PATIENCE_MS = 10_000
# The driver that the extra `postgres` installs; as some hosts write the name of the database.
_POSTGRES = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
# The library has all that the index holds, but for the accounts of the studio.
_AWAY = "Put a backup back. Without one, move it away and index again, or set --data; accounts begin anew"
# What a database says → what to do about it.
_MENDS = (
    ("not a database", _AWAY),
    ("malformed", _AWAY),
    ("No module named 'psycopg'", "Install Castalogue with its extra `postgres`"),
    ("No module named", "Install that driver, or write postgresql+psycopg://"),
    ("Could not parse", "Write DATABASE_URL like postgresql://user@host/name"),
    ("Can't load plugin", "Write DATABASE_URL like postgresql://user@host/name"),
    ("does not exist", "Create it (createdb, createuser), or correct DATABASE_URL"),
    ("authentication failed", "Correct the user and the password in DATABASE_URL"),
    ("no password supplied", "Write the password into DATABASE_URL, or into ~/.pgpass"),
    ("permission denied", "Give that user the right to create tables: GRANT CREATE ON SCHEMA public TO …"),
    ("lock timeout", "Another process is changing the tables; wait for it and try again"),
    ("no such module: fts5", "The SQLite of this Python has no FTS5, which the search needs; use another Python"),
    ("connect", "Start the server, or correct DATABASE_URL"),
    ("resolve", "Correct the host in DATABASE_URL"),
)
_MEND = "Check its folder, rights and disk space, or set --data"


def open_engine(url: str, *, patience_ms: int = PATIENCE_MS) -> Engine:
    """Connect, bring the tables up to date, and give the engine.

    A writer waits `patience_ms` for another. Raises StoreError when the database cannot be opened or is from a
    newer version.
    """
    try:
        engine = _connected(make_url(url), patience_ms)
        _migrate_or_close(engine)
    except (SQLAlchemyError, OSError, ImportError) as error:  # ImportError: the driver that the address names
        why = reason(error)
        raise StoreError(
            "store-open",
            "The database {url} cannot be opened: {why}. {mend}.",
            url=told_address(url),
            why=why,
            mend=next((mend for said, mend in _MENDS if said in why), _MEND),
        ) from error
    return engine


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Begin a transaction that will write; it waits for other writers at once and cannot fail half-way for them."""
    return _begun(engine, "all")


def queueing(engine: Engine) -> AbstractContextManager[Connection]:
    """Begin a transaction that will write to jobs alone; where a database can lock rows, it waits for no writer."""
    return _begun(engine, "queue")


@contextmanager
def _begun(engine: Engine, what: str) -> Iterator[Connection]:
    """Begin a transaction that will write; `what` is told to who begins it for this kind of database."""
    with engine.connect() as connection:
        connection.connection.info[WRITES] = what
        with connection.begin():
            yield connection


def told_address(url: str) -> str:
    """An address as it may be printed: an SQLite one as its file, others without user's secrets."""
    try:
        parsed = make_url(url)
    except SQLAlchemyError:  # nobody knows where a password stands in it
        before, at, after = url.rpartition("@")
        scheme, separator, _ = before.partition("://")
        return f"{scheme}{separator}{after}" if at else url
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or ":memory:"
    return URL.create(parsed.drivername, None, None, parsed.host, parsed.port, parsed.database).render_as_string()


def _connected(url: URL, patience_ms: int) -> Engine:
    url = url.set(drivername=_POSTGRES.get(url.drivername, url.drivername))
    # What somebody searches for is a parameter: it must stand in no error, wherever that may be written.
    if url.get_backend_name() == "postgresql":
        engine = create_engine(url, hide_parameters=True, **OPTIONS)
        tune_postgres(engine, patience_ms=patience_ms)
        return engine
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine, patience_ms=patience_ms)
    return engine


def _migrate_or_close(engine: Engine) -> None:
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()  # or a full disk could not be unmounted
        raise


def has_newest_tables(engine: Engine) -> bool:
    """Whether its tables are those of this version; asked without Alembic, which takes 0.2 s to import."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [newest_tables()]


@cache
def newest_tables() -> str:
    """The revision of the newest migration; the name of each file begins with its own."""
    files = (resources.files("catalogue.store") / "migrations" / "versions").iterdir()
    return max(file.name.partition("_")[0] for file in files if file.name.endswith(".py"))


def _migrations() -> Config:
    # Slow to import: only where there is something to migrate.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("catalogue.store") / "migrations"))
    return config


def _migrate(engine: Engine) -> None:
    if has_newest_tables(engine) or (engine.dialect.name == "sqlite" and _is_made_new(engine)):
        return
    upgrade_tables(engine)


def _is_made_new(engine: Engine) -> bool:
    """Make the tables of a database that has none; gives whether they are the newest now."""
    with writing(engine) as connection:
        if not inspect(connection).get_table_names():
            create_tables(connection)
    return has_newest_tables(engine)


def upgrade_tables(engine: Engine) -> None:
    """Do all that Alembic's migrations say and was not done yet."""
    from alembic import command
    from alembic.util import CommandError

    config = _migrations()
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
