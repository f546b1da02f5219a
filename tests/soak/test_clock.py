"""A clock that is wrong moves nothing: neither dates nor identities, and no byte of the feed once it is right again."""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from actions.conftest import LINKS, SHOW, _draw_in_advance
from serving import castalogue
from sounds import write_mp3

from catalogue.actions.index import Wishes, index_library
from catalogue.actions.open import Place, open_library
from catalogue.actions.publish import Publication
from catalogue.config import Settings
from catalogue.store.index import open_index

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CLOCKS = {
    "a day back": NOW - timedelta(days=1),
    "ten years on": NOW.replace(year=2036),
    "the beginning": datetime(1970, 1, 1, tzinfo=UTC),
    # America/New_York: an hour that is missing, and both readings of one that comes twice.
    "before the spring change": datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC),
    "after the spring change": datetime(2026, 3, 8, 7, 0, 1, tzinfo=UTC),
    "in the doubled hour": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    "in the doubled hour again": datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
}
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
ITEM_GUID = re.compile(rb"<guid[^>]*>([^<]+)<")


@pytest.fixture
def settings(tmp_path):
    """Episodes dated by their note, by their name, and by first sight; one is scheduled."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "show.toml").write_text(SHOW)
    for number, name in enumerate(("dated", "2021-10-05 Named", "seen", "seen later", "scheduled")):
        write_mp3(library / name / "audio.mp3", seed=number, seconds=0.2)
    (library / "dated/episode.md").write_text("---\npublished: 2020-01-02 08:00\n---\n")
    (library / "scheduled/episode.md").write_text("---\npublished: 2027-01-02 08:00\n---\n")
    settings = Settings(library=library, data=tmp_path / "data", settle_seconds=0, workers=1)
    _draw_in_advance(settings.derived_folder)
    return settings


@pytest.fixture
def index_at(settings, box):
    """Index by a clock that shows a moment, and give the feed by the right one and by that one."""

    def index(moment, settings=settings):
        with closing(open_index(settings.store_url)) as opened:
            storage, derived = open_library(settings), settings.derived_folder
            place = Place(storage=storage, index=opened, box=box, derived=derived, settings=settings)
            index_library(place, Wishes(clock=lambda: moment, wait=lambda _: None))
            publication = Publication(opened, storage, derived)
            show = publication.first_feed()
            return publication.feed(show, LINKS, NOW).body, publication.feed(show, LINKS, moment).body

    return index


def touch(settings):
    """Let every file be read again."""
    for path in settings.library.rglob("*.mp3"):
        os.utime(path)


def test_no_clock_moves_a_date_an_identity_or_a_byte(settings, index_at):
    feed, _ = index_at(NOW)
    ledger = (settings.library / "ledger.jsonl").read_bytes()
    for name, moment in CLOCKS.items():
        touch(settings)
        again, then = index_at(moment)
        assert (again, (settings.library / "ledger.jsonl").read_bytes()) == (feed, ledger), name
        order, now_order = ITEM_GUID.findall(then), ITEM_GUID.findall(feed)
        assert [guid for guid in order if guid in now_order] == [guid for guid in now_order if guid in order], name


@pytest.mark.parametrize("moment", CLOCKS.values(), ids=CLOCKS)
def test_a_new_index_by_a_wrong_clock_is_as_the_old_one(settings, index_at, tmp_path, moment):
    feed, _ = index_at(NOW)
    ledger = (settings.library / "ledger.jsonl").read_bytes()
    other = settings.model_copy(update={"data": tmp_path / "other data"})
    _draw_in_advance(other.derived_folder)
    assert index_at(moment, other)[0] == feed
    assert (settings.library / "ledger.jsonl").read_bytes() == ledger


@pytest.mark.soak
@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed: apt install libfaketime")
@pytest.mark.parametrize("shift", ["-1d", "+10y"])
def test_a_whole_process_under_a_wrong_clock_changes_nothing(settings, index_at, tmp_path, shift):
    index_at(datetime.now(UTC) - timedelta(days=3))
    places = ("--library", settings.library, "--data", settings.data)
    feed, ledger = castalogue(tmp_path, "feed", *places).stdout, (settings.library / "ledger.jsonl").read_bytes()
    touch(settings)
    wrong = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": shift, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    done = castalogue(tmp_path, "index", *places, **wrong)
    assert done.returncode == 0, done.stderr
    assert castalogue(tmp_path, "feed", *places).stdout == feed
    assert (settings.library / "ledger.jsonl").read_bytes() == ledger
