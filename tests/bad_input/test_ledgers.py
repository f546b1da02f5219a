"""A ledger or a show file that cannot be read: told with its line, and nothing that was published changes."""

import json

import pytest
from actions.conftest import SHOW


@pytest.fixture
def published(shelf):
    """A show with two episodes, and its lines."""
    for seed in (1, 2):
        shelf.sound(f"{seed}.mp3", seed=seed, title=f"Talk {seed}")
    shelf.index()
    return shelf


def insert(shelf, number, *lines):
    """Put lines behind the ledger's line `number`."""
    all_lines = shelf.ledger().splitlines()
    all_lines[number:number] = lines
    (shelf.root / "ledger.jsonl").write_text("\n".join(all_lines) + "\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"guid": "x", broken', "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ("<<<<<<< HEAD", "merge was left half done"),
        ('{"guid":"x","path":"3","slug":"three","colour":"red"}', "`colour` is no key"),
        ('{"guid":"x","guid":"y","path":"3","slug":"three"}', "a key stands twice"),
    ],
)
def test_a_broken_line_stops_the_show_and_not_its_feed(published, line, words):
    feed = published.feed()
    insert(published, 2, line)
    published.sound("3.mp3", seed=3)
    (problem,) = published.index().refused
    assert str(problem).startswith("ledger.jsonl, line 3: ")
    assert words in problem.message
    assert published.feed() == feed


def test_a_ledger_that_lost_its_first_line_stops_the_show(published):
    feed = published.feed()
    (published.root / "ledger.jsonl").write_text("")
    (problem,) = published.index().refused
    assert "from git or a backup" in problem.message
    assert published.feed() == feed


def test_a_ledger_of_a_newer_version_is_left_alone(published):
    newer = published.ledger().replace('"format":1', '"format":99')
    (published.root / "ledger.jsonl").write_text(newer)
    (problem,) = published.index().refused
    assert problem.message.endswith("Update Castalogue.")
    assert published.ledger() == newer


def test_two_lines_of_one_episode_are_united_and_told(published):
    feed = published.feed()
    again = json.loads(published.ledger().splitlines()[1]) | {"slug": "other"}
    insert(published, 3, json.dumps(again))
    report = published.index()
    assert report.refused == ()
    assert [problem.code for problem in report.problems if "Lines 2 and 4" in problem.message] == ["ledger"]
    assert published.feed() == feed


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('title = "x\n', "show.toml, line 1: "),
        ('title = "a"\ntitle = "b"\n', "show.toml, line 2: "),
        (SHOW + 'explict = "x"\n', "Did you mean `explicit`?"),
        (SHOW.replace("America/New_York", "Mars/Base"), "show.toml, line 5: `timezone`"),
        (SHOW.replace("explicit = false", "explicit = 'maybe'"), "show.toml, line 7: `explicit`"),
        ("description = '" + "x" * (1024 * 1024) + "'", "show.toml: "),
        ("title = 'Caf\udce9'\n", "show.toml, line 1: It is not UTF-8"),
    ],
)
def test_a_broken_show_file_is_told_and_changes_nothing(published, content, told):
    feed = published.feed()
    (published.root / "show.toml").write_text(content, errors="surrogateescape")
    said = [str(problem) for problem in published.index().refused]
    assert len(said) == 1
    assert told in said[0]
    assert published.feed() == feed
