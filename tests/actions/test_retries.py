"""Another process wrote a ledger while this run was reading: it looks again, and forgets nothing that it did."""

from contextlib import contextmanager

import pytest


@pytest.fixture
def two(shelf):
    """Two shows, indexed; the first has its ledger as it was before its second episode."""
    (shelf.root / "show.toml").unlink()
    for name in ("a", "b"):
        shelf.write(f"{name}/show.toml", f'title = "{name}"\nlanguage = "en"\n')
        shelf.sound(f"{name}/{name}.mp3", seed=ord(name))
    shelf.index()
    older = (shelf.root / "a/ledger.jsonl").read_text()
    shelf.sound("a/later.mp3", seed=1)
    shelf.index()
    shelf.write("a/ledger.jsonl", older)
    return shelf


@pytest.fixture
def meddle(two, monkeypatch):
    """Let somebody else write the ledger of `b` so many times, each just before this process does."""
    locked, left = two.place.storage.locked, []

    @contextmanager
    def meddling(folder):
        if folder == "b" and left:
            left.pop()
            with (two.root / "b/ledger.jsonl").open("a") as ledger:
                ledger.write("\n")
        with locked(folder):
            yield

    monkeypatch.setattr(two.place.storage, "locked", meddling)
    return left.extend


@pytest.mark.parametrize("times", [1, 2])
def test_what_the_first_walk_did_is_in_the_report(two, meddle, times):
    meddle(range(times))
    two.sound("a/new.mp3", seed=2)
    two.sound("b/new.mp3", seed=3)
    report = two.index()
    assert [problem.code for problem in report.refused] == []
    assert [one.path for one in report.problems if one.code == "ledger"] == ["a/ledger.jsonl"]
    assert (report.counts["new"], sorted(show.show.path for show in report.shows)) == (2, ["a", "b"])


def test_what_was_wrong_in_the_first_walk_holds_only_if_it_still_is(two, meddle):
    meddle(range(1))
    two.write("a/a.md", "---\npublished: tomorrow\n---\n")
    locked = two.place.storage.locked

    def mending(folder):
        two.write("a/a.md", "Mended.\n")
        return locked(folder)

    two.place.storage.locked = mending
    two.sound("b/new.mp3", seed=3)
    assert [problem.code for problem in two.index().refused] == []


def test_a_ledger_that_is_written_again_and_again_is_told(two, meddle):
    meddle(range(9))
    two.sound("b/new.mp3", seed=3)
    assert [(one.code, one.path) for one in two.index().refused] == [("stale-ledger", "b")]
