"""Measure an audio file in one pass of ffmpeg."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from catalogue.domain.loudness import Loudness
from catalogue.domain.media import Audio
from catalogue.errors import SandboxFailure
from catalogue.formats.loudness.ffmpeg import ffmpeg_words
from catalogue.formats.loudness.peaks import Peaks
from catalogue.formats.loudness.summary import read_summary
from catalogue.sandbox.program import Ended, ProgramLimits, run_program

# A processor of ten years ago decodes and measures forty seconds in one; files that lie about their length get no more.
SECONDS_AT_ONCE, LEAST_SECONDS, LONGEST = 20, 30, timedelta(hours=24)
# By the clock: it runs behind everything else.
PATIENCE = 6
# Who was ended by one of these was ended by somebody, not by the file.
_OUTSIDE_ENDS = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT)


class ProgramEnded(SandboxFailure):
    """Somebody, or a machine without memory, ended the program; it can be tried again."""


def measure_loudness(
    ffmpeg: str,
    path: Path,
    audio: Audio,
    *,
    channels: int | None,
    on_seconds: Callable[[float], None] = lambda _: None,
    is_over: Callable[[], bool] = lambda: False,
) -> Loudness:
    """Measure the file at `path`; what the file itself is to blame for is a `fault`.

    `on_seconds` hears how much of it was read, and may raise where nobody wants to know any more.

    Raises ProgramEnded where ffmpeg was ended, and whatever `on_seconds` raises.
    """
    peaks = Peaks()

    def add(numbers: bytes) -> None:
        peaks.add(numbers)
        on_seconds(peaks.seconds)

    try:
        ended = run_program(
            ffmpeg_words(ffmpeg, path, audio.format), limits=limits_for(audio), on_output=add, is_over=is_over
        )
    except SandboxFailure as failure:
        return Loudness(sha256=audio.sha256, fault=failure.sentence)
    on_seconds(peaks.seconds)
    if ended.code in _OUTSIDE_ENDS:
        raise ProgramEnded("ffmpeg-ended", "ffmpeg was ended from outside while it measured. Ask for it again.")
    return replace(_loudness(audio.sha256, ended, peaks), channels=channels)


def limits_for(audio: Audio) -> ProgramLimits:
    """What measuring a file may take."""
    length = min(audio.duration or LONGEST, LONGEST).total_seconds()
    cpu = LEAST_SECONDS + round(length / SECONDS_AT_ONCE)
    return ProgramLimits(cpu_seconds=cpu, wall_seconds=float(cpu * PATIENCE))


def _loudness(sha256: str, ended: Ended, peaks: Peaks) -> Loudness:
    if not peaks.stretches:
        return Loudness(sha256=sha256, fault="ffmpeg finds no sound in it that it can decode.")
    try:
        integrated, wide = read_summary(ended.said)
    except ValueError:
        return Loudness(sha256=sha256, fault="ffmpeg broke off before its end.")
    before, after = peaks.silences()
    return Loudness(
        sha256=sha256,
        integrated_lufs=integrated,
        range_lu=wide,
        seconds=peaks.seconds,
        silence_before=before,
        silence_after=after,
        peaks=peaks.columns().hex(),
    )
