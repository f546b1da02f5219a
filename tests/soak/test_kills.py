"""kill -9 at any moment of index, add, edit, set and rename: nothing is lost or torn.

The next run ends as if none had been killed.

Dates stand in the notes, so that two runs at different moments give the same feed.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from actions.conftest import LINKS, SHOW, _draw_in_advance
from mortals import Nursery
from sounds import write_mp3

from catalogue.actions.publish import Publication
from catalogue.config import Settings
from catalogue.library.durable import is_leftover
from catalogue.library.ledger import read_ledger
from catalogue.library.moves import JOURNAL_NAME
from catalogue.library.storage import LocalLibrary
from catalogue.store.index import open_index

SAMPLE, KILLS = 3, 450
NOTE = "---\npublished: 2021-10-0{number} 08:00\n---\nNotes of {number}.\n"
MOMENT = re.compile(rb"<(pubDate|lastBuildDate)>[^<]*</")
MOMENTLESS = {"first_seen_at": None, "published_at": None}
SHOW_GUID = 'guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"\n'


@dataclass(frozen=True)
class Life:
    """A library with its data folder, and a command on both."""

    library: Path
    data: Path
    words: tuple[str, ...]

    @property
    def command(self) -> tuple[object, ...]:
        return (*self.words, "--library", self.library, "--data", self.data)

    def copy_to(self, folder: Path) -> Life:
        """The same life elsewhere; its files are linked, so that none seems new: nobody writes them in place."""
        return Life(
            Path(shutil.copytree(self.library, folder / "library", copy_function=os.link)),
            Path(shutil.copytree(self.data, folder / "data")),
            self.words,
        )

    def files(self) -> dict[str, bytes]:
        """Every file of the library but its ledger and what killed writers leave."""
        paths = [path for path in self.library.rglob("*") if path.is_file() and not _is_ours(path.name)]
        return {str(path.relative_to(self.library)): path.read_bytes() for path in paths if path.suffix != ".jsonl"}

    def ledger(self) -> list[dict[str, object]]:
        """The ledger's lines, without moments of first sight; none where it is not written yet."""
        file = self.library / "ledger.jsonl"
        if not file.exists():
            return []
        ledger = read_ledger(file.read_bytes(), file.name)
        return [vars(ledger.show) | MOMENTLESS, *(vars(line) | MOMENTLESS for line in ledger.episodes)]

    def feed(self) -> bytes:
        """The feed as its database has it, without moments; empty where no show is indexed yet."""
        settings = Settings(library=self.library, data=self.data)
        index = open_index(settings.store_url)
        try:
            publication = Publication(index, LocalLibrary(self.library), settings.derived_folder)
            if not publication.shows():
                return b""
            body = publication.feed(publication.first_feed(), LINKS, datetime(2100, 1, 1, tzinfo=UTC)).body
        finally:
            index.close()
        return MOMENT.sub(b"", body)


def _is_ours(name: str) -> bool:
    """Whether a file is there only until a killed run is ended."""
    return is_leftover(name) or name == JOURNAL_NAME


@dataclass(frozen=True)
class State:
    """What a life's folders hold."""

    files: dict[str, bytes]
    ledger: list[dict[str, object]]
    feed: bytes

    @classmethod
    def of(cls, life: Life) -> State:
        return cls(life.files(), life.ledger(), life.feed())


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
    _see_whole(life.copy_to(tmp_path / "copy"), kind)
    # What a killed run had added or renamed already is not added or renamed again.
    assert nursery.run(life.command)[0] in ((0, 1) if life.words[0] in ("add", "rename") else (0,))
    assert State.of(life) == kind.after
    _see_swept(life.library)


def _see_whole(left: Life, kind: Kind) -> None:
    """Each file is the old or the new one, the ledger forgot nobody, and the feed is the old or the new one."""
    before, after, files = kind.before, kind.after, left.files()
    assert all(content in (before.files.get(path), after.files.get(path)) for path, content in files.items())
    kept = files.values()
    assert all(path in files or (path not in after.files and content in kept) for path, content in before.files.items())
    guids = [line["guid"] for line in left.ledger()]
    assert len(guids) == len(set(guids))
    assert set(guids) >= {line["guid"] for line in before.ledger}
    assert left.feed() in (before.feed, after.feed)


def _see_swept(folder: Path) -> None:
    library = LocalLibrary(folder)
    list(library.list())
    library.sweep(datetime.now(UTC) + timedelta(minutes=1))
    assert not [path for path in folder.rglob("*") if _is_ours(path.name)]


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_killed_run_leaves_all_whole_and_the_next_one_ends_as_if_none_had_been(tmp_path, nursery, lives, seed):
    kill_once(tmp_path, nursery, lives.kind(seed), seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SAMPLE, KILLS))
def test_any_killed_run_leaves_all_whole(tmp_path, nursery, lives, seed):
    kill_once(tmp_path, nursery, lives.kind(seed), seed)
