"""Frames of MPEG audio (MP3 and its older layers) and of AAC in ADTS, counted one by one.

Counting is what makes a duration exact where no header states it: an estimate from the first frame's bit
rate is out by half for a variable rate, and tenfold for ADTS. Read in chunks, not mapped: a file may be
larger than the address space its reader is allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import BinaryIO

# ISO/IEC 11172-3 section 2.4.2.3, 13818-3: kbit/s by (is MPEG 1, layer), from bit rate index 1 on.
_KBPS = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# ISO/IEC 14496-3 section 1.6.3.4.
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_HEADER = 7
_CHUNK = 1 << 20
LOST_LIMIT_BYTES = 4 << 20

Frame = tuple[int, int, int, str]
"""Length in bytes, samples, sampling rate in hertz, "mp3" or "aac"."""


def frame_at(view: bytes, position: int) -> Frame | None:
    """The frame that begins there, or None; needs seven bytes from `position` on.

    >>> frame_at(bytes.fromhex("fffb9064000000"), 0)
    (417, 1152, 44100, 'mp3')
    """
    if position + _HEADER > len(view) or view[position] != 0xFF:
        return None
    if view[position + 1] & 0xF6 == 0xF0:
        return _adts_frame(view[position : position + _HEADER])
    return _mpeg_frames().get(view[position + 1] << 8 | view[position + 2])


def find_frame(view: bytes, start: int = 0, *, run: int = 3) -> tuple[int, Frame] | None:
    """The first place where `run` frames of one kind follow each other, with the first of them.

    One sync word alone is no proof, except at the very beginning: any compressed file has some. At the
    end of `view` two are enough.
    """
    at = view.find(b"\xff", start)
    while at >= 0:
        first = frame_at(view, at)
        if first is not None and _runs_on(view, at, first=first, run=run):
            return at, first
        at = view.find(b"\xff", at + 1)
    return None


def measure_frames(stream: BinaryIO, start: int, stop: int) -> timedelta | None:
    """How long the frames between two places play together; None if too much in between is no frame."""
    samples: Counter[int] = Counter()
    for rate, count in _walk(stream, start, stop):
        if rate == 0:
            return None
        samples[rate] += count
    seconds = sum(count / rate for rate, count in samples.items())
    return timedelta(seconds=seconds) if seconds else None


def _walk(stream: BinaryIO, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield (sampling rate, samples) of each frame; a rate of 0 says that the walk was given up."""
    stream.seek(start)
    left, position, lost, view = stop - start, 0, 0, b""
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        left -= len(chunk)
        view, position = view[position:] + chunk, max(0, position - len(view))
        while position + _HEADER <= len(view):
            frame = frame_at(view, position)
            if frame is not None:
                position += frame[0]
                yield frame[2], frame[1]
                continue
            found = find_frame(view, position + 1, run=2)
            skipped = (found[0] if found else len(view) - _HEADER + 1) - position
            position, lost = position + skipped, lost + skipped
            if lost > LOST_LIMIT_BYTES:
                yield 0, 0


def _runs_on(view: bytes, at: int, *, first: Frame, run: int) -> bool:
    is_whole = at == 0
    for _ in range(run - 1):
        at += first[0]
        if at + _HEADER > len(view):
            return is_whole
        following = frame_at(view, at)
        if following is None or following[2:] != first[2:]:
            return False
        first, is_whole = following, True
    return True


def _adts_frame(header: bytes) -> Frame | None:
    rate = header[2] >> 2 & 0x0F
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    if rate >= len(_AAC_RATES) or length <= _HEADER:
        return None
    return length, 1024 * ((header[6] & 3) + 1), _AAC_RATES[rate], "aac"


@cache
def _mpeg_frames() -> dict[int, Frame]:
    """Every valid second and third byte of a frame header, so that a frame costs one look-up."""
    frames = {}
    for word in range(0xE000, 0x10000):
        version, layer, index, rate = word >> 11 & 3, 4 - (word >> 9 & 3), word >> 4 & 15, word >> 2 & 3
        if version == 1 or layer == 4 or index in (0, 15) or rate == 3:
            continue
        padding, hertz = word >> 1 & 1, _RATES[version][rate]
        samples = 384 if layer == 1 else 1152 if layer == 2 or version == 3 else 576
        slot = 4 if layer == 1 else 1
        bits = _KBPS[version == 3, layer][index - 1] * 1000
        frames[word] = ((samples // 8 // slot * bits // hertz + padding) * slot, samples, hertz, "mp3")
    return frames
