"""Processes tell and are killed again and again: every job is told, and twice only where a death came between."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from builders import NOON
from rows import show_row

from catalogue.domain.telling import Announcement, Kind
from catalogue.store.index import JobState, open_index

ROOT = Path(__file__).parents[2]
TELLERS, JOBS, KILLS = 4, 1_000, 40
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
pytestmark = pytest.mark.soak


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request, tmp_path):
    """The address of an empty index."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'index.sqlite3'}"
    return request.getfixturevalue("emptied_postgres_url")


def start(url, told):
    return subprocess.Popen([sys.executable, "-m", "tests.soak.tellers", url, str(told)], cwd=ROOT)


def test_every_job_is_told_and_twice_only_where_a_death_came_between(url, tmp_path):
    index, told, chance = open_index(url), tmp_path / "told", Random(7)
    show = show_row()
    asked = [
        Announcement(show_guid=show.show.guid, guid=f"guid-{number}", kind=Kind.WEBHOOK, asked_at=NOON, due_at=NOON)
        for number in range(JOBS)
    ]
    index.save_show(show, episodes={}, asked=asked)
    tellers, kills, began = [start(url, told) for _ in range(TELLERS)], 0, time.monotonic()
    try:
        while index.jobs([JobState.WAITING]):
            assert time.monotonic() - began < 300
            time.sleep(chance.uniform(0.1, 0.5))
            if kills < KILLS:
                victim = chance.randrange(TELLERS)
                tellers[victim].kill()
                tellers[victim].wait()
                tellers[victim], kills = start(url, told), kills + 1
    finally:
        for teller in tellers:
            teller.kill()
            teller.wait()
    begun = Counter(line.split()[1] for line in told.read_text().splitlines() if line.startswith("begun"))
    assert len(begun) == len(index.jobs([JobState.DONE])) == JOBS
    assert begun.total() - JOBS <= kills
    print(f"{JOBS} jobs, {kills} deaths, {begun.total() - JOBS} told twice, {time.monotonic() - began:.1f} s")
    index.close()
