"""One index after another, so that each test of the contract is run on the fake, on SQLite and on PostgreSQL."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_index import FakeIndex

from catalogue.store.index import open_index

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture
def file(tmp_path):
    """Where the SQLite database is."""
    return tmp_path / "data" / "index.sqlite3"


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request, file):
    """The address of a database, empty or not there yet."""
    return f"sqlite:///{file}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(params=["fake", "sqlite", POSTGRES])
def index(request, file):
    """An empty index of each kind."""
    if request.param == "fake":
        yield FakeIndex()
        return
    opened = open_index(f"sqlite:///{file}" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_index(file):
    """An empty index in SQLite."""
    opened = open_index(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def rival(sqlite_index, file):
    """Another process's connection to the same SQLite database, as bare as can be."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection
