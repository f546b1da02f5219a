"""Many indexers at once on a library that grows: nothing twice, nothing forgotten, nobody fails."""

import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from soak.indexers import start_indexer
from sounds import write_mp3

from catalogue.actions.index import Wishes, index_library
from catalogue.actions.leases import Terms
from catalogue.actions.open import open_place
from catalogue.config import Settings
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.formats.pictures.covers import drawn_cover_hash

PROCESSES = 8
RUNS = 50
SAMPLE_RUNS = 1
# How many files are added meanwhile, at most, for each run of a process.
FILES_A_RUN = 10
TITLE = "Talks"
SHOW = f'title = "{TITLE}"\nauthor = "Ana"\nlanguage = "en"\n'
LIMIT_SECONDS = 600
# Leases of a second, so that a test need not wait for half a minute.
LIFE = 1.0


@pytest.fixture
def library(tmp_path):
    """A library of two shows, and where its database goes."""
    for show in ("a", "b"):
        (tmp_path / "library" / show).mkdir(parents=True)
        (tmp_path / "library" / show / "show.toml").write_text(SHOW)
        write_mp3(tmp_path / "library" / show / "first.mp3", seconds=0.2, seed=ord(show))
    (tmp_path / "data" / "derived").mkdir(parents=True)
    for recipe in IMAGE_RECIPES:  # drawing a cover takes a second
        (tmp_path / "data" / "derived" / f"{drawn_cover_hash(TITLE, None)}.{recipe}.jpg").write_bytes(b"drawn")
    return tmp_path / "library"


@pytest.fixture
def start(library):
    """Start indexers that end with the test."""
    started = []

    def start(**asked):
        process = start_indexer(library, library.parent / "data", **asked)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def index(library, *, life=LIMIT_SECONDS, **wishes):
    """Index in this process, as anybody would beside the others."""
    settings = Settings(library=library, data=library.parent / "data", settle_seconds=0, workers=1)
    terms = Terms(doubt_seconds=life * 0.8, life_seconds=life)
    with open_place(settings) as place:
        return index_library(place, Wishes(terms=terms, **wishes))


def answer(process):
    """What a process said, run by run, once it ended well."""
    output, errors = process.communicate(timeout=LIMIT_SECONDS)
    said = [json.loads(line) for line in output.splitlines() if line != "held"]
    assert process.returncode == 0, (said, errors)
    return said


def rows(library, query):
    with closing(sqlite3.connect(library.parent / "data" / "index.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def ledger_lines(library, show):
    lines = [json.loads(line) for line in (library / show / "ledger.jsonl").read_text().splitlines()]
    return lines[1:]


def check_all_are_one(library):
    """Every file is one episode: in its ledger, in the index, under one GUID and one slug."""
    for show in ("a", "b"):
        files = sorted(path.stem for path in (library / show).glob("*.mp3"))
        lines = ledger_lines(library, show)
        assert sorted(line["path"] for line in lines) == files
        assert len({line["guid"] for line in lines}) == len({line["slug"] for line in lines}) == len(files)
    indexed = rows(library, "SELECT guid, document FROM episodes")
    assert sorted(guid for guid, _ in indexed) == sorted(
        line["guid"] for show in ("a", "b") for line in ledger_lines(library, show)
    )
    assert all(document for _, document in indexed)


def traces(library):
    """What an indexer writes: ledgers, what it read, what it made of it, how often."""
    ledgers = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in library.rglob("ledger.jsonl")}
    tables = ("files", "episodes", "shows", "problems", "revision", "leases", "wanted")
    return ledgers, [rows(library, f"SELECT * FROM {table}") for table in tables]


def grow(library, indexers, *, most):
    """Add a file now and then, whole from the start, while indexers are running."""
    number = 0
    while number < most and indexers.poll() is None:
        number += 1
        draft = write_mp3(library / "draft.part", seconds=0.2, seed=1000 + number)
        draft.rename(library / "ab"[number % 2] / f"{number} talk.mp3")
        time.sleep(0.05)
    return number


@pytest.mark.parametrize("runs", [SAMPLE_RUNS, pytest.param(RUNS, marks=pytest.mark.soak)])
def test_many_at_once_index_each_file_once(library, start, runs):
    indexers = start(processes=PROCESSES, runs=runs)
    added = grow(library, indexers, most=FILES_A_RUN * runs)
    said = answer(indexers)
    put_off = sum(one["put_off"] for one in said)
    assert not index(library).refused
    check_all_are_one(library)
    assert (len(said), rows(library, "SELECT * FROM leases")) == (PROCESSES * runs, [])
    print(f"{len(said)} runs, {put_off} put off, {added} files added meanwhile")


@pytest.mark.soak
def test_who_is_put_off_is_answered_by_who_was_first(library, start):
    first = start(hold=1)
    assert first.stdout.readline() == "held\n"
    write_mp3(library / "a" / "late.mp3", seconds=0.2, seed=77)
    assert index(library).put_off == {"a", "b"}
    answer(first)
    check_all_are_one(library)


def test_a_stopped_holder_is_taken_over_and_writes_nothing_when_it_goes_on(library, start):
    first = start(hold=1, life=LIFE)
    assert first.stdout.readline() == "held\n"
    os.kill(first.pid, signal.SIGSTOP)
    report = index(library, life=LIFE, allow_date_change=True)  # a word waits until the lease is over
    assert (report.put_off, report.refused) == (frozenset(), ())
    before = traces(library)
    os.kill(first.pid, signal.SIGCONT)
    output, _ = first.communicate(timeout=LIMIT_SECONDS)
    assert (first.returncode, json.loads(output.splitlines()[-1])["error"]) == (1, "lease-lost")
    assert traces(library) == before
    check_all_are_one(library)


def test_a_killed_holder_delays_nobody(library, start):
    first = start(hold=1, life=3600)
    assert first.stdout.readline() == "held\n"
    first.kill()
    first.communicate()
    report = index(library, life=3600)
    assert (report.put_off, report.refused) == (frozenset(), ())
    check_all_are_one(library)
