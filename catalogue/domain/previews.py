"""Guests: somebody without an account who may hear one episode before it is out, by an address that ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# For how long an address may be made.
PREVIEW_DAYS = (1, 7, 30)
# So many lead to one episode at a time: more than anybody keeps in view were made by a program, or in error.
MOST_OPEN = 50


@dataclass(frozen=True, kw_only=True)
class Preview:
    """An address to one episode; `made_by` is the name of who made it, empty at the terminal. Moments are aware UTC.

    Nothing is kept of who opens it, when, or from where.
    """

    id: int
    show_guid: str
    guid: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    """When somebody took it back."""

    def is_open(self, now: datetime) -> bool:
        """Whether it leads anywhere at `now`."""
        return self.ended_at is None and now < self.ends_at
