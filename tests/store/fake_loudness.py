"""What was measured of audio files, in memory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from catalogue.domain.loudness import Loudness


class FakeMeasurements:
    """What `Measurements` promises, in a dictionary by hash."""

    def __init__(self) -> None:
        self._measured: dict[str, tuple[Loudness, datetime]] = {}

    def loudness(self, sha256: str) -> Loudness | None:
        return self._measured[sha256][0] if sha256 in self._measured else None

    def loudnesses(self) -> dict[str, Loudness]:
        return {sha256: one for sha256, (one, _) in self._measured.items()}

    def last_measured_at(self) -> datetime | None:
        return max((moment for _, moment in self._measured.values()), default=None)

    def save_loudness(self, loudness: Loudness, *, now: datetime) -> None:
        self._measured[loudness.sha256] = (loudness, now)

    def sweep_loudness(self, kept: Collection[str]) -> None:
        self._measured = {sha256: one for sha256, one in self._measured.items() if sha256 in kept}
