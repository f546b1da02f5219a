"""The databases for minutes: locks of 5 and 15 seconds, many restarts, tens of thousands of rows, many processes."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from builders import make_show
from rows import by_guid, episode_row, show_row
from sounds import write_mp3

from catalogue.errors import StoreError
from catalogue.store.index import FileRow, open_index
from catalogue.store.postgres import WRITE_LOCK

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.soak]
GUID = make_show().guid
MANY = 40_000
RESTARTS = 12
RESTART_EVERY_SECONDS = 0.5
PROCESSES = 4
SAVES = 30
EPISODES = 600
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request, tmp_path):
    """The address of an empty database of each kind."""
    return (
        f"sqlite:///{tmp_path / 'index.sqlite3'}"
        if request.param == "sqlite"
        else request.getfixturevalue("postgres_url")
    )


def file_row(path, version="1"):
    return FileRow(path=path, version=version, kind="audio-1", document="{}" * 200)


@pytest.fixture
def held(url, postgres_server):
    """Hold the write lock for some seconds: `held(5)`; gives when that began."""
    threads = []

    def begin(seconds):
        ready = threading.Event()
        threads.append(threading.Thread(target=hold, args=(url, seconds, postgres_server, ready)))
        threads[-1].start()
        assert ready.wait(10)
        return time.monotonic()

    yield begin
    for thread in threads:
        thread.join()


def test_a_lock_of_5_seconds_is_waited_for(url, held):
    index = open_index(url)
    began = held(5)
    index.save_files([file_row("a")])
    assert 4.5 < time.monotonic() - began < 7
    assert list(index.files()) == ["a"]
    index.close()


def test_a_lock_of_15_seconds_is_told_after_10_and_leaves_nothing_half(url, held):
    index = open_index(url)
    began = held(15)
    with pytest.raises(StoreError) as caught:
        index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    assert caught.value.code == "store-busy"
    assert 9.5 < time.monotonic() - began < 13
    assert (index.revision(), index.shows()) == (0, ())
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    assert (time.monotonic() - began > 14.5, index.revision()) == (True, 1)
    index.close()


def hold(url, seconds, server, ready):
    """Hold the write lock of a database from outside."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            ready.set()
            time.sleep(seconds)
        return
    with server.administer(url.partition("@/")[2].partition("?")[0]) as connection, connection.transaction():
        connection.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        ready.set()
        time.sleep(seconds)


def test_tens_of_thousands_of_rows_are_saved_replaced_and_forgotten(url):
    index = open_index(url)
    rows = [episode_row(f"guid-{number}", f"slug-{number}") for number in range(MANY)]
    turned = [episode_row(f"guid-{number}", f"slug-{MANY - 1 - number}") for number in range(MANY)]
    for many in (rows, turned):
        index.save_show(show_row(), episodes=by_guid(*many))
        index.save_files([file_row(row.line.guid) for row in many])
    assert {row.line.guid: row.line.slug for row in index.episodes(GUID)} == {r.line.guid: r.line.slug for r in turned}
    assert len(index.files()) == MANY
    index.save_show(show_row(), episodes={}, gone=[row.line.guid for row in rows])
    index.forget_files([row.line.guid for row in rows])
    assert (index.episodes(GUID), index.files(), index.revision()) == ((), {}, 3)
    index.close()


def save_many(url, name, failures):
    """One process of several that open, make tables if nobody has, and write."""
    try:
        index = open_index(url)
        for number in range(SAVES):
            index.save_files([file_row(f"{name}/{number}"), file_row("shared", f"{name}-{number}")])
            index.save_show(show_row(), episodes=by_guid(episode_row(f"{name}-{number}", f"{name}-{number}")))
        index.close()
    except StoreError as error:
        failures.put(str(error))


def test_processes_at_once_make_the_tables_once_and_lose_nothing(request, tmp_path):
    for url in (f"sqlite:///{tmp_path / 'index.sqlite3'}", request.getfixturevalue("bare_postgres_url")):
        context = multiprocessing.get_context("spawn")
        failures = context.Queue()
        processes = [context.Process(target=save_many, args=(url, name, failures)) for name in range(PROCESSES)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(300)
        assert failures.empty(), failures.get()
        index = open_index(url)
        counts = (len(index.files()), len(index.episodes(GUID)), index.revision())
        assert counts == (PROCESSES * SAVES + 1, PROCESSES * SAVES, PROCESSES * SAVES)
        index.close()


@pytest.mark.postgres
def test_an_index_through_restarts_ends_as_one_without_any(tmp_path, postgres_server, postgres_url):
    library = tmp_path / "library"
    make_library(library)
    done = []

    def index():
        while not done or (done[-1].returncode != 0 and len(done) < RESTARTS):
            done.append(index_library(tmp_path, library, postgres_url))

    indexing = threading.Thread(target=index)
    indexing.start()
    restarts = 0
    while indexing.is_alive():  # from this thread: the server ends with the one that started it
        postgres_server.restart()
        restarts += 1
        indexing.join(RESTART_EVERY_SECONDS)
    failures = [one.stderr for one in done[:-1]]
    print(f"restarts: {restarts}, runs: {len(done)}")
    assert restarts > 1
    assert all("database" in failure and "Traceback" not in failure for failure in failures), failures
    check_same(tmp_path, library, postgres_url)


def make_library(folder):
    """A show with hundreds of episodes."""
    for number in range(EPISODES):
        write_mp3(folder / f"{number:04} Episode.mp3", seed=number, title=f"Episode {number}")
    (folder / "show.toml").write_text('title = "T"\ndescription = "D"\nauthor = "A"\nlanguage = "en"\n', "utf-8")


def index_library(home, library, url, *command):
    """Run a command on a database; `index` unless stated."""
    words = [sys.executable, "-m", "catalogue.cli", *(command or ("index",)), "--library", library]
    known = {"PATH": "/usr/bin:/bin", "HOME": str(home), "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    known |= {"CASTALOGUE_SETTLE_SECONDS": "0", "CASTALOGUE_DATA": str(home / "data")}
    return subprocess.run(
        [str(word) for word in words], cwd=home, env=known, capture_output=True, text=True, timeout=300, check=False
    )


def check_same(home, library, url):
    """What a new database of the same library holds and gives, this one holds and gives."""
    other = f"sqlite:///{home / 'other.sqlite3'}"
    assert index_library(home, library, other).returncode == 0
    feeds = [index_library(home, library, one, "feed").stdout for one in (url, other)]
    assert feeds[0] == feeds[1]
    assert feeds[0].count("<item>") == EPISODES
    indexes = [open_index(one) for one in (url, other)]
    rows = [(index.file_versions(), [index.episodes(row.show.guid) for row in index.shows()]) for index in indexes]
    for index in indexes:
        index.close()
    assert rows[0] == rows[1]
