"""Long lists in the pieces that a statement takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# SQLite takes at most 32,766 parameters a statement.
BATCH = 500


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Cut a list into pieces, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
