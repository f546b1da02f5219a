"""An index that cannot be written just now is read as it lies, if nobody was writing it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from rows import by_guid, episode_row, show_row

from catalogue.errors import StoreError
from catalogue.store.index import open_index
from catalogue.store.unwritable import find_readable_index


@pytest.fixture
def file(tmp_path):
    """A database that somebody left in good order."""
    file = tmp_path / "odd ?#%41 name.sqlite3"
    with closing(open_index(url(file))) as index:
        index.save_show(show_row(), episodes=by_guid(episode_row("guid", "one")))
    return file


def url(file):
    return f"sqlite:///{str(file).replace('%', '%25').replace('?', '%3F').replace('#', '%23')}"


def test_it_is_read_and_nothing_is_written_beside_it(file):
    with closing(find_readable_index(url(file))) as index:
        assert [row.show.guid for row in index.shows()] == [show_row().show.guid]
        with pytest.raises(StoreError, match="readonly"):
            index.announce()
    assert list(file.parent.iterdir()) == [file]


def test_what_was_left_in_the_middle_of_writing_is_not_read_without_it(file):
    file.with_name(f"{file.name}-wal").write_bytes(b"pages that the file does not have yet")
    assert find_readable_index(url(file)) is None


def test_tables_of_another_version_are_not_read(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert find_readable_index(url(file)) is None


@pytest.mark.parametrize("content", [b"", b"no database at all"])
def test_what_is_no_database_is_none(tmp_path, content):
    (tmp_path / "index.sqlite3").write_bytes(content)
    assert find_readable_index(f"sqlite:///{tmp_path}/index.sqlite3") is None


@pytest.mark.parametrize("url", ["sqlite:////nowhere/index.sqlite3", "sqlite://", "postgresql://host/name", "no url"])
def test_only_a_file_that_is_there_can_be_read_as_it_lies(url):
    assert find_readable_index(url) is None
