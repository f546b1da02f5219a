"""A real PostgreSQL for tests: its own folder, socket and port, one a test process, a fresh database a test.

It runs as `postgres` or `nobody` where the tests run as root, and ends with them however they end. Texts are
compared as in en-US (ICU), unlike Python's and SQLite's way: whoever leaves an order to the database is found out.
"""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import psycopg

START_SECONDS = 60
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "timezone": "Asia/Kolkata",
    "log_min_messages": "fatal",
}


def find_programs() -> Path | None:
    """The folder of initdb and postgres: on the PATH, or where Debian puts them; the newest."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), default=None, key=lambda path: float(path.parent.name))


class Server:
    """PostgreSQL in a folder of its own; `password` is the superuser's, asked for over TCP only."""

    def __init__(self) -> None:
        programs = find_programs()
        assert programs is not None
        self._programs = programs
        self.password = secrets.token_urlsafe(12)
        self.port = _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path is 107 bytes at most
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def begin(self) -> None:
        """Make the cluster and start the server."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, *_user())
        secret = self.folder / "secret"
        secret.write_text(self.password)
        secret.chmod(0o644)
        how = "--auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --no-sync --username=postgres --locale=C"
        how += f" --locale-provider=icu --icu-locale=en-US --pwfile={secret} -D {self.folder / 'data'}"
        subprocess.run(
            [self._programs / "initdb", *how.split()], check=True, capture_output=True, timeout=120, **_as_user()
        )
        secret.unlink()
        self.start()
        from catalogue.store.index import open_index  # not for those who never ask for a server

        with self.administer() as connection:
            connection.execute("CREATE DATABASE template_castalogue")
        open_index(self.url("template_castalogue")).close()

    def start(self) -> None:
        """Start the server and wait until it answers; it ends with the thread that calls this."""
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [self._programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-p", str(self.port)]
        # It ends with us, even where we are killed.
        guard = ["setpriv", "--pdeathsig", "QUIT", "--"] if shutil.which("setpriv") else []
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*guard, *command, *settings], stdout=log, stderr=log, start_new_session=True, **_as_user()
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """End it at once, as a power cut would end its connections."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(START_SECONDS)
            self._process = None

    def restart(self) -> None:
        """`pg_ctl restart -m immediate`."""
        self.stop()
        self.start()

    def end(self) -> None:
        """Stop it and remove its folder; may be called twice."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.end)

    def url(self, name: str) -> str:
        """A database's address over the socket, where no password is asked for."""
        return f"postgresql://postgres@/{name}?host={self.folder}&port={self.port}"

    def tcp_url(self, name: str, *, password: str | None = None) -> str:
        """A database's address over TCP, with the password."""
        return f"postgresql://postgres:{password or self.password}@127.0.0.1:{self.port}/{name}"

    def administer(self, name: str = "postgres") -> psycopg.Connection:
        """A superuser's bare connection, each statement a transaction of its own."""
        import psycopg

        return psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname=name, autocommit=True, connect_timeout=5
        )

    def create(self, *, template: str = "template_castalogue") -> str:
        """Make a database; its name."""
        name = f"test_{next(self._numbers)}"
        with self.administer() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is in it."""
        with self.administer() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _answers(self) -> bool:
        import psycopg

        try:
            self.administer().close()
        except psycopg.OperationalError:
            return False
        return True


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One PostgreSQL for all tests of a process."""
    server = Server()
    try:
        server.begin()
        yield server
    finally:
        server.end()


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of an up-to-date database without rows."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def shared_database(postgres_server: Server) -> str:
    """The name of an up-to-date database that many tests use one after another."""
    return postgres_server.create()


@pytest.fixture
def emptied_postgres_url(postgres_server: Server, shared_database: str) -> Iterator[str]:
    """The address of a database without rows; made in no time, for tests that change nothing but rows."""
    from catalogue.store.schema import METADATA
    from catalogue.store.search_tables import SEARCH_METADATA

    tables = [*METADATA.tables, *SEARCH_METADATA.tables, "search_chunks"]
    yield postgres_server.url(shared_database)
    with postgres_server.administer(shared_database) as connection:
        connection.execute("; ".join(f"DELETE FROM {table}" for table in tables))


@pytest.fixture
def bare_postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of a database without tables."""
    name = postgres_server.create(template="template0")
    yield postgres_server.url(name)
    postgres_server.drop(name)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _user() -> tuple[int, int]:
    """A user that is not root: PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    pytest.skip("running as root, and there is no user postgres or nobody to run PostgreSQL as")


def _as_user() -> dict[str, object]:
    plain = {"env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, "cwd": "/"}
    if os.geteuid() != 0:
        return plain
    user, group = _user()
    return plain | {"user": user, "group": group, "extra_groups": []}
