"""What the first frame of an MP3 may say about all of them: a Xing, Info or VBRI header.

With it a player knows the duration and can jump; without it both are exact for a constant bit rate alone.
Sources: LAME's "Mp3 Info Tag revision 1", and Fraunhofer's VBRI header as `libavformat` reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.domain.facts import BitrateMode
from catalogue.formats.audio.mpeg import Frame

# Behind the header and the side information of MPEG 2 mono, both, and MPEG 1 stereo; two later after a checksum.
_XING_PLACES = (13, 21, 36, 15, 23, 38)
_VBRI_PLACE = 36
_HAS_FRAMES, _HAS_BYTES = 1, 2
_FIELDS = ((_HAS_FRAMES, 4), (_HAS_BYTES, 4), (4, 100), (8, 4))
_METHODS: dict[int, BitrateMode] = {
    **dict.fromkeys((1, 8), "constant"),
    **dict.fromkeys((2, 9), "average"),
    **dict.fromkeys((3, 4, 5, 6), "variable"),
}
# Encoders that write LAME's extension, where the silence stands that they added.
_LAME = re.compile(rb"LAME(?:3\.[1-8]\d\d|3\.9\d|[4-9])|L3\.99|Lav[fc]")


@dataclass(frozen=True, kw_only=True)
class SeekHeader:
    """`frames` and `sound_bytes` as stated (0: not stated), the header's own frame counted in the bytes alone.

    `silence` is how many samples the encoder added at both ends.
    """

    name: str
    mode: BitrateMode
    frames: int = 0
    sound_bytes: int = 0
    silence: int = 0

    def seconds(self, first: Frame) -> float:
        """The stated duration, without the silence (old LAME stated more of it than there was); 0 for none."""
        samples = self.frames * first[1]
        return (samples - self.silence if samples > self.silence else samples) / first[2]


def find_seek_header(frame: bytes) -> SeekHeader | None:
    """The header in an MP3's first frame (its first 192 bytes are enough), or None."""
    for place in _XING_PLACES:
        name = frame[place : place + 4]
        if name in (b"Xing", b"Info"):
            return _xing(name.decode("ascii"), frame[place + 4 :])
    if frame[_VBRI_PLACE : _VBRI_PLACE + 4] == b"VBRI":
        return _vbri(frame[_VBRI_PLACE + 4 :])
    return None


def _xing(name: str, rest: bytes) -> SeekHeader:
    flags, position = int.from_bytes(rest[:4], "big"), 4
    stated: dict[int, int] = {}
    for flag, length in _FIELDS:
        if flags & flag:
            stated[flag] = int.from_bytes(rest[position : position + length][:4], "big")
            position += length
    lame = rest[position : position + 24]
    is_lame = len(lame) == 24 and _LAME.match(lame) is not None
    mode: BitrateMode = "constant" if name == "Info" else "variable"
    return SeekHeader(
        name=name,
        mode=_METHODS.get(lame[9] & 15, mode) if is_lame else mode,
        frames=stated.get(_HAS_FRAMES, 0),
        sound_bytes=stated.get(_HAS_BYTES, 0),
        silence=_silence(lame) if is_lame else 0,
    )


def _silence(lame: bytes) -> int:
    """Samples of delay and padding, twelve bits each."""
    both = int.from_bytes(lame[21:24], "big")
    return (both >> 12) + (both & 0xFFF)


def _vbri(rest: bytes) -> SeekHeader:
    """Version, delay, quality (two bytes each), then bytes and frames."""
    return SeekHeader(
        name="VBRI",
        mode="variable",
        sound_bytes=int.from_bytes(rest[6:10], "big"),
        frames=int.from_bytes(rest[10:14], "big"),
    )
