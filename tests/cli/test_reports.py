"""Commands that only look: data on standard output, messages on standard error."""

import json
from datetime import datetime

import pytest


def documents(done):
    """The JSON on standard output."""
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_list_json_is_an_array_of_all_episodes(indexed):
    rows = documents(indexed.type("list", "--json"))
    assert {row["slug"]: row["status"] for row in rows} == {"110": "public", "later": "scheduled", "draft": "draft"}
    row = next(row for row in rows if row["slug"] == "110")
    assert {name: row[name] for name in ("show", "title", "audio", "number", "path")} == {
        "show": "conversations",
        "title": "Meet the husbands",
        "audio": "110/audio.mp3",
        "number": "110",
        "path": "110",
    }
    assert datetime.fromisoformat(row["published_at"]).isoformat() == "2021-10-05T12:00:00+00:00"
    assert row["duration_seconds"] == pytest.approx(2, abs=0.1)
    assert row["guid"]


def test_list_is_a_line_an_episode(indexed):
    done = indexed.type("list")
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 3
    assert "2021-10-05T12:00" in done.stdout
    assert "conversations/110  Meet the husbands" in done.stdout


def test_feed_is_the_bytes_of_the_feed_under_the_base_url(indexed):
    done = indexed.type("feed", "--base-url", "https://pods.example")
    assert done.stdout_bytes.startswith(b"<?xml")
    assert done.stderr == ""
    assert b"https://pods.example/conversations/110/" in done.stdout_bytes
    assert (
        done.stdout_bytes
        == indexed.type("feed", "conversations", CASTALOGUE_BASE_URL="https://pods.example").stdout_bytes
    )


def test_feed_without_a_base_url_carries_the_address_that_serve_has_by_default(indexed):
    assert b"http://127.0.0.1:8000/conversations/feed.xml" in indexed.type("feed").stdout_bytes


def test_feed_of_an_unknown_show_names_those_there_are(indexed):
    done = indexed.type("feed", "nobody")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "“nobody”" in done.stderr
    assert "conversations" in done.stderr


def test_feed_of_a_library_without_a_show_says_what_to_do(terminal):
    (terminal.library / "show.toml").unlink()
    done = terminal.type("feed")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "castalogue init" in done.stderr


@pytest.mark.parametrize("name", ["110", "conversations/110", "110/"])
def test_show_json_is_one_episode_with_its_files(indexed, name):
    row = documents(indexed.type("show", name, "--json"))
    assert (row["title"], row["files"], row["chapters"]) == ("Meet the husbands", ["110/audio.mp3"], 0)
    assert row["page"] == "http://127.0.0.1:8000/conversations/110/"


def test_show_is_a_line_for_all_that_is_known(indexed):
    done = indexed.type("show", "110")
    assert "title            Meet the husbands\n" in done.stdout
    assert "None" not in done.stdout


def test_show_of_an_unknown_episode_says_where_to_look(indexed):
    done = indexed.type("show", "nobody")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "castalogue list" in done.stderr


def test_doctor_says_what_it_looked_at(indexed):
    done = indexed.type("doctor")
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "✓ Library",
        "✓ Data folder",
        "✓ Index",
        "✓ Search",
        "✓ Address",
        "✓ Last index",
        "✓ Told",
        "✓ Studio",
        "✓ Tokens",
        "✓ Members",
        "✓ Audio help",
        "✓ Limits",
    ]


def test_doctor_json_is_an_array(indexed):
    assert {"ok", "what", "found", "mend"} == documents(indexed.type("doctor", "--json"))[0].keys()


def test_doctor_ends_with_1_where_something_is_not_well(terminal):
    terminal.write("page.mp3", "<html>")
    terminal.type("index")
    done = terminal.type("doctor")
    assert done.exit_code == 1
    assert "✗ Last index: 1 left out" in done.stdout


def test_looking_at_a_library_that_was_never_indexed_indexes_it(terminal):
    terminal.sound("one.mp3")
    assert [row["slug"] for row in documents(terminal.type("list", "--json"))] == ["one"]
