"""How long a stream of MPEG or ADTS frames plays, by counting them one by one.

Counting is what makes a duration exact where no header states it: an estimate from the first frame's bit
rate is out by half for a variable rate, and tenfold for ADTS. Read in chunks, not mapped: a file may be
larger than the address space its reader is allowed, and one that shrinks under a map ends its reader.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from catalogue.formats.audio.mpeg import FRAMES, HEADER_BYTES, adts_length, bitrate_of, find_frame

_CHUNK = 1 << 20
LOST_LIMIT_BYTES = 4 << 20
# Frames of a constant rate are compared so many at once; where that found too few, not again for a while.
_AT_ONCE, _WORTH, _PATIENCE = 256, 8, 64


@dataclass(frozen=True, kw_only=True)
class FrameCount:
    """What was counted: `cut_bytes` are missing of the last frame, `lost_bytes` were no frame.

    `sound_bytes` are those of whole frames; `is_variable` says that their bit rates differ.
    """

    frames: int
    seconds: float
    sound_bytes: int
    is_variable: bool
    cut_bytes: int
    lost_bytes: int


def count_frames(stream: BinaryIO, start: int, stop: int) -> FrameCount | None:
    """Count the frames between two places; None if there are none, or too much in between is no frame."""
    walk = _Walk()
    stream.seek(start)
    left, view, position = stop - start, b"", 0
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        left -= len(chunk)
        # a frame is never longer than a chunk, but the last one of a chunk reaches into the next
        ahead = position - len(view)
        view, position = (chunk, ahead) if ahead >= 0 else (view[position:] + chunk, 0)
        position = walk.through(view, position)
        if walk.lost_bytes > LOST_LIMIT_BYTES:
            return None
    return walk.counted(cut_bytes=position - len(view))


class _Lengths(dict[bytes, int]):
    """The length of the frame of a key; KeyError for what is none."""

    def __missing__(self, key: bytes) -> int:
        length = self[key] = FRAMES[key][0]
        return length


_LENGTHS = _Lengths()


def _equal_frames(view: bytes, position: int, *, length: int, limit: int) -> int:
    """How many frames with the header and length of the one at `position` follow each other, itself included."""
    stop = min(position + (_AT_ONCE - 1) * length, limit) + 1
    columns = (view[position + byte : stop + byte : length] for byte in range(3))
    return min(len(column) - len(column.lstrip(column[:1])) for column in columns)


class _Walk:
    """From frame to frame; `keys` says how many headers began with which three bytes."""

    def __init__(self) -> None:
        self.keys: Counter[bytes] = Counter()
        self.lost_bytes = 0
        self._adts_bytes = 0

    def through(self, view: bytes, position: int) -> int:
        """Walk until less than a header is left; returns where the next frame begins, maybe behind the end."""
        while True:
            position = self._along(view, position)
            if position + HEADER_BYTES > len(view):
                return position
            found = find_frame(view, position + 1, run=2)
            following = found[0] if found else len(view) - HEADER_BYTES + 1
            self.lost_bytes += following - position
            position = following

    def _along(self, view: bytes, position: int) -> int:
        """Walk as long as frame follows frame. This loop is what a long file costs."""
        keys: list[bytes] = []
        limit, lengths, add = len(view) - HEADER_BYTES, _LENGTHS, keys.append
        last, patience = b"", 0
        with suppress(KeyError):  # what is no key is no frame
            while position <= limit:
                key = view[position : position + 3]
                length = lengths[key]
                if key != last:
                    last = key
                elif patience:
                    patience -= 1
                elif length:
                    count = _equal_frames(view, position, length=length, limit=limit)
                    self.keys[key] += count
                    position += count * length
                    patience = 0 if count >= _WORTH else _PATIENCE
                    continue
                if not length:
                    length = adts_length(view, position)
                    if length <= HEADER_BYTES:
                        break
                    self._adts_bytes += length
                    keys.extend([key] * (view[position + 6] & 3))
                position += length
                add(key)
        self.keys.update(keys)
        return position

    def counted(self, *, cut_bytes: int) -> FrameCount | None:
        seconds = sum(count * FRAMES[key][1] / FRAMES[key][2] for key, count in self.keys.items())
        if not seconds:
            return None
        cut = max(0, cut_bytes)
        return FrameCount(
            frames=self.keys.total(),
            seconds=seconds,
            sound_bytes=sum(count * FRAMES[key][0] for key, count in self.keys.items()) + self._adts_bytes - cut,
            is_variable=len({bitrate_of(key) for key in self.keys}) > 1,
            cut_bytes=cut,
            lost_bytes=self.lost_bytes,
        )
