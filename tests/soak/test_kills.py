"""kill -9 at any moment of index, add, edit, set and rename: nothing is lost or torn.

The next run ends as if none had been killed.

Dates stand in the notes, so that two runs at different moments give the same feed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from actions.conftest import SHOW, _draw_in_advance
from lives import Life, State, is_ours
from mortals import Nursery
from sounds import write_mp3

from catalogue.library.storage import LocalLibrary

SAMPLE, KILLS = 3, 1000
NOTE = "---\npublished: 2021-10-0{number} 08:00\n---\nNotes of {number}.\n"
SHOW_GUID = 'guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"\n'


@dataclass(frozen=True)
class Kind:
    """A kind of run: where it begins, how that looks, and how it ends, and after how long, when nobody kills it."""

    start: Life
    before: State
    after: State
    seconds: float


class Lives:
    """Kinds of runs by number; what a kind comes to is found out when it is first asked for."""

    def __init__(self, folder: Path, nursery: Nursery) -> None:
        self._folder, self._nursery = folder, nursery
        self._lives = _lives(folder, nursery)
        self._kinds: dict[int, Kind] = {}

    def kind(self, seed: int) -> Kind:
        number = seed % len(self._lives)
        if number not in self._kinds:
            life = self._lives[number]
            end = life.copy_to(self._folder / f"end {number}")
            status, seconds = self._nursery.run(end.command)
            assert status == 0
            self._kinds[number] = Kind(life, State.of(life), State.of(end), seconds)
        return self._kinds[number]


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Lives:
    return Lives(tmp_path_factory.mktemp("lives"), nursery)


def _lives(folder: Path, nursery: Nursery) -> list[Life]:
    """Runs to be killed; the first of them in the suite that is run every day."""
    fresh = _fresh(folder / "fresh")
    indexed = fresh.copy_to(folder / "indexed")
    assert nursery.run(indexed.command)[0] == 0
    changed = indexed.copy_to(folder / "changed")
    (changed.library / "1").rename(changed.library / "renamed")
    (changed.library / "2/audio.mp3").unlink()
    write_mp3(changed.library / "2/audio.mp3", seed=2, title="Retagged")
    _episode(changed.library, 5)
    audio = str(write_mp3(folder / "inbox/talk.mp3", seed=9, title="A talk"))
    other = str(write_mp3(folder / "inbox/other.mp3", seed=10, title="Another talk"))
    written = f"{NOTE.format(number=3)}Another sentence.\n"
    commands = (
        ("add", "--draft", audio),
        ("set", "season=2", "--where", "season!=2"),
        ("rename", "6-stem", "7 Other"),
        ("add", "--season", "2", audio, other),
        ("edit-with", str(_editor(folder)), "3"),
        ("rename", "3", "third"),
        ("add", audio),
        ("write-note", "3/episode.md", written),
    )
    return [fresh, changed, *(Life(indexed.library, indexed.data, words) for words in commands)]


def _fresh(folder: Path) -> Life:
    library, data = folder / "library", folder / "data"
    library.mkdir(parents=True)
    (library / "show.toml").write_text(SHOW_GUID + SHOW)
    for number in range(1, 5):
        _episode(library, number)
    write_mp3(library / "6 Stem.mp3", seed=6, seconds=0.2)
    (library / "6 Stem.md").write_text(NOTE.format(number=6))
    _draw_in_advance(data / "derived")
    return Life(library, data, ("index",))


def _editor(folder: Path) -> Path:
    """An editor that writes other words, the same each time."""
    script, text = folder / "editor.sh", folder / "typed.md"
    text.write_text(NOTE.format(number=3) + "Words from an editor.\n")
    script.write_text(f'#!/bin/sh\ncp "{text}" "$1"\n')
    script.chmod(0o755)
    return script


def _episode(library: Path, number: int) -> None:
    write_mp3(library / f"{number}/audio.mp3", seed=number, seconds=0.2)
    (library / f"{number}/episode.md").write_text(NOTE.format(number=number))


def kill_once(tmp_path: Path, nursery: Nursery, kind: Kind, seed: int) -> None:
    life = kind.start.copy_to(tmp_path / "life")
    status, _ = nursery.run(life.command, kill_after=Random(seed).uniform(0, kind.seconds))
    assert status in (0, -9)
    life.copy_to(tmp_path / "copy").see_whole(kind.before, kind.after)
    # What a killed run had added or renamed already is not added or renamed again.
    assert nursery.run(life.command)[0] in ((0, 1) if life.words[0] in ("add", "rename") else (0,))
    assert State.of(life) == kind.after
    _see_swept(life.library)


def _see_swept(folder: Path) -> None:
    library = LocalLibrary(folder)
    list(library.list())
    library.sweep(datetime.now(UTC) + timedelta(minutes=1))
    assert not [path for path in folder.rglob("*") if is_ours(path.name)]


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_killed_run_leaves_all_whole_and_the_next_one_ends_as_if_none_had_been(tmp_path, nursery, lives, seed):
    kill_once(tmp_path, nursery, lives.kind(seed), seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SAMPLE, KILLS))
def test_any_killed_run_leaves_all_whole(tmp_path, nursery, lives, seed):
    kill_once(tmp_path, nursery, lives.kind(seed), seed)
