"""How often a token may ask: a count a minute, in each process by itself.

A count in the database would be a write for each question, behind whoever is indexing. What this keeps off is a program
that runs wild, and that asks one process as well as the other.
"""

from __future__ import annotations

import threading
from datetime import datetime

PER_MINUTE = 600


class Rates:
    """Counts of this minute, by token. Threads may share one."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._most = per_minute
        self._lock = threading.Lock()
        self._minute: datetime | None = None
        self._counts: dict[int, int] = {}

    def count(self, token_id: int, now: datetime) -> int:
        """Count a question; gives how many seconds to wait (0: none) where there were too many."""
        minute = now.replace(second=0, microsecond=0)
        with self._lock:
            if self._minute != minute:
                self._minute, self._counts = minute, {}
            self._counts[token_id] = self._counts.get(token_id, 0) + 1
            return 60 - now.second if self._counts[token_id] > self._most else 0
