"""A disk that becomes full in the middle of any deed: all is whole, the reason is said, and with room it ends right.

The disk holds the library, the data folder, both, or the temporary files: each is filled but for so many kibibytes.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent.parent / "actions"))
sys.path.append(str(Path(__file__).parent.parent / "outside"))

from actions.conftest import SHOW, _draw_in_advance
from import_web import Host, item
from lives import Life, State
from mortals import Nursery
from PIL import Image
from small_disks import BALLAST, disk_of, leave_room, take_ballast, tells_why
from sounds import write_mp3

from catalogue.library.durable import is_leftover

DISK_KIBIBYTES = 16 * 1024
LEVELS = (*range(0, 64, 4), *range(64, 1400, 48))
NOTE = "---\npublished: 2021-10-0{number} 08:00\n---\nNotes of {number}.\n"
GUID = 'guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"\n'
CUES = "WEBVTT\n\n00:00.000 --> 00:00.400\nHello.\n"


@dataclass(frozen=True)
class Deed:
    """A life before, how it looks then, and what it goes through where the disk has room; the last state is its end.

    An import writes each note with the address of its audio first.
    """

    life: Life
    before: State
    states: tuple[State, ...]


@pytest.fixture(scope="module")
def host(nursery: Nursery) -> Iterator[str]:
    """The address of a feed with three recordings."""
    old = Host()
    settings = nursery._home / "castalogue.toml"
    settings.write_text('allow_outside = "127.0.0.1"\nsettle_seconds = 0\n')
    urls = [old.put_audio(f"/{n}.mp3", seed=n) for n in (1, 2, 3)]
    yield old.put_feed(*(item(n, url=url) for n, url in enumerate(urls, start=1)))
    settings.unlink()
    old.close()


class Deeds:
    """Deeds by name; each is done where there is room when it is first asked for."""

    def __init__(self, home: Path, nursery: Nursery, host: str) -> None:
        self._home, self._nursery = home, nursery
        full, empty = _indexed(home / "full", nursery), Life(home / "empty/library", home / "empty/data", ())
        empty.library.mkdir(parents=True)
        _draw_in_advance(empty.data / "derived")
        kept = str(home / "kept.tar")
        assert nursery.run(replace(full, words=("backup", kept, "--with-library")).command)[0] == 0
        self._lives = {name: replace(full, words=words) for name, words in _words(home).items()}
        self._lives["import"] = replace(empty, words=("import", host))
        self._lives["import-metadata"] = replace(empty, words=("import", "--metadata-only", host))
        self._lives["restore"] = replace(empty, words=("restore", kept))
        self.deed = cache(self._deed)

    def _deed(self, name: str) -> Deed:
        life, folder = self._lives[name], self._home / name
        end = life.copy_to(folder, shutil.copy2)
        assert self._nursery.run(end.command)[0] == 0, self._nursery.said
        notes = self.deed("import-metadata").states if name == "import" else ()
        return Deed(life, State.of(life.copy_to(folder / "before")), (*notes, _settled(State.of(end))))


@pytest.fixture(scope="module")
def deeds(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery, host: str) -> Deeds:
    return Deeds(tmp_path_factory.mktemp("deeds"), nursery, host)


def _words(home: Path) -> dict[str, tuple[str, ...]]:
    Image.linear_gradient("L").resize((1400, 1400)).convert("RGB").save(home / "legal.png")
    Image.new("RGB", (1600, 1500)).save(home / "wide.jpg")
    (home / "words.vtt").write_text(CUES)
    return {
        "rename": ("rename", "1", "first"),
        "rename-stem": ("rename", "3-stem", "7 Other"),
        "set": ("set", "season=2", "--where", "season!=2"),
        "artwork": ("artwork", "1", str(home / "legal.png")),
        "artwork-made": ("artwork", "1", str(home / "wide.jpg")),
        "transcript": ("transcript", "attach", "1", str(home / "words.vtt")),
        "add": ("add", "--draft", str(write_mp3(home / "talk.mp3", seed=9, title="A talk"))),
    }


def _indexed(folder: Path, nursery: Nursery) -> Life:
    life = Life(folder / "library", folder / "data", ("index",))
    life.library.mkdir(parents=True)
    (life.library / "show.toml").write_text(GUID + SHOW)
    for number in (1, 2):
        write_mp3(life.library / f"{number}/audio.mp3", seed=number, seconds=0.2)
        (life.library / f"{number}/episode.md").write_text(NOTE.format(number=number))
    write_mp3(life.library / "3 Stem.mp3", seed=3, seconds=0.2)
    (life.library / "3 Stem.md").write_text(NOTE.format(number=3))
    _draw_in_advance(life.data / "derived")
    assert nursery.run(life.command)[0] == 0
    return life


def _settled(state: State) -> State:
    """A state without what was media for a moment, was put back for want of room, and is media now."""

    def lasting(line: dict[str, Any]) -> dict[str, Any]:
        now = {one.sha256 for one in line["media"].values()}
        return line | {"was_media": {sha256: role for sha256, role in line["was_media"].items() if sha256 not in now}}

    return replace(state, ledger=[lasting(line) for line in state.ledger])


def do_on_full_disk(tmp_path: Path, nursery: Nursery, deed: Deed, place: str, level: int) -> bool:
    """Do a deed where only so many kibibytes are left; gives whether it was done all the same."""
    with disk_of(tmp_path / "disk", DISK_KIBIBYTES) as disk:
        life = deed.life.copy_to(disk, shutil.copy2)
        if place == "library":
            life = replace(life, data=shutil.move(life.data, tmp_path / "data"))
        elif place != "both":
            life = replace(life, library=shutil.move(life.library, tmp_path / "library"))
        if place == "temp":
            life = replace(life, data=shutil.move(life.data, tmp_path / "data"))
            life = replace(life, words=("with-temp", str(disk), *life.words))
        before = set(disk.rglob("*"))
        leave_room(disk, level)
        status, _ = nursery.run(life.command)
        said = nursery.said
        assert status == 0 or (status == 1 and tells_why(said)), said
        assert not [path for path in life.library.rglob("*") if is_leftover(path.name)]
        take_ballast(disk)
        life.copy_to(tmp_path / "copy", shutil.copy2).see_files_whole(deed.before, *deed.states)
        again, _ = nursery.run(life.command)
        assert again == 0 or nursery.run(("index", *life.command[-4:]))[0] == 0, nursery.said
        assert _settled(State.of(life)) == deed.states[-1], said
        assert place != "temp" or set(disk.rglob("*")) == before
    return status == 0


DEEDS = (
    *("rename", "rename-stem", "set", "artwork", "artwork-made", "transcript", "add"),
    *("import", "import-metadata", "restore"),
)
SAMPLE = (("rename", "both", 16), ("import-metadata", "temp", 0))


@pytest.mark.parametrize("sample", SAMPLE)
def test_a_full_disk_tears_no_deed(tmp_path, nursery, deeds, sample):
    name, place, level = sample
    assert not do_on_full_disk(tmp_path, nursery, deeds.deed(name), place, level)


@pytest.mark.soak
@pytest.mark.parametrize("place", ["library", "data", "both", "temp"])
@pytest.mark.parametrize("name", DEEDS)
def test_no_deed_is_torn_by_a_disk_however_full(tmp_path, nursery, deeds, name, place):
    done = []
    for level in LEVELS:
        (tmp_path / str(level)).mkdir()
        done.append(do_on_full_disk(tmp_path / str(level), nursery, deeds.deed(name), place, level))
        shutil.rmtree(tmp_path / str(level))
    print(f"\n{name}, {place}: done at {sum(done)} of {len(LEVELS)} levels")
    assert done[-1]


def back_up(tmp_path: Path, nursery: Nursery, deed: Deed, level: int) -> bool:
    """Make a backup on a disk that is full but for so many kibibytes; gives whether it was made all the same."""
    with disk_of(tmp_path / "disk", DISK_KIBIBYTES) as disk:
        life = replace(deed.life, words=("backup", str(disk / "kept.tar"), "--with-library"))
        leave_room(disk, level)
        status, _ = nursery.run(life.command)
        assert status == 0 or tells_why(nursery.said), nursery.said
        assert {path.name for path in disk.iterdir()} == {BALLAST, *(["kept.tar"] if status == 0 else [])}
        take_ballast(disk)
        assert status == 0 or nursery.run(life.command)[0] == 0, nursery.said
        found = Life(tmp_path / "library", tmp_path / "data", ("restore", str(disk / "kept.tar")))
        assert nursery.run(found.command)[0] == 0, nursery.said
        assert State.of(found) == deed.before
    return status == 0


@pytest.mark.soak
def test_no_backup_is_torn_by_a_disk_however_full(tmp_path, nursery, deeds):
    done = []
    for level in LEVELS:
        (tmp_path / str(level)).mkdir()
        done.append(back_up(tmp_path / str(level), nursery, deeds.deed("rename"), level))
        shutil.rmtree(tmp_path / str(level))
    print(f"\nbackup: done at {sum(done)} of {len(LEVELS)} levels")
    assert done == sorted(done)
