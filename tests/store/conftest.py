"""One index after another, so that each test of the contract is run on the fake, on SQLite and on PostgreSQL."""

import shutil
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


@pytest.fixture
def sqlite_url(blank, file):
    """The address of an empty SQLite database."""
    file.parent.mkdir()
    shutil.copy(blank, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=["fake", "sqlite", POSTGRES])
def index(request):
    """An empty index of each kind."""
    if request.param == "fake":
        yield FakeIndex()
        return
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "emptied_postgres_url")
    opened = open_index(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_index(sqlite_url):
    """An empty index in SQLite."""
    opened = open_index(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def rival(sqlite_index, file):
    """Another process's connection to the same SQLite database, as bare as can be."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection
