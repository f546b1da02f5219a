"""What one call in the box may use. The figures and their reasons stand in `docs/architecture.md`."""

from __future__ import annotations

import os
from dataclasses import dataclass

# Two hashes on a small board without instructions for them, twice as slow again.
CPU_BYTES_PER_SECOND = 25_000_000
# A network disk at its worst.
WALL_BYTES_PER_SECOND = 4_000_000
# A file that states more than this (a sparse one can state anything) gets no more time for it.
LONGEST_FILE_BYTES = 8 * 1024**3


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Address space for good; processor and wall-clock seconds for each call, and more of both for a large file."""

    memory_bytes: int = 1024**3
    cpu_seconds: int = 10
    wall_seconds: float = 20.0
    written_bytes: int = 256 * 1024**2

    def cpu_for(self, size_bytes: int) -> int:
        """Whole seconds of processor time for a call on a file of this size."""
        return self.cpu_seconds + min(size_bytes, LONGEST_FILE_BYTES) // CPU_BYTES_PER_SECOND

    def wall_for(self, size_bytes: int) -> float:
        """Seconds by the clock for the same."""
        return self.wall_seconds + min(size_bytes, LONGEST_FILE_BYTES) / WALL_BYTES_PER_SECOND


def size_of_call(args: tuple[object, ...]) -> int:
    """The size of the file that a call's first argument names; 0 where it names none."""
    if not args or not isinstance(args[0], str):
        return 0
    try:
        return os.stat(args[0]).st_size  # noqa: PTH116  (for every file of a library: a Path would cost more than the call)
    except (OSError, ValueError):
        return 0
