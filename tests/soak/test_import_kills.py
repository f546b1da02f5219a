"""kill -9 at any moment of an import: nothing is lost or half made, and the next run ends as if none had been."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

sys.path.append(str(Path(__file__).parent.parent / "actions"))
sys.path.append(str(Path(__file__).parent.parent / "outside"))

from actions.conftest import _draw_in_advance
from import_web import Host, item
from mortals import Nursery

from catalogue.library.durable import is_leftover
from catalogue.library.ledger import read_ledger

EPISODES, KILLS, FEW = 3, 100, 1
# What differs from run to run, whoever is killed: when a show was first seen.
SEEN = re.compile(r'"first_seen_at":"[^"]*"')


@dataclass(frozen=True)
class Old:
    """The old host, what an undisturbed import gives, and how long that takes."""

    words: tuple[str, ...]
    end: dict[str, bytes]
    sounds: frozenset[bytes]
    seconds: float


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Iterator[Old]:
    host, folder = Host(), tmp_path_factory.mktemp("import")
    (nursery._home / "castalogue.toml").write_text('allow_outside = "127.0.0.1"\nsettle_seconds = 0\n')
    urls = [host.put_audio(f"/{n}.mp3", seed=n) for n in range(1, EPISODES + 1)]
    host.cut("/2.mp3", 3000)
    address = host.put_feed(*(item(n, url=url) for n, url in enumerate(urls, start=1)))
    words = ("import", address)
    status, seconds = nursery.run(_command(words, folder))
    assert status == 0, nursery.said
    yield Old(words, _files(folder), frozenset(host.audio.values()), seconds)
    (nursery._home / "castalogue.toml").unlink()
    host.close()


def _command(words: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    if not (folder / "data/derived").exists():
        _draw_in_advance(folder / "data/derived")
    return (*words, "--library", str(folder / "library"), "--data", str(folder / "data"))


def _files(folder: Path) -> dict[str, bytes]:
    root = folder / "library"
    paths = (path for path in root.rglob("*") if path.is_file() and not is_leftover(path.name))
    return {str(path.relative_to(root)): SEEN.sub("", path.read_bytes().decode("latin-1")).encode() for path in paths}


def _sounds(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "library").rglob("audio.*") if not is_leftover(path.name)]


def kill_once(folder: Path, nursery: Nursery, old: Old, seed: int) -> None:
    command = _command(old.words, folder)
    nursery.run(command, kill_after=Random(seed).uniform(0, old.seconds))
    assert set(_sounds(folder)) <= old.sounds
    ledger = folder / "library/talks/ledger.jsonl"
    known = {line.guid for line in read_ledger(ledger.read_bytes(), "").episodes} if ledger.exists() else set()
    assert known <= {f"old-{n}" for n in range(1, EPISODES + 1)}
    status, _ = nursery.run(command)
    assert status == 0, nursery.said
    assert _files(folder) == old.end


@pytest.mark.parametrize("seed", range(FEW))
def test_a_killed_import_leaves_all_whole_and_goes_on(tmp_path, nursery, old, seed):
    kill_once(tmp_path, nursery, old, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(FEW, KILLS))
def test_any_killed_import_leaves_all_whole(tmp_path, nursery, old, seed):
    kill_once(tmp_path, nursery, old, seed)
