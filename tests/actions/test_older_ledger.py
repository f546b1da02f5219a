"""A ledger that went back to an older state, by git or from a backup, while the index knows more."""

import pytest

from catalogue.library.ledger import read_ledger


@pytest.fixture
def older(shelf):
    """Two episodes, indexed, and the ledger as it was when there was but one."""
    shelf.sound("a.mp3", seed=1)
    shelf.index()
    shelf.older = shelf.ledger()
    shelf.later(hours=1)
    shelf.sound("b.mp3", seed=2)
    shelf.index()
    return shelf


def guids(shelf):
    return [line.guid for line in read_ledger(shelf.ledger().encode(), "ledger.jsonl").episodes]


def test_its_lines_come_back_and_the_feed_stays(older):
    before, feed, full = guids(older), older.feed(), older.ledger()
    older.write("ledger.jsonl", older.older)
    report = older.index()
    assert (guids(older), older.feed(), older.ledger()) == (before, feed, full)
    (remark,) = [problem for problem in report.problems if problem.code == "ledger"]
    assert (remark.path, "b" in remark.message) == ("ledger.jsonl", True)
    older.write("a.md", "Hello.\n")
    assert not [problem for problem in older.index().problems if problem.code == "ledger"]


@pytest.mark.parametrize(("note", "said"), [("Out.\n", "published"), ("---\ndraft: true\n---\n", "indexed before")])
def test_only_what_is_published_is_called_so(older, note, said):
    older.write("b.md", note)
    older.index()
    older.write("ledger.jsonl", older.older)
    (remark,) = [problem for problem in older.index().problems if problem.code == "ledger"]
    assert f"which {'is' if said == 'published' else 'was'} {said}" in remark.message


def test_an_episode_renamed_meanwhile_keeps_its_guid(older):
    before = guids(older)
    older.write("ledger.jsonl", older.older)
    (older.root / "b.mp3").rename(older.root / "c.mp3")
    older.index()
    assert guids(older) == before
    assert len(older.episodes()) == 2


def test_an_episode_gone_meanwhile_is_missing_not_forgotten(older):
    older.write("ledger.jsonl", older.older)
    (older.root / "b.mp3").unlink()
    older.index()
    assert older.episodes()["b"].missing_since == older.now
    assert len(guids(older)) == 2


def test_where_a_slug_is_another_s_by_now_the_show_keeps_its_state_and_both_are_named(older):
    (a, b), feed = guids(older), older.feed()
    older.write("ledger.jsonl", older.older.replace('"slug":"a"', '"slug":"b"'))
    (problem,) = older.index().refused
    assert (problem.code, problem.path, older.feed()) == ("ledger-slug", "ledger.jsonl", feed)
    assert a in problem.message
    assert f"b ({b})" in problem.message
    assert "write another `slug` into the line" in problem.message
