"""A run that sees what the last whole one saw ends there, and says the same; any other does its work."""

import os
from dataclasses import replace

import pytest

from catalogue.domain.cards import CARD
from catalogue.domain.plan import Severity
from catalogue.errors import StoreError


@pytest.fixture
def opened(shelf, monkeypatch):
    """Names of files that are opened from now on; `show.toml` is, in every run that does its work."""
    shelf.sound("one.mp3", seed=1)
    shelf.write("two.md", "---\ntitle: Two\ndraft: true\n---\n")
    shelf.index()
    names, open_file = [], shelf.place.storage.open
    monkeypatch.setattr(shelf.place.storage, "open", lambda path: (names.append(path), open_file(path))[1])
    return names


def test_what_did_not_change_is_not_opened(shelf, opened):
    report = shelf.index()
    assert (opened, [show.show.title for show in report.shows]) == ([], ["Conversations"])
    assert {file.path for file in report.files} == {"ledger.jsonl", "one.mp3", "show.toml", "two.md"}


def test_the_same_is_said_again(shelf, opened):
    shelf.write("three.md", "---\ntitel: Three\n---\n")
    first = shelf.index()
    opened.clear()
    assert shelf.index().problems == first.problems != ()
    assert (shelf.plan().problems, opened) == (first.problems, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda shelf: shelf.sound("three.mp3", seed=3),
        lambda shelf: (shelf.root / "two.md").unlink(),
        lambda shelf: os.utime(shelf.root / "one.mp3", (1, 1)),
        lambda shelf: shelf.write("ledger.jsonl", shelf.ledger().replace('"draft":true', '"draft":false')),
        lambda shelf: shelf.write("three.mp3", "").unlink() or (shelf.root / "three.mp3").symlink_to("nowhere"),
        lambda shelf: next(shelf.place.derived.iterdir()).unlink(),
        lambda shelf: shelf.place.index.announce(),
    ],
    ids=["more", "less", "touched", "ledger", "broken link", "picture", "index"],
)
def test_whatever_changed_is_worked_on_once(shelf, opened, change):
    change(shelf)
    shelf.index()
    assert "show.toml" in opened
    opened.clear()
    shelf.index()
    assert opened == []


def test_a_card_that_the_site_drew_is_no_change(shelf, opened):
    (shelf.place.derived / f"{'0' * 64}.{CARD}.jpg").write_bytes(b"drawn")
    shelf.index()
    assert opened == []


def test_somebodys_word_is_always_heard(shelf, opened):
    shelf.index(allow_date_change=True)
    assert "show.toml" in opened


def test_another_base_url_is_another_run(shelf, opened):
    settings = shelf.place.settings.model_copy(update={"base_url": "https://example.org"})
    shelf.place = replace(shelf.place, settings=settings)
    shelf.index()
    assert "show.toml" in opened


def test_a_run_that_failed_half_way_is_done_again(shelf, opened, monkeypatch):
    before = (shelf.root / "one.mp3").stat()
    shelf.sound("one.mp3", seed=2)
    monkeypatch.setattr(
        type(shelf.place.index), "save_show", lambda *_, **__: (_ for _ in ()).throw(StoreError("x", ""))
    )
    with pytest.raises(StoreError):
        shelf.index()
    monkeypatch.undo()
    shelf.sound("one.mp3", seed=1)
    os.utime(shelf.root / "one.mp3", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert shelf.place.index.last_run() is None
    shelf.index()
    assert shelf.place.index.last_run() is not None


def test_a_missing_episode_turns_into_an_error_in_time(shelf, opened):
    (shelf.root / "one.mp3").unlink()
    shelf.index()
    opened.clear()
    shelf.later(days=13)
    assert (shelf.index().refused, opened) == ((), [])
    shelf.later(days=2)
    assert [problem.severity for problem in shelf.index().problems if problem.code == "missing"] == [Severity.ERROR]


def test_a_clock_set_back_settles_nothing(shelf, opened):
    shelf.later(days=-1)
    shelf.index()
    assert "show.toml" in opened


def test_a_file_that_could_not_be_read_is_tried_again(shelf, opened, monkeypatch):
    shelf.write("two.md", "---\ntitle: Second\n---\n")
    read = shelf.place.storage.read_bytes

    def stumble(path, **limits):
        if path == "two.md":
            raise OSError(5, "Input/output error")
        return read(path, **limits)

    monkeypatch.setattr(shelf.place.storage, "read_bytes", stumble)
    assert [problem.code for problem in shelf.index().refused] == ["unreadable"]
    monkeypatch.setattr(shelf.place.storage, "read_bytes", read)
    shelf.index()
    assert shelf.episodes()["two"].title == "Second"
