"""A picture of a sound: how far it swings in each tenth of a second, and where nothing is to be heard."""

from __future__ import annotations

from itertools import pairwise

from catalogue.formats.loudness.ffmpeg import SAMPLES_PER_SECOND

STRETCHES_PER_SECOND = 10
COLUMNS = 300
_BYTES = SAMPLES_PER_SECOND // STRETCHES_PER_SECOND
# A number from 0 to 255, whose middle is silence, as how far it is from there. What is 0 then is below -42 dB.
_FAR = bytes(min(2 * abs(number - 128), 255) for number in range(256))


class Peaks:
    """Takes numbers of 8 bits without a sign, as they come."""

    def __init__(self) -> None:
        self._rest = b""
        self.stretches = bytearray()
        """How far each tenth of a second swings, 0 to 255."""

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return len(self.stretches) / STRETCHES_PER_SECOND

    def add(self, numbers: bytes) -> None:
        """Take the next numbers, in pieces of any size."""
        whole = self._rest + numbers
        end = len(whole) - len(whole) % _BYTES
        levels = whole[:end].translate(_FAR)
        self.stretches += bytes(max(levels[start : start + _BYTES]) for start in range(0, end, _BYTES))
        self._rest = whole[end:]

    def silences(self) -> tuple[float, float]:
        """How many seconds nothing is to be heard at the beginning and at the end; of silence alone, all and none."""
        heard = [number for number, level in enumerate(self.stretches) if level]
        if not heard:
            return self.seconds, 0.0
        return heard[0] / STRETCHES_PER_SECOND, (len(self.stretches) - 1 - heard[-1]) / STRETCHES_PER_SECOND

    def columns(self) -> bytes:
        """The picture: at most COLUMNS levels, each the furthest swing of its stretch."""
        whole, count = self.stretches, min(len(self.stretches), COLUMNS)
        edges = [number * len(whole) // count for number in range(count + 1)] if count else []
        return bytes(max(whole[start:end]) for start, end in pairwise(edges))
