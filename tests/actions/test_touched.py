"""A run after a few files were written again: the other episodes are not looked at, and it is right all the same."""

from __future__ import annotations

import pytest

from catalogue.actions import index as module
from catalogue.actions.walk import walk_library
from catalogue.domain.plan import Change


@pytest.fixture
def walks(monkeypatch):
    """How many times the whole library was walked."""
    counted = []

    def counting(walk):
        counted.append(walk)
        return walk_library(walk)

    monkeypatch.setattr(module, "walk_library", counting)
    return counted


@pytest.fixture
def three(shelf, walks):
    """Three episodes, indexed, with nothing in doubt."""
    for number in range(3):
        shelf.sound(f"{number}.mp3", seed=number, title=f"Episode {number}")
    shelf.write("1.md", "---\ntitle: One\n---\nFirst words.\n")
    shelf.index()
    shelf.later(hours=1)
    walks.clear()
    return shelf


def changes(report):
    return {one.episode.slug: one.change for show in report.shows for one in show.episodes}


def test_a_note_written_again_is_all_that_is_looked_at(three, walks):
    three.write("1.md", "---\ntitle: Uno\n---\nOther words.\n")
    report = three.index()
    assert (changes(report), walks) == ({"1": Change.CHANGED}, [])
    assert three.episodes()["1"].title == "Uno"
    assert b"<title>Uno</title>" in three.feed()


def test_one_run_after_another_looks_at_that_alone(three, walks):
    for seed in (11, 12, 13):
        three.sound("2.mp3", seed=seed, title="Episode 2")
        assert changes(three.index()) == {"2": Change.AUDIO}
        three.later(hours=1)
        assert changes(three.index()) == {}
    assert walks == []


def test_the_ledger_says_what_a_walk_over_everything_would_write(three, reopened, walks):
    three.sound("0.mp3", seed=20, title="Episode 0")
    three.write("1.md", "---\ntitle: Uno\npublished: 2026-02-01\n---\n")
    three.index(), three.index(allow_date_change=True)
    ledger = three.ledger()
    reopened.now = three.now
    reopened.index()
    assert ledger == three.ledger() == reopened.ledger()
    assert {slug: one.title for slug, one in reopened.episodes().items()} == {
        slug: one.title for slug, one in three.episodes().items()
    }


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda s: s.sound("0.mp3", seed=1, title="Other"), id="the sound of another"),
        pytest.param(lambda s: s.write("1.md", "---\nguid: elsewhere\n---\n"), id="another GUID"),
        pytest.param(lambda s: s.write("1.md", "---\nslug: episode-two\n---\n"), id="another address"),
        pytest.param(lambda s: s.sound("3.mp3", seed=3), id="a new file"),
        pytest.param(lambda s: (s.root / "0.mp3").unlink(), id="a file less"),
        pytest.param(lambda s: s.write("show.toml", (s.root / "show.toml").read_text() + "\n# said\n"), id="show.toml"),
    ],
)
def test_what_may_concern_others_is_left_to_a_walk_over_everything(three, walks, write):
    write(three)
    three.index()
    assert len(walks) == 1


def test_the_earlier_sound_of_another_is_left_to_a_walk(three, walks):
    three.sound("0.mp3", seed=30, title="Episode 0")
    three.index()
    assert walks == []
    three.sound("2.mp3", seed=0, title="Episode 0")
    three.index()
    assert len(walks) == 1


def test_while_files_wait_for_a_word_everything_is_walked(three, walks):
    three.sound("copy.mp3", seed=0, title="Episode 0")
    three.index()
    walks.clear()
    three.write("1.md", "---\ntitle: Uno\n---\n")
    assert "held-copy" in {problem.code for problem in three.index().problems}
    assert len(walks) == 1


def test_what_was_said_of_others_still_is_and_what_is_mended_no_more(three, walks):
    three.write("0.md", "---\ntitle: [\n---\n")
    three.write("1.md", "---\ntitle: [\n---\n")
    three.index()
    walks.clear()
    assert {problem.path for problem in three.index().refused} == {"0.md", "1.md"}
    three.write("1.md", "---\ntitle: Uno\n---\n")
    assert {problem.path for problem in three.index().refused} == {"0.md"}
    assert {problem.path for problem in three.place.index.problems() if problem.line} == {"0.md"}
    assert walks == []


def test_another_process_that_wrote_in_between_leaves_all_to_a_walk(three, reopened, walks):
    reopened.now = three.now
    reopened.place = three.place.__class__(
        storage=three.place.storage,
        index=three.place.index,
        box=three.place.box,
        derived=three.place.derived,
        settings=three.place.settings,
    )
    three.write("1.md", "---\ntitle: Uno\n---\n")
    reopened.index()
    walks.clear()
    three.write("1.md", "---\ntitle: Eins\n---\n")
    assert changes(three.index()) == {"1": Change.CHANGED}
    assert len(walks) == 1
