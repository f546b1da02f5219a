"""Headers of MPEG audio frames (MP3 and its older layers) and of AAC frames in ADTS: what one says of its frame."""

from __future__ import annotations

import re
from functools import cache

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
HEADER_BYTES = 7

Frame = tuple[int, int, int, str]
"""Length in bytes, samples, sampling rate in hertz, "mp3" or "aac"."""


def frame_at(view: bytes, position: int) -> Frame | None:
    """The frame that begins there, or None; needs seven bytes from `position` on.

    >>> frame_at(bytes.fromhex("fffb9064000000"), 0)
    (417, 1152, 44100, 'mp3')
    """
    if position + HEADER_BYTES > len(view):
        return None
    try:
        frame = FRAMES[view[position : position + 3]]
    except KeyError:
        return None
    if frame[0]:
        return frame
    length = adts_length(view, position)
    blocks = (view[position + 6] & 3) + 1
    return (length, blocks * frame[1], *frame[2:]) if length > HEADER_BYTES else None


def adts_length(view: bytes, position: int) -> int:
    """How long the ADTS frame that begins there says it is, header included (ISO/IEC 13818-7 section 6.2)."""
    return (view[position + 3] & 3) << 11 | view[position + 4] << 3 | view[position + 5] >> 5


def find_frame(view: bytes, start: int = 0, *, run: int = 3) -> tuple[int, Frame] | None:
    """The first place where `run` frames of one kind follow each other, with the first of them.

    One sync word alone is no proof, except at the very beginning: any compressed file has some. At the
    end of `view` two are enough.
    """
    if (frame := _frame_that_runs(view, start, run=run)) is not None:  # nearly always: no search is made ready
        return start, frame
    for sync in _sync().finditer(view, start):
        if (frame := _frame_that_runs(view, sync.start(), run=run)) is not None:
            return sync.start(), frame
    return None


def bitrate_of(key: bytes) -> tuple[int, int]:
    """What of a header's first three bytes differs between frames of a variable bit rate and not of a constant one."""
    return key[1] & 0x1E, key[2] >> 4


class Frames(dict[bytes, Frame]):
    """The frame of every valid three bytes that a header can begin with, so that one costs one look-up.

    They come in as they are met, KeyError for what is none: to reckon all of them takes longer than to read a file.
    An ADTS frame has length 0 here: it says its length further on, and the samples are those of one block.
    """

    def __missing__(self, key: bytes) -> Frame:
        word = int.from_bytes(key[1:], "big")
        frame = _adts_kind(word) if word & 0xF600 == 0xF000 else _mpeg_frame(word)
        if key[0] != 0xFF or word < 0xE000 or frame is None:
            raise KeyError(key)
        self[key] = frame
        return frame


FRAMES = Frames()


def _adts_kind(word: int) -> Frame | None:
    rate = word >> 2 & 15
    return (0, 1024, _AAC_RATES[rate], "aac") if rate < len(_AAC_RATES) else None


def _mpeg_frame(word: int) -> Frame | None:
    version, layer, index, rate = word >> 11 & 3, 4 - (word >> 9 & 3), word >> 4 & 15, word >> 2 & 3
    if version == 1 or layer == 4 or index in (0, 15) or rate == 3:
        return None
    padding, hertz = word >> 1 & 1, _RATES[version][rate]
    samples = 384 if layer == 1 else 1152 if layer == 2 or version == 3 else 576
    slot = 4 if layer == 1 else 1
    bits = _KBPS[version == 3, layer][index - 1] * 1000
    return (samples // 8 // slot * bits // hertz + padding) * slot, samples, hertz, "mp3"


@cache
def _sync() -> re.Pattern[bytes]:
    """Three bytes that begin a frame, for a search at the speed of C through what is none."""
    thirds: dict[frozenset[int], list[int]] = {}
    for second in range(0xE0, 0x100):
        found = frozenset(third for third in range(0x100) if _is_key(bytes((0xFF, second, third))))
        if found:
            thirds.setdefault(found, []).append(second)
    pairs = (_one_of(seconds) + _one_of(sorted(found)) for found, seconds in thirds.items())
    return re.compile(rb"\xff(?=" + b"|".join(pairs) + rb")", re.DOTALL)


def _is_key(key: bytes) -> bool:
    try:
        FRAMES[key]
    except KeyError:
        return False
    return True


def _one_of(values: list[int]) -> bytes:
    return b"[" + b"".join(b"\\x%02x" % value for value in values) + b"]"


def _frame_that_runs(view: bytes, at: int, *, run: int) -> Frame | None:
    first = frame_at(view, at)
    return first if first is not None and _runs_on(view, at, first=first, run=run) else None


def _runs_on(view: bytes, at: int, *, first: Frame, run: int) -> bool:
    is_whole = at == 0
    for _ in range(run - 1):
        at += first[0]
        if at + HEADER_BYTES > len(view):
            return is_whole
        following = frame_at(view, at)
        if following is None or following[2:] != first[2:]:
            return False
        first, is_whole = following, True
    return True
