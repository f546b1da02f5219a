"""Files that are gone, as somebody meets it who types commands: refused, explained, and accepted in so many words."""

import json
import shutil

import pytest


@pytest.fixture
def shop(terminal):
    """Fill the show with so many episodes, and index."""

    def fill(count):
        for number in range(count):
            terminal.sound(f"{number:02}.mp3", seed=number)
        assert terminal.type("index").exit_code == 0
        return terminal

    return fill


def remove(terminal, *numbers):
    for number in numbers:
        (terminal.library / f"{number:02}.mp3").unlink()


def state(terminal):
    """What subscribers get, and what the library says of itself."""
    return terminal.type("feed").stdout_bytes, (terminal.library / "ledger.jsonl").read_bytes()


@pytest.mark.parametrize(("gone", "of"), [(2, 3), (4, 10)])
def test_too_many_at_once_are_refused_and_nothing_changes(shop, gone, of):
    terminal = shop(of)
    before = state(terminal)
    remove(terminal, *range(gone))
    planned, done = terminal.type("plan"), terminal.type("index")
    for said in (planned.stdout, done.stderr):
        assert f"{gone} of {of} published episodes would lose their files at once (00, 01" in said
        assert "castalogue index --allow-removals" in said
    assert (planned.exit_code, done.exit_code, state(terminal)) == (1, 1, before)


def test_one_of_three_is_missing_and_said(shop):
    terminal = shop(3)
    feed, _ = state(terminal)
    remove(terminal, 1)
    done = terminal.type("index")
    assert (done.exit_code, state(terminal)[0]) == (0, feed)
    assert "missing: stays in the feed without its audio: 01" in done.stderr
    assert "! 01: Its files are gone since" in done.stderr


def test_once_said_the_episodes_are_missing_and_their_items_stay(shop):
    terminal = shop(3)
    feed, ledger = state(terminal)
    remove(terminal, 0, 1)
    done = terminal.type("index", "--allow-removals", "--json")
    assert (done.exit_code, json.loads(done.stdout)["counts"]["missing"]) == (0, 2)
    assert terminal.type("index").exit_code == 0
    assert (state(terminal)[0], state(terminal)[1] == ledger) == (feed, False)
    statuses = [row["status"] for row in json.loads(terminal.type("list", "--json").stdout)]
    assert sorted(statuses) == ["missing", "missing", "public"]


def test_a_lost_database_does_not_make_the_ledger_forget(shop):
    terminal = shop(4)
    remove(terminal, 0, 1)
    _, ledger = state(terminal)
    (terminal.data / "index.sqlite3").unlink()
    done = terminal.type("index")
    assert "2 of 4 published episodes would lose their files" in done.stderr
    assert (done.exit_code, (terminal.library / "ledger.jsonl").read_bytes()) == (1, ledger)


@pytest.mark.parametrize("is_there", [True, False], ids=["empty", "not there"])
def test_a_library_that_is_away_stays_in_feed_and_list(shop, is_there):
    terminal = shop(2)
    feed, _ = state(terminal)
    terminal.library.rename(terminal.library.with_name("unplugged"))
    if is_there:
        terminal.library.mkdir()
    done = terminal.type("index")
    assert (done.exit_code, "disk" in done.stderr) == (1, True)
    assert terminal.type("feed").stdout_bytes == feed
    assert len(terminal.type("list").stdout.splitlines()) == 2


def test_a_library_that_never_was_is_a_slip_of_the_hand(terminal):
    shutil.rmtree(terminal.library)
    shutil.rmtree(terminal.data)
    assert "There is no folder" in terminal.type("index").stderr
    assert not terminal.data.exists()


def test_plan_names_what_leaves_by_a_notes_word(shop):
    terminal = shop(3)
    for number in range(3):
        terminal.write(f"{number:02}.md", "---\ndraft: true\n---\n")
    planned = terminal.type("plan")
    assert planned.exit_code == 0
    assert "Leave feed and site: apps keep what they have downloaded (3):" in planned.stdout
