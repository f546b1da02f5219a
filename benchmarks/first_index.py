"""The first index of 11,000 files, beside a loop that only has mutagen read them and beside podcats.

All whole processes. Ours reads every byte (the hashes by which a file is known again), the tags, pictures and
chapters, and writes ledger and index; the loop keeps nothing; podcats prints a feed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.bench import CASTALOGUE, PYTHON, Bench
from benchmarks.generate import scaled, write_library
from benchmarks.measure import Comparison, Cost, Side, compare, measure_command
from benchmarks.table import Row, row_of

MOST_BYTES = 300 * 1024**2
# A run takes tens of seconds.
PAIRS = 3
_LOOP = """
import os, sys, mutagen
count = 0
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith((".mp3", ".m4a", ".opus", ".ogg")):
            count += mutagen.File(os.path.join(folder, name)).info.length > 0
print(count)
"""
# What no reader of tags does: every item parsed and compared before it may replace what subscribers have, and all
# words put into the search. Both are in the last row.
_WITHOUT_WHAT_IS_OURS = """
import catalogue.actions.gate as gate
gate.item_faults = lambda *_, **__: {}
import catalogue.actions.index as index
index.fill_from = lambda *_: None
from catalogue.cli import main
main()
"""


def rows(bench: Bench) -> Iterable[Row]:
    """Check that each side finds every file, then measure."""
    library, data = bench.folder / "library", bench.folder / "data"
    count = write_library(library, scaled(bench.count))
    ours = Side(name="Castalogue", run=lambda: index(library, data=data), prepare=lambda: forget(library, data=data))
    loop = Side(name="mutagen.File loop", run=lambda: measure_command([PYTHON, "-c", _LOOP, library]))
    podcats = Side(name="podcats generate", run=lambda: measure_command([bench.peers / "podcats", "generate", library]))
    ours.prepare()
    ours.run()
    check_count("Castalogue", count_episodes(library, data=data), count)
    check_count("mutagen", int(loop.run().answer), count)
    check_count("podcats", podcats.run().answer.count(b"<item>"), count)
    name = f"first index, {count:,} files"
    pairs = min(PAIRS, bench.pairs)
    alike = replace(ours, run=lambda: index(library, data=data, command=[PYTHON, "-c", _WITHOUT_WHAT_IS_OURS]))
    like = f"{name}, items not read back, search not filled"
    for peer, most in ((loop, 2.5), (podcats, 0.5)):
        beside = Comparison(name=like, ours=alike, peer=peer, most=most, most_bytes=MOST_BYTES)
        yield row_of(compare(beside, pairs=pairs))
    whole = Comparison(name=name, ours=ours, peer=loop, most=float("inf"))
    yield replace(row_of(compare(whole, pairs=1)), wanted="(as a producer runs it)")


def index(library: Path, *, data: Path, command: Sequence[str | Path] = (CASTALOGUE,)) -> Cost:
    """`castalogue index`, as a producer types it, or as another `command` that takes the same arguments."""
    return measure_command([*command, "index", "--library", library, "--data", data])


def forget(library: Path, *, data: Path) -> None:
    """Make the library one that was never indexed."""
    shutil.rmtree(data, ignore_errors=True)
    for name in ("ledger.jsonl", ".gitattributes"):
        (library / name).unlink(missing_ok=True)


def count_episodes(library: Path, *, data: Path) -> int:
    """How many episodes the index has."""
    said = measure_command([CASTALOGUE, "list", "--json", "--library", library, "--data", data]).answer
    return len(json.loads(said))


def check_count(name: str, found: int, wanted: int) -> None:
    """Raise RuntimeError where somebody found another number than there is."""
    if found != wanted:
        raise RuntimeError(f"{name} found {found} of {wanted}; nothing was measured")
