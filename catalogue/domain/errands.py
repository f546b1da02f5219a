"""Errands: long work that somebody asks for and that is done behind a page or a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Whoever begins an errand and dies three times in the middle of it would do so a fourth time.
MOST_TRIES = 3
# How long one that ended can still be looked at.
KEPT_FOR = timedelta(days=30)


class ErrandState(StrEnum):
    """Where an errand stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset((ErrandState.WAITING, ErrandState.RUNNING))


@dataclass(frozen=True, kw_only=True)
class ErrandWish:
    """What somebody asks for: `show_guid` and `guid` are empty where it is about no show, or no episode.

    `asked_by` is a name as pages show it, empty for the terminal and for Castalogue itself; `parameters` can be JSON.
    """

    kind: str
    show_guid: str = ""
    guid: str = ""
    parameters: Mapping[str, object]
    asked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One errand as it stands.

    `said` is what is being done just now, a short code that pages have words for, and `done` of `total` how far that
    is (0 of 0: nobody knows). `outcome` is what came of it, for a failed one `code`, `template` and `params` of its
    error. `owner` does it until `leased_until`, and says again and again that it still does.
    """

    id: int
    kind: str
    show_guid: str
    guid: str
    asked_by: str
    parameters: Mapping[str, object]
    state: ErrandState
    said: str
    done: int
    total: int
    outcome: Mapping[str, object]
    asked_at: datetime
    ended_at: datetime | None
    owner: str | None
    leased_until: datetime | None
    tries: int

    @property
    def is_open(self) -> bool:
        """Whether it waits or is being done."""
        return self.state in OPEN_STATES
