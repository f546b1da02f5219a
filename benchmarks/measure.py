"""What a piece of work costs: processor time, wall clock and memory, of a whole tree of processes.

Ours and the peer's run in turn, A B A B, so that a busy machine hurts both; ratios are taken pair by pair, and
their median counts. Processor time is the kernel's own account of the process and all it waited for, so that
workers are in it; memory is the largest sum seen in the tree, where a page that several
processes share counts once.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

SAMPLE_SECONDS, SETTLED_SECONDS = 0.05, 0.01
_PROPORTIONAL = re.compile(r"^Pss: +(\d+) kB", re.MULTILINE)
PAIRS = 5

Measure = Literal["cpu", "wall"]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one run took; `peak_bytes` is 0 where memory was not looked at, `answer` what the run gave."""

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int = 0
    answer: Any = None

    def of(self, measure: Measure) -> float:
        """Seconds of the one kind or the other."""
        return self.cpu_seconds if measure == "cpu" else self.wall_seconds


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of two that are compared; `prepare` runs before each run and is not measured."""

    name: str
    run: Callable[[], Cost]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Ours beside a peer, and what is wanted: `most` of the peer's cost, or at `least` so many times less."""

    name: str
    ours: Side
    peer: Side
    measure: Measure = "cpu"
    most: float
    """The greatest ratio ours/peer that is good enough."""
    most_bytes: int | None = None
    """The most memory that ours may take."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """The costs of a comparison, run by run."""

    comparison: Comparison
    ours: tuple[Cost, ...]
    peer: tuple[Cost, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours/peer of each pair."""
        measure = self.comparison.measure
        return tuple(a.of(measure) / b.of(measure) for a, b in zip(self.ours, self.peer, strict=True))

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def peak_bytes(self) -> int:
        """The most memory that any run of ours took."""
        return max(cost.peak_bytes for cost in self.ours)

    @property
    def is_met(self) -> bool:
        limit = self.comparison.most_bytes
        return self.ratio <= self.comparison.most and (limit is None or self.peak_bytes <= limit)


def compare(comparison: Comparison, *, pairs: int = PAIRS) -> Result:
    """Run both sides in turn, ours first."""
    ours, peer = [], []
    for _ in range(pairs):
        for side, costs in ((comparison.ours, ours), (comparison.peer, peer)):
            side.prepare()
            costs.append(side.run())
    return Result(comparison=comparison, ours=tuple(ours), peer=tuple(peer))


def measure_call(function: Callable[[], Any]) -> Cost:
    """Measure a call in this process, with the children it waited for; memory is not looked at."""
    cpu, wall = _cpu_so_far(), time.perf_counter()
    answer = function()
    return Cost(cpu_seconds=_cpu_so_far() - cpu, wall_seconds=time.perf_counter() - wall, answer=answer)


def measure_command(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, folder: Path | None = None, status: int = 0
) -> Cost:
    """Run a command to its end and measure its tree; the answer is its standard output, as bytes.

    Raises RuntimeError, with what it said last, when it ends with another status.
    """
    wall = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, **(env or {})},
    )
    peak = _Peak(process.pid)
    said, told = _output_of(process)
    # wait4 and not wait: it alone gives the account of this one tree.
    _, ended, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - wall
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode != status:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {told[-2000:].decode(errors='replace')}")
    most = max(peak.end(), usage.ru_maxrss * 1024)
    return Cost(cpu_seconds=usage.ru_utime + usage.ru_stime, wall_seconds=seconds, peak_bytes=most, answer=said)


def tree_bytes(pid: int) -> int:
    """Memory of a process and all below it, now, each page once; 0 when it is gone."""
    try:
        own = _PROPORTIONAL.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return (int(own[1]) * 1024 if own else 0) + sum(tree_bytes(int(child)) for child in children)


class _Peak:
    """A thread that looks at a tree's memory until told to end."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        self._is_over.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._is_over.wait(SAMPLE_SECONDS):
            if (now := tree_bytes(self._pid)) > self._most:
                # A process that is just being started has its parent's memory until it is another program.
                self._is_over.wait(SETTLED_SECONDS)
                self._most = max(self._most, min(now, tree_bytes(self._pid)))


def _output_of(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Read both pipes to their ends, without waiting for the process itself."""
    assert process.stdout is not None and process.stderr is not None
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.append(process.stderr.read()))
    reader.start()
    with process.stdout, process.stderr:
        said = process.stdout.read()
        reader.join()
    return said, told[0]


def _cpu_so_far() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
