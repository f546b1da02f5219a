"""Two hashes of an audio file: of all its bytes, and of the sound alone, so that a retagged file is known again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from catalogue.formats.audio.flac_blocks import frames_start
from catalogue.formats.audio.id3_blocks import audio_start, audio_stop
from catalogue.formats.audio.iff_chunks import iterate_aiff_audio, iterate_wav_audio
from catalogue.formats.audio.mp4_atoms import iterate_mp4_audio
from catalogue.formats.audio.ogg_pages import iterate_ogg_audio

_CHUNK = 1 << 20

Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Hashes:
    """Both hashes in hex, the size of the sound, and how much of it is promised beyond the file's end."""

    sha256: str
    essence: str
    audio_bytes: int
    missing_bytes: int


def read_hashes(file: str, audio_format: str) -> tuple[str, str]:
    """Read sha256 of the whole file and of its sound without tag blocks, both in hex, in one pass.

    What counts as sound: MP3 and AAC everything between the tags; Ogg the packets after the headers; MP4
    all `mdat`; FLAC the frames; WAV and AIFF the samples. Where none is found the two are the same, so that
    damaged files never seem to be one another.
    """
    with Path(file).open("rb") as stream:
        hashes = hash_audio(stream, audio_format, size=os.fstat(stream.fileno()).st_size)
    return hashes.sha256, hashes.essence


def hash_audio(stream: BinaryIO, audio_format: str, *, size: int) -> Hashes:
    """`read_hashes` of an open file, with what the pass also showed."""
    sha256, essence = hashlib.sha256(), hashlib.sha256()
    position = heard = furthest = 0
    ranges = RANGES[audio_format](stream, size)
    current = next(ranges, None)
    # pread: the stream's own place is that of the ranges, which seek ahead from header to header
    while chunk := os.pread(stream.fileno(), min(_CHUNK, max(size - position, 0) + 1), position):
        sha256.update(chunk)
        view, end = memoryview(chunk), position + len(chunk)
        while current is not None and current[0] < end:
            part = view[max(0, current[0] - position) : current[1] - position]
            essence.update(part)
            heard, furthest = heard + len(part), max(furthest, current[1])
            if current[1] > end:
                break
            current = next(ranges, None)
        position = end
    return Hashes(
        sha256=sha256.hexdigest(),
        essence=essence.hexdigest() if heard else sha256.hexdigest(),
        audio_bytes=heard,
        missing_bytes=max(0, furthest - size),
    )


def iterate_mpeg_audio(stream: BinaryIO, size: int) -> Iterator[Range]:
    """Yield the stretch between the tags at both ends."""
    start, stop = audio_start(stream), audio_stop(stream, size)
    if start < stop:
        yield start, stop


def iterate_flac_audio(stream: BinaryIO, size: int) -> Iterator[Range]:
    """Yield the frames after the metadata blocks."""
    position = frames_start(stream, audio_start(stream))
    stop = audio_stop(stream, size)
    if position is not None and position < stop:
        yield position, stop


RANGES: dict[str, Callable[[BinaryIO, int], Iterator[Range]]] = {
    "mp3": iterate_mpeg_audio,
    "aac": iterate_mpeg_audio,
    "m4a": iterate_mp4_audio,
    "mp4": iterate_mp4_audio,
    "ogg": iterate_ogg_audio,
    "opus": iterate_ogg_audio,
    "flac": iterate_flac_audio,
    "wav": iterate_wav_audio,
    "aiff": iterate_aiff_audio,
}
