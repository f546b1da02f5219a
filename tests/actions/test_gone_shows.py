"""A show whose folder is away stays as it was; somebody may say that it is gone, and it may come back."""

import errno
import os
import re

import pytest

from catalogue.domain.links import Links
from catalogue.domain.plan import Severity

LINKS = Links("https://example.org")


@pytest.fixture
def two(shelf):
    """A library of two shows, indexed."""
    (shelf.root / "show.toml").unlink()
    for name, seeds in (("a", (1, 2)), ("b", (3, 4))):
        shelf.write(f"{name}/show.toml", f'title = "{name}"\nlanguage = "en"\n')
        for seed in seeds:
            shelf.sound(f"{name}/{seed}.mp3", seed=seed)
    shelf.write("catalogue.toml", 'title = "Both"\nmain = "b"\nbase_url = "https://pods.example"\n')
    shelf.index()
    return shelf


@pytest.fixture
def away(two, tmp_path):
    """Take a folder of the library away, leaving an empty one; called again, bring it back."""

    def move(name):
        here, there = two.root / name, tmp_path / "away"
        if there.exists():
            here.rmdir()
            there.rename(here)
        else:
            here.rename(there)
            here.mkdir()

    return move


def feeds(shelf):
    publication = shelf.publication()
    return {show.slug: publication.feed(show, LINKS, shelf.now).body for show in publication.shows()}


def state(shelf):
    index = shelf.place.index
    return feeds(shelf), index.shows(), shelf.episodes(), index.file_kinds(), index.revision()


def refused(report):
    return {(problem.code, problem.path) for problem in report.refused}


def test_an_empty_mount_over_a_show_is_refused_and_changes_nothing(two, away):
    before = state(two)
    away("b")
    assert refused(two.plan()) == {("show-gone", "b")}
    report = two.index()
    assert refused(report) == {("show-gone", "b")}
    assert "--allow-removals" in report.refused[0].message
    assert state(two) == before


def test_an_empty_mount_over_the_library_is_one_sentence_and_changes_nothing(two):
    before = state(two)
    two.root.rename(two.root.with_name("unplugged"))
    two.root.mkdir()
    report = two.index()
    assert refused(report) == {("library-empty", ".")}
    assert "the shows in b, a" in report.refused[0].message
    assert state(two) == before


def test_the_other_shows_go_on(two, away):
    away("b")
    two.sound("a/new.mp3", seed=9)
    assert (two.index().counts["new"], "new" in two.episodes()) == (1, True)


def test_what_the_library_said_of_itself_is_kept_while_a_show_is_away(two, away):
    before = state(two)
    away("b")
    (two.root / "catalogue.toml").unlink()
    two.index()
    assert state(two) == before


def test_when_it_is_said_to_be_gone_its_episodes_are_missing_until_it_returns(two, away):
    before = state(two)
    away("b")
    report = two.index(allow_removals=True)
    assert (refused(report), report.counts["missing"]) == (set(), 2)
    assert [(p.code, p.severity) for p in report.problems if p.path == "b"] == [("show-missing", Severity.WARNING)]
    assert (feeds(two), {one.missing_since for one in two.episodes().values()}) == (before[0], {None, two.now})
    assert refused(two.index()) == set()
    away("b")
    assert two.index().counts["returned"] == 2
    assert (feeds(two), two.episodes()) == (before[0], before[2])


def test_gone_for_two_weeks_is_an_error_and_nothing_else(two, away):
    away("b")
    two.index(allow_removals=True)
    before = state(two)
    two.later(days=15)
    assert refused(two.index()) == {("show-missing", "b")}
    assert state(two) == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.EIO, errno.ESTALE])
def test_a_show_that_cannot_be_opened_is_not_gone(two, monkeypatch, number):
    before = state(two)
    scan = os.scandir

    def shut(path):
        if str(path) == str(two.root / "b"):
            raise OSError(number, os.strerror(number))
        return scan(path)

    monkeypatch.setattr(os, "scandir", shut)
    assert refused(two.index(allow_removals=True)) == {("skipped", "b")}
    assert state(two) == before


def test_a_show_without_its_show_file_is_not_gone_either(two):
    before = state(two)
    (two.root / "b/show.toml").unlink()
    assert ("show-file-gone", "b") in refused(two.index(allow_removals=True))
    assert state(two) == before


def test_a_renamed_show_is_not_gone_even_when_it_cannot_be_read(two):
    two.write("b/show.toml", "title = unquoted\n")
    (two.root / "b").rename(two.root / "c")
    codes = {code for code, _ in refused(two.index(allow_removals=True))}
    assert not any("gone" in code for code in codes)
    assert {one.missing_since for one in two.episodes().values()} == {None}


@pytest.mark.parametrize(
    ("slug", "said"), [("c", {("show-gone", "b")}), ("b", {("show-gone", "b"), ("slug-taken", "b")})]
)
def test_another_show_in_its_folder_does_not_take_its_place(two, away, slug, said):
    before = feeds(two)["b"]
    away("b")
    two.write("b/show.toml", 'title = "b"\nlanguage = "en"\n')
    ledger = (two.root / "a/ledger.jsonl").read_text("utf-8").splitlines()[0]
    two.write(
        "b/ledger.jsonl", re.sub('"guid":"........', '"guid":"00000000', ledger).replace('"a"', f'"{slug}"') + "\n"
    )
    two.sound("b/other.mp3", seed=77)
    assert refused(two.index()) == said
    assert feeds(two)["b"] == before


def test_a_folder_that_was_never_a_show_says_how_to_begin(shelf):
    (shelf.root / "show.toml").unlink()
    assert refused(shelf.index()) == {("no-show-file", "show.toml")}
