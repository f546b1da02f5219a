"""`set` over ten thousand episodes: a key in every note, and one index; as a whole process."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from benchmarks.bench import CASTALOGUE, Bench
from benchmarks.first_index import index
from benchmarks.generate import WRITTEN_AT, Sizes, write_library
from benchmarks.measure import Cost, measure_command
from benchmarks.table import Row

EPISODES = 10_000
MOST_SECONDS = 60.0
_NOTE = "---\ntitle: Night {number}  # as it was told\nnumber: {number}\nseason: 1\n---\nNotes of **night {number}**.\n"


def rows(bench: Bench) -> Iterable[Row]:
    """Index a library of notes and audio, set a key in all of them, then again where all say so already."""
    number = bench.count(EPISODES)
    library, data = bench.folder / "library", bench.folder / "data"
    write_library(library, Sizes(mp3=number, m4a=0, opus=0, ogg=0))
    sounds = sorted(library.rglob("*.mp3"))
    for at, sound in enumerate(sounds):
        note = sound.with_suffix(".md")
        note.write_text(_NOTE.format(number=at))
        os.utime(note, (WRITTEN_AT, WRITTEN_AT))
    index(library, data=data)
    first = _set(library, data=data)
    _check(sounds, first)
    yield _row(f"set season=2 in the notes of {number:,} episodes, whole process", first)
    again = _set(library, data=data)
    yield _row(f"the same again: {number:,} notes say so already", again)


def _set(library: Path, *, data: Path) -> Cost:
    words = [CASTALOGUE, "set", "season=2", "--where", "number>=0", "--library", library, "--data", data]
    return measure_command(words)


def _check(sounds: Iterable[Path], cost: Cost) -> None:
    """Every note has the key, and nothing else in it changed."""
    for at, sound in zip(count(), sounds, strict=False):
        if sound.with_suffix(".md").read_text() != _NOTE.format(number=at).replace("season: 1", "season: 2"):
            raise ValueError(f"set left {sound.name} otherwise than it should ({cost.wall_seconds:.1f} s)")


def _row(what: str, cost: Cost) -> Row:
    return Row(
        what=what,
        ours=f"{cost.cpu_seconds:.2f} s CPU, {cost.wall_seconds:.2f} s wall",
        beside="",
        ratio="",
        wanted=f"≤ {MOST_SECONDS:.0f} s",
        memory=f"{cost.peak_bytes / 1024**2:.0f} MiB",
        is_met=cost.wall_seconds <= MOST_SECONDS,
    )
