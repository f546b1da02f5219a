"""A library that goes away, wholly or in part, while it is indexed."""

import pytest

from catalogue.errors import ConfigError


def test_a_library_that_is_not_there_any_more_is_said_and_changes_nothing(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    feed = shelf.feed()
    shelf.root.rename(shelf.root.with_name("unplugged"))
    with pytest.raises(ConfigError, match="Nothing was changed"):
        shelf.index()
    assert shelf.feed() == feed


def test_an_empty_folder_where_the_library_was_changes_nothing(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    feed = shelf.feed()
    shelf.root.rename(shelf.root.with_name("unplugged"))
    shelf.root.mkdir()
    shelf.index()
    assert shelf.feed() == feed


@pytest.mark.parametrize("lost", ["one/episode.md", "show.toml"])
def test_a_file_that_vanishes_while_indexing_costs_no_more_than_itself(shelf, monkeypatch, lost):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "Notes\n")
    shelf.index()
    feed = shelf.feed()
    shelf.write("one/episode.md", "Other notes\n")
    read = type(shelf.place.storage).read_bytes

    def vanish(storage, path, **limit):
        if path == lost:
            raise FileNotFoundError(2, "No such file or directory")
        return read(storage, path, **limit)

    monkeypatch.setattr(type(shelf.place.storage), "read_bytes", vanish)
    (problem,) = shelf.index().refused
    assert (problem.code, problem.path) == ("unreadable", lost)
    assert shelf.feed() == feed


@pytest.fixture
def before_reading(shelf, monkeypatch):
    """Do something between the listing of files and their reading."""
    run = shelf.place.box.run

    def prepare(deed):
        def run_after(function, calls):
            listed = list(calls)
            deed()
            return run(function, listed)

        monkeypatch.setattr(shelf.place.box, "run", run_after)

    return prepare


def test_a_disk_that_goes_while_files_are_read_costs_none_of_them(shelf, before_reading, monkeypatch):
    for number in range(3):
        shelf.sound(f"{number}.mp3", seed=number)
    aside = shelf.root.with_name("unplugged")
    before_reading(lambda: aside.exists() or shelf.root.rename(aside))
    assert {problem.code for problem in shelf.index().refused} == {"unread", "unreadable"}
    assert shelf.episodes() == {}
    monkeypatch.undo()
    aside.rename(shelf.root)
    assert (shelf.index().refused, len(shelf.episodes())) == ((), 3)


def test_audio_that_goes_while_files_are_read_leaves_its_episode_as_it_was(shelf, before_reading):
    for number in range(3):
        shelf.sound(f"{number}/audio.mp3", seed=number)
        shelf.write(f"{number}/episode.md", "Notes.\n")
    shelf.index()
    feed, episodes = shelf.feed(), shelf.episodes()
    for number in range(3):
        shelf.sound(f"{number}/audio.mp3", seed=10 + number)
    before_reading(lambda: (shelf.root / "2/audio.mp3").unlink(missing_ok=True))
    report = shelf.index()
    assert [(problem.code, problem.path) for problem in report.refused] == [("unread", "2/audio.mp3")]
    assert shelf.episodes()["2"] == episodes["2"]
    assert shelf.feed() != feed
