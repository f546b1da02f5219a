"""A running `serve` follows its folder and the clock by itself."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from serving import castalogue, serving, wait_until
from sounds import write_mp3

SHOW_FILE = """title = "Living"
slug = "living"
description = "A show that changes while it is served."
author = "Castalogue"
language = "en"
"""


def new_library(folder):
    """A show with one episode."""
    write_mp3(folder / "first.mp3", title="First")
    (folder / "show.toml").write_text(SHOW_FILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def living(tmp_path_factory):
    """A show that is served and watched."""
    home = tmp_path_factory.mktemp("living")
    with serving(home, new_library(home / "library")) as served:
        yield served


def lists(served, title):
    return f"<title>{title}</title>".encode() in served.feed("living")


def test_a_file_that_is_dropped_in_appears_in_feed_and_site(living):
    write_mp3(living.library / "dropped.mp3", seed=1, title="Dropped in")
    wait_until(lambda: lists(living, "Dropped in"), seconds=15)
    assert "Dropped in" in living.ask("/").text
    assert living.ask("/living/dropped/").status == 200


def test_a_note_that_is_edited_changes_the_page(living):
    note = living.library / "first.md"
    note.write_text("---\ntitle: First\n---\nWritten later.\n", encoding="utf-8")
    wait_until(lambda: "Written later." in living.ask("/living/first/").text, seconds=15)


def test_a_broken_note_is_named_and_the_page_stays(living):
    write_mp3(living.library / "broken.mp3", seed=2, title="Broken")
    (living.library / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    wait_until(lambda: "broken.md" in living.messages, seconds=15)
    assert lists(living, "First")
    assert living.ask("/living/first/").status == 200


def test_a_scheduled_episode_appears_at_its_second_by_itself(living):
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    write_mp3(living.library / "soon.mp3", seed=3)
    note = f"---\ntitle: Soon\npublished: {moment.isoformat()}\n---\nSoon.\n"
    (living.library / "soon.md").write_text(note, encoding="utf-8")
    wait_until(lambda: lists(living, "Soon"), seconds=15)
    assert datetime.now(UTC) >= moment
    assert living.ask("/living/soon/").status == 200


def test_until_then_the_feed_is_kept_no_longer_than_to_that_second(living):
    moment = datetime.now(UTC) + timedelta(seconds=60)
    write_mp3(living.library / "next.mp3", seed=4)
    note = f"---\ntitle: Next\npublished: {moment.isoformat(timespec='seconds')}\n---\nNext.\n"
    (living.library / "next.md").write_text(note, encoding="utf-8")

    def seconds_fresh():
        return int(living.ask("/living/feed.xml").headers["cache-control"].rpartition("=")[2])

    wait_until(lambda: seconds_fresh() <= 60, seconds=15)
    assert living.ask("/living/next/").status == 404


def test_what_another_process_indexes_shows_within_two_seconds(tmp_path):
    library = new_library(tmp_path / "library")
    with serving(tmp_path / "home", library, "--no-watch") as served:
        write_mp3(library / "other.mp3", seed=5, title="By another process")
        done = castalogue(tmp_path, "index", "--library", library, "--data", served.home / "index")
        indexed = time.monotonic()
        assert done.returncode == 0, done.stderr
        wait_until(lambda: lists(served, "By another process"), seconds=5)
        assert time.monotonic() - indexed < 2.5
