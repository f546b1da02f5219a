"""A disk of every size at which something just does not fit: nothing is torn, and with room all goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from actions.conftest import _draw_in_advance
from mortals import Nursery
from small_disks import disk_of, make_room, tells_why
from sounds import write_mp3

from catalogue.library.durable import is_leftover
from catalogue.library.ledger import read_ledger
from catalogue.library.show_file import read_show_file

# Kibibytes. Below the first nothing can be written, above the last all of it can.
LIBRARY_SIZES = range(4, 40, 4)
DATA_SIZES = (*range(4, 500, 62), *range(500, 1200, 8))
SAMPLED_LIBRARY, SAMPLED_DATA = (16,), (760,)


class Producer:
    """Somebody who begins a show, adds an episode and indexes, as far as the disk lets them."""

    def __init__(self, nursery: Nursery, library: Path, data: Path, audio: Path) -> None:
        self.nursery, self.library, self.audio = nursery, library, audio
        places = ("--library", library, "--data", data)
        self.steps = [
            ("init", library, "--data", data),
            ("add", audio, "--show", ".", *places),
            ("index", *places),
        ]

    def work(self) -> int:
        """Take each step until one fails, which must say why in a sentence; gives how many were done."""
        for number, words in enumerate(self.steps):
            status, _ = self.nursery.run(words)
            assert status in (0, 1), self.nursery.said
            assert "Traceback" not in self.nursery.said
            if status == 1:
                assert tells_why(self.nursery.said)
                return number
        return len(self.steps)

    def see_whole(self) -> None:
        """No file is half: each can be read, or is the audio that was to be added."""
        for path in self.library.rglob("*"):
            assert not is_leftover(path.name)
            if path.name == "ledger.jsonl":
                read_ledger(path.read_bytes(), path.name)
            elif path.name == "show.toml":
                read_show_file(path.read_bytes(), path.name)
            elif path.suffix == ".mp3":
                assert path.read_bytes() == self.audio.read_bytes()

    def go_on(self, done: int) -> None:
        """With room, do the step that failed and those after it."""
        for words in self.steps[done:]:
            status, _ = self.nursery.run(words)
            # Where only the database had no room, the ledger knows the episode already, and the index takes it up.
            is_there = words[0] == "add" and "It has the same sound as a-talk" in self.nursery.said
            assert status == 0 or is_there, self.nursery.said
        assert self.nursery.run(("feed", *self.steps[2][1:]))[0] == 0
        assert self.nursery.said.count("<item>") == 1


def fill_library(nursery: Nursery, tmp_path: Path, size: int) -> int:
    _draw_in_advance(tmp_path / "data" / "derived")
    audio = write_mp3(tmp_path / "talk.mp3", seconds=0.5, title="A talk")
    with disk_of(tmp_path / "library", size) as disk:
        producer = Producer(nursery, disk, tmp_path / "data", audio)
        done = producer.work()
        producer.see_whole()
        make_room(disk)
        producer.go_on(done)
    return done


def fill_data(nursery: Nursery, tmp_path: Path, size: int) -> int:
    audio = write_mp3(tmp_path / "talk.mp3", seconds=0.5, title="A talk")
    with disk_of(tmp_path / "disk", size) as disk:
        producer = Producer(nursery, tmp_path / "library", disk / "data", audio)
        done = producer.work()
        producer.see_whole()
        make_room(disk)
        producer.go_on(done)
    return done


@pytest.mark.parametrize("size", SAMPLED_LIBRARY)
def test_a_full_library_tears_nothing_and_goes_on_once_there_is_room(nursery, tmp_path, size):
    assert fill_library(nursery, tmp_path, size) < 3


@pytest.mark.parametrize("size", SAMPLED_DATA)
def test_a_full_data_folder_tears_nothing_and_goes_on_once_there_is_room(nursery, tmp_path, size):
    assert fill_data(nursery, tmp_path, size) < 3


@pytest.mark.soak
@pytest.mark.parametrize(("fill", "sizes"), [(fill_library, LIBRARY_SIZES), (fill_data, DATA_SIZES)])
def test_no_size_of_a_disk_tears_anything(nursery, tmp_path, fill, sizes):
    done = []
    for size in sizes:
        (tmp_path / str(size)).mkdir()
        done.append(fill(nursery, tmp_path / str(size), size))
        shutil.rmtree(tmp_path / str(size))
    print(f"\n{fill.__name__}: steps done at {sizes}: {done}")
    assert done == sorted(done)
    # Beginning a show needs no database.
    assert (done[0], done[-1]) == (0 if fill is fill_library else 1, 3)
