"""Commands about what is published: revise, unpublish, publish, withdraw, discard, verify."""

import json
import os

import pytest
from sounds import write_mp3


@pytest.fixture
def published(terminal):
    """A show with one episode, indexed."""
    terminal.sound("one/audio.mp3", title="One")
    assert terminal.type("index").exit_code == 0
    return terminal


def test_revise_says_what_it_wrote_and_what_subscribers_see(published, tmp_path):
    new = write_mp3(tmp_path / "new.mp3", seed=5, title="One")
    done = published.type("revise", "one", new, "--note", "The dose is 5 mg.", "--date", "2026-01-06")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Revised one: one/audio.mp3, one/episode.md." in done.stderr
    assert "changed, may download again: One (corrections)" in done.stderr
    assert "- on: 2026-01-06\n    text: The dose is 5 mg." in (published.library / "one/episode.md").read_text()


def test_revise_without_a_note_says_that_nobody_is_told(published, tmp_path):
    done = published.type("revise", "one", write_mp3(tmp_path / "new.mp3", seed=5))
    assert "nobody is told of the change" in done.stderr


def test_revise_of_nothing_is_wrong_usage(published):
    done = published.type("revise", "one", "--note", " ")
    assert done.exit_code == 2
    assert "--note" in done.stderr


def test_unpublish_and_publish_are_each_the_other_s_way_back(published):
    feed = published.type("feed").stdout
    done = published.type("unpublish", "one")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "castalogue publish one" in done.stderr
    assert "becomes a draft: leaves the feed: One" in done.stderr
    assert "One" not in published.type("feed").stdout
    assert published.type("publish", "one").exit_code == 0
    assert published.type("feed").stdout == feed


def test_withdraw_asks_and_takes_no_for_an_answer(published):
    before = (published.library / "ledger.jsonl").read_bytes()
    done = published.type("withdraw", "one")  # nobody answers
    assert done.exit_code == 1
    assert "No command brings it back" in done.stderr
    assert (published.library / "ledger.jsonl").read_bytes() == before


def test_withdraw_names_the_files_that_stay_and_what_else_may_hold_it(published):
    done = published.type("withdraw", "one", "--yes")
    assert (done.exit_code, done.stdout) == (0, "")
    for said in ("Withdrawn: One.", "  one/audio.mp3", "Backups", str(published.data), "withdrawn_at"):
        assert said in done.stderr
    assert (published.library / "one/audio.mp3").is_file()
    assert json.loads(published.type("list", "--json").stdout)[0]["status"] == "withdrawn"
    again = published.type("withdraw", "one", "--yes")
    assert again.exit_code == 1
    assert "was withdrawn on" in again.stderr


def test_verify_ends_with_1_where_a_bit_was_flipped(published):
    done = published.type("verify")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 file, " in done.stderr
    audio = published.library / "one/audio.mp3"
    content, times = bytearray(audio.read_bytes()), audio.stat()
    content[-9] ^= 4
    audio.write_bytes(content)
    os.utime(audio, ns=(times.st_atime_ns, times.st_mtime_ns))
    done = published.type("verify", "one")
    assert done.exit_code == 1
    assert "✗ one/audio.mp3: Its bytes changed although nobody wrote it" in done.stdout
    found = json.loads(published.type("verify", "--json").stdout)
    assert (found["files"], found["size_bytes"]) == (1, len(content))
    assert [(one["code"], one["path"], one["episode"]) for one in found["faults"]] == [
        ("damaged", "one/audio.mp3", "one")
    ]


def test_discard_asks_moves_a_draft_aside_and_brings_it_back(published, tmp_path):
    recording = write_mp3(tmp_path / "Wrong.mp3", seed=3, title="Wrong")
    assert published.type("add", recording, "--draft").exit_code == 0
    note = (published.library / "wrong/episode.md").read_bytes()
    asked = published.type("discard", "wrong")  # nobody answers
    assert (asked.exit_code, "This moves aside: wrong." in asked.stderr) == (1, True)
    done = published.type("discard", "wrong", "--yes")
    assert done.exit_code == 0
    assert "castalogue discard --back wrong" in done.stderr
    assert not (published.library / "wrong").exists()
    assert published.type("discard", "--back", "wrong").exit_code == 0
    assert (published.library / "wrong/episode.md").read_bytes() == note
    refused = published.type("discard", "one", "--yes")
    assert (refused.exit_code, "is no draft" in refused.stderr) == (1, True)
