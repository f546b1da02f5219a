"""What killed runs left is swept by the next one, once it is old."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from catalogue.actions.sweeping import LEFT_FOR

HALF_WRITTEN = (".castalogue-0123456789abcdef.tmp", "talk/.castalogue-fedcba9876543210.tmp", ".castalogue.lock")
DRAFT = ".0000.cover1.jpg.4711.tmp"


@pytest.fixture
def left(shelf):
    """Half-written files, as old as is asked, in the library and beside the pictures; the last one is a lock's."""

    def leave(age: timedelta):
        shelf.sound("talk/audio.mp3")
        files = [shelf.place.derived / DRAFT, *(shelf.root / name for name in HALF_WRITTEN)]
        moment = (shelf.now - age).timestamp()
        for file in files:
            file.write_bytes(b"half")
            os.utime(file, (moment, moment))
        return files

    return leave


def test_the_next_index_sweeps_what_is_old(shelf, left):
    files = left(LEFT_FOR + timedelta(minutes=1))
    assert shelf.index().refused == ()
    assert not any(file.exists() for file in files)


def test_what_is_young_may_still_be_written(shelf, left):
    *files, _ = left(LEFT_FOR - timedelta(minutes=1))
    shelf.index()
    assert all(file.exists() for file in files)


def test_a_plan_sweeps_nothing(shelf, left):
    files = left(LEFT_FOR * 2)
    shelf.plan()
    assert all(file.exists() for file in files)
