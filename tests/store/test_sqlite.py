"""What only SQLite can get wrong: other processes in its file."""

import sqlite3
import threading

import pytest
from builders import make_show
from rows import by_guid, episode_row, show_row

from catalogue.errors import StoreError
from catalogue.store.index import FileRow, open_index

GUID = make_show().guid


def file_row(path, version="1", **stated):
    return FileRow(path=path, version=version, kind="audio-1", **stated)


def slugs(index):
    return {row.line.guid: row.line.slug for row in index.episodes(GUID)}


def test_readers_go_on_while_another_process_writes(sqlite_index, rival):
    sqlite_index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    rival.execute("BEGIN IMMEDIATE")
    rival.execute("DELETE FROM episodes")
    assert slugs(sqlite_index) == {"a": "one"}
    assert sqlite_index.revision() == 1


def test_a_writer_gives_up_in_so_many_words_when_another_does_not_end(file):
    index = open_index(f"sqlite:///{file}", patience_ms=20)
    rival = sqlite3.connect(file, isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    for write in (lambda: index.save_files([file_row("a")]), lambda: index.save_problems([])):
        with pytest.raises(StoreError, match="database is locked"):
            write()
    rival.close()
    index.save_files([file_row("a")])
    index.close()


def test_a_writer_waits_for_another_to_end(sqlite_index, file):
    rival = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    rival.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.05, rival.execute, ["COMMIT"])
    ending.start()
    sqlite_index.save_files([file_row("a")])
    ending.join()
    rival.close()
    assert list(sqlite_index.files()) == ["a"]


def test_a_database_that_breaks_while_open_is_an_error_of_ours(sqlite_index, rival):
    rival.execute("DROP TABLE revision")
    with pytest.raises(StoreError, match="no such table") as caught:
        sqlite_index.revision()
    assert caught.value.code == "store-read"


def test_a_document_that_cannot_be_read_says_that_the_index_can_be_made_again(sqlite_index, rival):
    sqlite_index.save_show(show_row(), episodes={})
    rival.execute("UPDATE shows SET document = '{}'")
    with pytest.raises(StoreError, match="delete it and run castalogue index"):
        sqlite_index.shows()
