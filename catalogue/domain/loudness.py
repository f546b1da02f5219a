"""How loud a recording is, and what apps and listeners make of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# Counted up whenever the same recording would be measured differently.
RECIPE = 1
# Apple, "Audio requirements": -16 dB LKFS, within 1 dB. LKFS and LUFS are the same. A recording in mono is heard from
# two loudspeakers, which makes it 3 dB louder than it measures (ITU-R BS.1770).
WANTED_LUFS, WANTED_LUFS_MONO, TOLERANCE = -16.0, -19.0, 1.0
# So far off that everybody reaches for the volume.
FAR = 3.0
# As much silence makes listeners wonder whether anything plays.
LONG_SILENCE_BEFORE, LONG_SILENCE_AFTER = 3.0, 10.0


class Hearing(Enum):
    """How a recording sounds beside others."""

    RIGHT = "right"
    QUIET = "quiet"
    TOO_QUIET = "too-quiet"
    LOUD = "loud"
    TOO_LOUD = "too-loud"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True)
class Loudness:
    """What was measured of an audio file, by the sha256 of its bytes.

    `integrated_lufs` (EBU R 128) and `range_lu` are None where there is nothing to hear. `peaks` is a picture of the
    sound from its beginning to its end: two hexadecimal digits a stretch, `00` silence, `ff` as loud as can be.
    Seconds are to a tenth. `fault` says in English why nothing could be measured; then all else is empty.
    """

    sha256: str
    integrated_lufs: float | None = None
    range_lu: float | None = None
    channels: int | None = None
    seconds: float = 0.0
    silence_before: float = 0.0
    silence_after: float = 0.0
    peaks: str = ""
    fault: str = ""

    @property
    def wanted_lufs(self) -> float:
        """How loud it should be."""
        return WANTED_LUFS_MONO if self.channels == 1 else WANTED_LUFS

    @property
    def difference(self) -> float:
        """How much louder (below 0: quieter) than it should be; 0 where there is nothing to hear."""
        return 0.0 if self.integrated_lufs is None else round(self.integrated_lufs - self.wanted_lufs, 1)

    @property
    def hearing(self) -> Hearing:
        """How it sounds beside others.

        >>> [Loudness(sha256="", integrated_lufs=lufs).hearing.value for lufs in (-16.9, -18.0, -20.5, None)]
        ['right', 'quiet', 'too-quiet', 'silent']
        """
        if self.integrated_lufs is None:
            return Hearing.SILENT
        if abs(self.difference) <= TOLERANCE:
            return Hearing.RIGHT
        if self.difference < 0:
            return Hearing.QUIET if self.difference >= -FAR else Hearing.TOO_QUIET
        return Hearing.LOUD if self.difference <= FAR else Hearing.TOO_LOUD

    @property
    def levels(self) -> tuple[int, ...]:
        """`peaks` as numbers from 0 to 255."""
        return tuple(bytes.fromhex(self.peaks))
