"""Results as a Markdown table, written between two marks of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost, Result

BEGIN, END = "<!-- table: written by make bench -->", "<!-- end of table -->"
HEADING = ("what", "ours", "beside", "ratio", "wanted", "memory", "")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: all cells as they are to be read."""

    what: str
    ours: str
    beside: str
    ratio: str
    wanted: str
    memory: str = ""
    is_met: bool

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.what, self.ours, self.beside, self.ratio, self.wanted, self.memory, "✓" if self.is_met else "✗")


def row_of(result: Result) -> Row:
    """A comparison in one line: medians, and the least and greatest ratio of its pairs."""
    comparison, measure = result.comparison, result.comparison.measure
    ratios = sorted(result.ratios)
    limit = comparison.most_bytes
    return Row(
        what=comparison.name,
        ours=f"{_side(result.ours)}",
        beside=f"{comparison.peer.name}: {_side(result.peer)}",
        ratio=f"{result.ratio:.3g} × {measure} ({ratios[0]:.3g} to {ratios[-1]:.3g}, {len(ratios)} pairs)",
        wanted=f"≤ {comparison.most:.3g}" + (f", ≤ {_mib(limit)}" if limit else ""),
        memory=_mib(result.peak_bytes) if result.peak_bytes else "",
        is_met=result.is_met,
    )


def missing_row(name: str, why: str) -> Row:
    """A comparison that this machine cannot make, and why."""
    return Row(what=name, ours="", beside=why, ratio="not measured", wanted="", is_met=False)


def render_table(rows: Iterable[Row]) -> str:
    """The table, heading and all, without a blank line around it."""
    lines = [HEADING, ("---",) * len(HEADING), *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write_table(path: Path, *, rows: Sequence[Row], about: str) -> None:
    """Put the table and what it was measured with between the marks; the text around them stays.

    Raises ValueError where a mark is missing.
    """
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{path} has not both marks of its table")
    path.write_text(f"{before}{begin}\n{about}\n\n{render_table(rows)}\n{end}{after}", "utf-8")


def _side(costs: Sequence[Cost]) -> str:
    cpu = _seconds(median(cost.cpu_seconds for cost in costs))
    wall = _seconds(median(cost.wall_seconds for cost in costs))
    return f"{cpu} CPU, {wall} wall"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _mib(number: int) -> str:
    return f"{number / 1024**2:.0f} MiB"
