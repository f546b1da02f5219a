"""Chunks of RIFF (WAV) and IFF (AIFF) files, which differ in the order of their bytes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

_CHUNK_LIMIT = 100_000
# What programs that write to a pipe state, because they cannot know the length yet.
UNKNOWN_LENGTH = 0x7FFFF000

ByteOrder = Literal["big", "little"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A name, and the places where its content begins and should end."""

    name: bytes
    start: int
    stop: int


def iterate_chunks(stream: BinaryIO, size: int) -> Iterator[Chunk]:
    """Yield the chunks of the file's one form; the last may claim to end beyond the file."""
    stream.seek(0)
    order: ByteOrder = "little" if stream.read(4) == b"RIFF" else "big"
    position = 12
    for _ in range(_CHUNK_LIMIT):
        stream.seek(position)
        header = stream.read(8)
        if len(header) < 8:
            return
        length = int.from_bytes(header[4:8], order)
        stop = size if length >= UNKNOWN_LENGTH else position + 8 + length
        yield Chunk(header[:4], position + 8, stop)
        position = stop + (length & 1)


def iterate_wav_audio(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield where the samples of a WAV file lie; a length of nothing means until the end."""
    for chunk in iterate_chunks(stream, size):
        if chunk.name == b"data":
            yield chunk.start, chunk.stop if chunk.stop > chunk.start else size
            return


def iterate_aiff_audio(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield where the samples of an AIFF file lie."""
    for chunk in iterate_chunks(stream, size):
        if chunk.name == b"SSND":
            yield chunk.start, chunk.stop
            return


def find_id3_chunk(stream: BinaryIO, size: int) -> Chunk | None:
    """Where an ID3 tag hides in a WAV or AIFF file."""
    return next((chunk for chunk in iterate_chunks(stream, size) if chunk.name.upper() == b"ID3 "), None)
