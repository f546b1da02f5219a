"""Where a benchmark runs: a scratch folder, the peers' programs, and how large it is to be."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What every benchmark is given; `scale` 1.0 is the full size, smaller ones are trials."""

    folder: Path
    """An empty folder of its own; removed afterwards."""
    scale: float = 1.0
    pairs: int = 5
    peers: Path = ROOT / "build" / "bench-venv" / "bin"
    """The programs of the peers (podcats, genRSS, gunicorn, granian, python)."""

    def count(self, number: int) -> int:
        """A number of things at this scale, at least one."""
        return max(1, round(number * self.scale))


PYTHON = Path(sys.executable)
CASTALOGUE = PYTHON.parent / "castalogue"
