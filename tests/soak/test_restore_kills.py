"""kill -9 at any moment of a restore: nothing works on half of it, and the same once more brings all of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from actions.conftest import SHOW, _draw_in_advance
from mortals import Nursery
from sounds import write_mp3

from catalogue.actions.unended_restores import MARK_NAME, PREFIX
from catalogue.store.copying import count_rows
from catalogue.store.index import open_index

EPISODES, KILLS, FEW = 2, 100, 1


@dataclass(frozen=True)
class Backup:
    """A backup, what its library and database hold, and how long a restore takes."""

    file: Path
    tree: dict[str, bytes]
    rows: dict[str, int]
    seconds: float


def tree(folder: Path) -> dict[str, bytes]:
    paths = [path for path in (folder / "library").rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if PREFIX not in str(path)}


def rows(folder: Path) -> dict[str, int]:
    with closing(open_index(f"sqlite:///{folder / 'data/index.sqlite3'}")) as index:
        return count_rows(index)


def command(folder: Path, *words: object) -> tuple[object, ...]:
    return (*words, "--library", folder / "library", "--data", folder / "data")


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Backup:
    home = tmp_path_factory.mktemp("restore")
    old, new, file = home / "old", home / "new", home / "backup.tar"
    (old / "library").mkdir(parents=True)
    (old / "library/show.toml").write_text(SHOW, encoding="utf-8")
    for number in range(EPISODES):
        write_mp3(old / f"library/{number}/audio.mp3", seed=number)
    _draw_in_advance(old / "data/derived")
    for words in (command(old, "index"), command(old, "backup", file, "--with-library"), command(new, "restore", file)):
        status, seconds = nursery.run(words)
        assert status == 0, nursery.said
    assert tree(new) == tree(old)
    return Backup(file, tree(new), rows(new), seconds)


def kill_once(folder: Path, nursery: Nursery, backup: Backup, seed: int) -> None:
    chance, words = Random(seed), command(folder, "restore", backup.file)
    if chance.random() < 0.5:
        (folder / "library").mkdir()
    for _ in range(chance.randint(1, 2)):
        nursery.run(words, kill_after=chance.uniform(0, backup.seconds))
    if (folder / "data" / MARK_NAME).exists():
        status, _ = nursery.run(command(folder, "list"))
        assert (status, "castalogue restore" in nursery.said) == (1, True), nursery.said
    status, _ = nursery.run(words)
    was_whole = status != 0 and "not empty" in nursery.said and not (folder / "data" / MARK_NAME).exists()
    assert status == 0 or was_whole, nursery.said
    assert (tree(folder), rows(folder)) == (backup.tree, backup.rows)
    assert status != 0 or not list(folder.rglob(f"{PREFIX}*"))
    assert nursery.run(command(folder, "list"))[0] == 0, nursery.said


@pytest.mark.parametrize("seed", range(FEW))
def test_a_killed_restore_is_ended_by_the_same_again(tmp_path, nursery, backup, seed):
    kill_once(tmp_path, nursery, backup, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(FEW, KILLS))
def test_any_killed_restore_is_ended_by_the_same_again(tmp_path, nursery, backup, seed):
    kill_once(tmp_path, nursery, backup, seed)
