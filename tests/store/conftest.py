"""An index in a temporary folder."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from catalogue.store.index import open_index


@pytest.fixture
def file(tmp_path):
    """Where the database is."""
    return tmp_path / "data" / "index.sqlite3"


@pytest.fixture
def index(file):
    """An empty index."""
    opened = open_index(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def rival(index, file):
    """Another process's connection to the same database, as bare as can be."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection
