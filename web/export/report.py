"""What an export did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.export.folder import Outcome, Placed
from web.export.manifest import Manifest


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an export did: files by outcome, links that lead nowhere, and when the next change is due (UTC)."""

    written: int
    unchanged: int
    removed: int
    broken: tuple[str, ...] = ()
    due_at: datetime | None = None


def report_of(placed: tuple[Placed, ...], left: Manifest, *, removed: int = 0, unchanged: int | None = None) -> Report:
    """Count what became of each file; `left` is what stays behind. `unchanged` where nothing was looked at."""
    written = sum(one.outcome is Outcome.WRITTEN for one in placed)
    return Report(
        written=written,
        unchanged=len(placed) - written if unchanged is None else unchanged,
        removed=removed,
        broken=left.broken,
        due_at=datetime.fromisoformat(left.due_at) if left.due_at else None,
    )
