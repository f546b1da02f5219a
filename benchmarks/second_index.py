"""An index of 11,000 files of which none changed, or one: in this process, and as a whole process beside genRSS."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench
from benchmarks.first_index import check_count, count_episodes, index
from benchmarks.generate import WRITTEN_AT, scaled, write_library
from benchmarks.measure import Comparison, Cost, Side, compare, measure_call, measure_command
from benchmarks.table import Row, row_of
from catalogue.actions.index import index_library
from catalogue.actions.open import Place, open_place
from catalogue.cli.main import GARBAGE
from catalogue.config import open_settings

MOST_MORE_SECONDS = 0.05
_GENRSS = ("genRSS", "-r", "-e", "mp3,m4a,opus,ogg")


def rows(bench: Bench) -> Iterable[Row]:
    """Index once, check it, then index again and again."""
    library, data = bench.folder / "library", bench.folder / "data"
    number = write_library(library, scaled(bench.count))
    index(library, data=data)
    check_count("Castalogue", count_episodes(library, data=data), number)
    yield _beside_genrss(bench, library, data=data, number=number)
    with open_place(open_settings(library=str(library), data=str(data), settle_seconds=0)) as place:
        index_library(place)
        yield _beside_scan(place, library, number=number, pairs=bench.pairs)
        yield _opened(place, library, number=number)
        yield _one_changed(place, library, number=number, pairs=bench.pairs)


def _beside_genrss(bench: Bench, library: Path, *, data: Path, number: int) -> Row:
    genrss = [bench.peers / _GENRSS[0], *_GENRSS[1:], "-d", library, "-o", bench.folder / "peer.xml"]
    peer = Side(name="genRSS -r", run=lambda: measure_command(genrss, folder=bench.folder))
    peer.run()
    check_count("genRSS", (bench.folder / "peer.xml").read_text("utf-8").count("<item>"), number)
    ours = Side(name="Castalogue", run=lambda: index(library, data=data))
    name = f"nothing changed, {number:,} files, whole process"
    return row_of(compare(Comparison(name=name, ours=ours, peer=peer, most=1 / 6), pairs=bench.pairs))


def _beside_scan(place: Place, library: Path, *, number: int, pairs: int) -> Row:
    ours = Side(name="Castalogue", run=lambda: _unchanged(place))
    peer = Side(name="scandir + stat", run=lambda: measure_call(lambda: scan(library)))
    check_count("the scan", peer.run().answer, number)
    name = f"nothing changed, {number:,} files, in process"
    return row_of(compare(Comparison(name=name, ours=ours, peer=peer, most=5), pairs=pairs))


def _opened(place: Place, library: Path, *, number: int) -> Row:
    paths = opened_files(place, library)
    return Row(
        what=f"nothing changed, {number:,} files: files of the library opened",
        ours=f"{len(paths)}",
        beside="",
        ratio="",
        wanted="0",
        is_met=not paths,
    )


def _one_changed(place: Place, library: Path, *, number: int, pairs: int) -> Row:
    """The workers run already, as they do in `serve`; the waiting for files to settle is left out."""
    gc.set_threshold(*GARBAGE)  # as every command of ours begins
    moments = count(WRITTEN_AT + 10 * number)
    path = min(library.rglob("*.mp3"))
    ours = Side(name="Castalogue", run=lambda: _changed(place), prepare=lambda: _touch(path, moment=next(moments)))
    ours.prepare()
    ours.run()
    peer = Side(name="nothing changed", run=lambda: _unchanged(place))
    name = f"one file of {number:,} changed, in process"
    result = compare(Comparison(name=name, ours=ours, peer=peer, measure="wall", most=float("inf")), pairs=pairs)
    pairs_of = zip(result.ours, result.peer, strict=True)
    more = median(one.wall_seconds - other.wall_seconds for one, other in pairs_of)
    row = row_of(result)
    return Row(
        what=name,
        ours=row.ours,
        beside=row.beside,
        ratio=f"{more * 1000:+.1f} ms wall",
        wanted=f"≤ +{MOST_MORE_SECONDS * 1000:.0f} ms",
        is_met=more <= MOST_MORE_SECONDS,
    )


def scan(folder: Path) -> int:
    """List a folder and ask for size and moment of every file: what looking for changes costs at least."""
    number, folders = 0, [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as found:
            for entry in found:
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    number += entry.stat().st_size > 0 and entry.name.endswith((".mp3", ".m4a", ".opus", ".ogg"))
    return number


def opened_files(place: Place, library: Path) -> list[str]:
    """The library's files that one index opens in this process, by Python's own account."""
    prefix, paths, is_on = f"{library.resolve()}{os.sep}", [], [True]

    def hear(event: str, args: tuple[object, ...]) -> None:
        if is_on and event == "open" and str(args[0]).startswith(prefix):
            paths.append(str(args[0]))

    sys.addaudithook(hear)  # there is no way to take one away
    index_library(place)
    is_on.clear()
    return paths


def _unchanged(place: Place) -> Cost:
    cost = measure_call(lambda: index_library(place))
    changed = sum(cost.answer.counts.values())
    check_count("an index of what did not change", changed, 0)
    return cost


def _changed(place: Place) -> Cost:
    cost = measure_call(lambda: index_library(place))
    check_count("an index of one changed file", cost.answer.counts["audio"], 1)
    return cost


def _touch(path: Path, *, moment: int) -> None:
    """Change the sound at its end, and the moment of writing."""
    content = path.read_bytes()
    path.write_bytes(content[:-8] + moment.to_bytes(4, "big") + content[-4:])
    os.utime(path, (moment, moment))
