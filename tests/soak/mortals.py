"""Runs of the real command that end by kill -9."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from serving import environment

NURSERY = [sys.executable, str(Path(__file__).with_name("nursery.py"))]
PATIENCE_SECONDS = 60.0


class Nursery:
    """A process that bears others; `run` gives their exit status (-9: killed) and the seconds they lived."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._process = subprocess.Popen(
            NURSERY, cwd=home, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, words: Sequence[object], *, kill_after: float = PATIENCE_SECONDS) -> tuple[int, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([kill_after, *map(str, words)]), file=self._process.stdin, flush=True)
        status, seconds = json.loads(self._process.stdout.readline())
        return status, seconds

    @property
    def said(self) -> str:
        """What the latest run said."""
        return (self._home / "said").read_text(encoding="utf-8")

    def close(self) -> None:
        """End it; it has no children left."""
        self._process.communicate()
