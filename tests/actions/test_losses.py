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


def test_a_disk_that_goes_while_files_are_read_costs_none_of_them(shelf):
    for number in range(6):
        shelf.sound(f"{number}.mp3", seed=number)
    aside = shelf.root.with_name("unplugged")

    def unplug(done, _total):
        if done == 1:
            shelf.root.rename(aside)

    assert {problem.code for problem in shelf.index(progress=unplug).refused} <= {"unreadable", "unread"}
    assert shelf.episodes() == {}
    aside.rename(shelf.root)
    assert shelf.index().refused == ()
    assert len(shelf.episodes()) == 6


def test_audio_that_goes_while_files_are_read_leaves_its_episode_as_it_was(shelf, tmp_path):
    for number in range(3):
        shelf.sound(f"{number}/audio.mp3", seed=number)
        shelf.write(f"{number}/episode.md", "Notes.\n")
    shelf.index()
    feed, episodes = shelf.feed(), shelf.episodes()
    for number in range(3):
        shelf.sound(f"{number}/audio.mp3", seed=10 + number)
    last = shelf.root / "2/audio.mp3"
    report = shelf.index(progress=lambda done, _: last.unlink() if done == 1 else None)
    assert [(problem.code, problem.path) for problem in report.refused] == [("unread", "2/audio.mp3")]
    assert shelf.episodes()["2"] == episodes["2"]
    assert shelf.feed() != feed
