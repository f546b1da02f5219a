"""Metadata blocks of a FLAC file, from its `fLaC` to its first frame (RFC 9639, section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

MOST_BLOCKS = 10_000


def count_blocks(stream: BinaryIO, start: int) -> int:
    """How many blocks there are; none is counted after one more than MOST_BLOCKS."""
    return sum(1 for _ in _blocks(stream, start))


def frames_start(stream: BinaryIO, start: int) -> int | None:
    """Where the frames begin; None where the last block is not there."""
    stop, is_last = start, False
    for stop, is_last in _blocks(stream, start):  # noqa: B007  (the last one counts)
        continue
    return stop if is_last else None


def _blocks(stream: BinaryIO, start: int) -> Iterator[tuple[int, bool]]:
    """Yield where each block ends, and whether it says that it is the last."""
    position, is_last = start + len(b"fLaC"), False
    for _ in range(MOST_BLOCKS + 1):
        stream.seek(position)
        header = stream.read(4)
        if is_last or len(header) < 4:
            return
        is_last = bool(header[0] & 0x80)
        position += 4 + int.from_bytes(header[1:4], "big")
        yield position, is_last
