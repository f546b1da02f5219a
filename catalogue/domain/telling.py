"""Who is told of a change, what is to be told when, and how long to wait where nobody hears it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """Who is told."""

    WEBSUB = "websub"
    PODPING = "podping"
    WEBHOOK = "webhook"


# They are told that a feed changed, whatever did so; the others of an episode, and of each once.
OF_FEEDS = frozenset((Kind.WEBSUB, Kind.PODPING))
# Where a feed as a whole is meant, in place of an episode's GUID.
WHOLE_FEED = ""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# After so long without success nobody is told any more, until there is something new to tell.
PATIENCE = timedelta(days=3)
# Whoever ends every process that tells it is not told for ever either.
MOST_TRIES = 300


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """Something to tell at `due_at`: of an episode, or of a show's feed (`guid` is WHOLE_FEED)."""

    show_guid: str
    guid: str
    kind: Kind
    asked_at: datetime
    due_at: datetime


def wait_after(tries: int, *, chance: float, stated: timedelta | None = None) -> timedelta:
    """Say how long to wait after so many tries in vain: 30 s, and twice as long each time, up to an hour.

    `chance` (0 to 1) takes up to half of it away, so that those who failed together do not come back together.
    `stated` is what the other side asks for, which is never gone below.

    >>> [str(wait_after(tries, chance=1)) for tries in (1, 2, 7, 8, 300)]
    ['0:00:30', '0:01:00', '0:32:00', '1:00:00', '1:00:00']
    """
    whole = min(FIRST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)
    return max(whole * (0.5 + chance / 2), stated or timedelta())


def is_over(tries: int, *, since: datetime, again_at: datetime) -> bool:
    """Whether it was tried often enough, or would next be tried too long after the first time (`since`)."""
    return tries >= MOST_TRIES or again_at - since > PATIENCE
