"""Crafted files beside good ones in one library: every good one is indexed, every bad one named, memory flat."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from actions.conftest import SHOW, Shelf
from actions.conftest import _opened as opened
from memory import held_mib

from catalogue.formats.audio.reading import read_audio
from catalogue.sandbox import Box, Limits, limits

DATA = Path(__file__).parents[1] / "data" / "audio"
MOST_GROWTH_MIB = 24
# What a reader ended by its limit and started anew may take above it on a busy machine.
SLACK_SECONDS = 5


@pytest.fixture(scope="module")
def bombs(tmp_path_factory, corpus):
    """Half a gigabyte of crafted files, and those that fuzzing found; deleted at the end."""
    folder = tmp_path_factory.mktemp("bombs")
    (folder / "bombs").mkdir()
    subprocess.run([sys.executable, str(corpus / "hostile" / "make_bombs.py")], cwd=folder, check=True, timeout=600)
    for number, file in enumerate(sorted((corpus / "hostile").glob("*.bin"))):
        shutil.copy(file, folder / "bombs" / f"found-{number}.{('mp3', 'opus', 'm4a', 'flac')[number % 4]}")
    yield folder / "bombs"
    shutil.rmtree(folder)


@pytest.mark.soak
@pytest.mark.corpus
def test_each_bomb_stays_within_its_limits(bombs, capsys):
    slow = []
    with Box(1) as box:
        box.call(read_audio, str(DATA / "plain.m4a"), "plain.m4a")
        before = held_mib()
        for file in sorted(bombs.iterdir()):
            began = time.monotonic()
            next(iter(box.run(read_audio, [(str(file), file.name)])))
            taken = time.monotonic() - began
            slow.append((round(taken, 1), file.name))
            assert taken < Limits().wall_for(limits.size_of_call((str(file),))) + SLACK_SECONDS
    with capsys.disabled():
        print(f"\n{len(slow)} bombs, parent {before:.0f} MiB, {held_mib() - before:+.1f}; {sorted(slow)[:-9:-1]}")
    assert held_mib() - before < MOST_GROWTH_MIB


@pytest.mark.soak
@pytest.mark.corpus
def test_every_good_file_beside_bombs_is_indexed_and_every_bomb_named(bombs, tmp_path, capsys):
    shelf = Shelf(tmp_path / "library", tmp_path / "data")
    shelf.write("show.toml", SHOW)
    good = {f"good-{file.suffix[1:]}-{file.stem}" for file in DATA.iterdir()}
    for file in DATA.iterdir():
        shutil.copy(file, shelf.root / f"good-{file.suffix[1:]}-{file.name}")
    bad = {file.stem for file in bombs.iterdir()}
    for file in bombs.iterdir():
        shutil.copy(file, shelf.root / file.name)
    with Box(2) as box:
        for filled in opened(shelf, box):
            before, began = held_mib(), time.monotonic()
            report = filled.index()
            grown, taken = held_mib() - before, time.monotonic() - began
            published = {Path(episode.renditions[0].path).stem for episode in filled.episodes().values()}
    named = {Path(problem.path).stem for problem in report.problems}
    with capsys.disabled():
        print(f"\n{len(good)} good, {len(bad)} bad in {taken:.0f} s; parent {before:.0f} MiB, {grown:+.1f} MiB")
    assert good <= published
    assert bad <= named | published
    assert grown < MOST_GROWTH_MIB
