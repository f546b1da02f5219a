"""How long a 200 MB MP3 of changing bit rate lasts, with no header to tell: ours beside ffprobe's packet count."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks.bench import PYTHON, Bench
from benchmarks.generate import write_long_mp3
from benchmarks.measure import Comparison, Cost, Side, compare, measure_command
from benchmarks.table import Row, missing_row, row_of

NAME = "duration of a 200 MB VBR MP3 without Xing, whole process"
LONG_BYTES = 200_000_000
# What encoders pad at both ends is less than that.
TOLERANCE = 0.001
# The frame walk alone: that every byte is hashed on the way into the index is no part of the question.
_OURS = """
import sys
from catalogue.formats.audio.frame_count import count_frames
with open(sys.argv[1], "rb") as stream:
    size = stream.seek(0, 2)
    print(count_frames(stream, 0, size).seconds)
"""
_FFPROBE = ("ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "json")


def rows(bench: Bench) -> Iterable[Row]:
    """Whole processes on both sides, start-up included."""
    if shutil.which("ffprobe") is None:
        yield missing_row(NAME, "ffprobe is not installed (apt install ffmpeg)")
        return
    path = bench.folder / "long.mp3"
    seconds = write_long_mp3(path, size_bytes=bench.count(LONG_BYTES))
    ours, peer = _ours(path), _ffprobe(path)
    for said in (float(ours.answer), _packets(peer) * 1152 / 44100):
        if abs(said - seconds) > seconds * TOLERANCE:
            raise RuntimeError(f"{said} s are not the {seconds} s that were written")
    comparison = Comparison(
        name=NAME,
        ours=Side(name="Castalogue", run=lambda: _ours(path)),
        peer=Side(name="ffprobe -count_packets", run=lambda: _ffprobe(path)),
        most=0.4,
    )
    yield row_of(compare(comparison, pairs=bench.pairs))


def _ours(path: Path) -> Cost:
    return measure_command([PYTHON, "-c", _OURS, path])


def _ffprobe(path: Path) -> Cost:
    return measure_command([*_FFPROBE, path])


def _packets(cost: Cost) -> int:
    return int(json.loads(cost.answer)["streams"][0]["nb_read_packets"])
