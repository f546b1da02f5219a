"""How long a connection may keep its place while nothing happens on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds a connection may last: with a request half sent (since its first byte), with an answer that the listener
    does not take, and with neither.
    """

    half_sent_seconds: float
    stalled_seconds: float
    idle_seconds: float


# A phone in a tunnel takes nothing for minutes and goes on where it was; a request is a few hundred bytes.
PATIENCE = Patience(half_sent_seconds=30, stalled_seconds=600, idle_seconds=75)
# Where every place is taken, who waits outside comes before who has gone silent.
CROWDED = Patience(half_sent_seconds=5, stalled_seconds=60, idle_seconds=1)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What a connection waits for, in seconds of one clock; `asked_at` is None unless a request is half sent."""

    active_at: float
    asked_at: float | None
    has_unsent: bool
    is_answering: bool


def is_overdue(waiting: Waiting, patience: Patience, now: float) -> bool:
    """Whether it is time to give the place to somebody else; never while the answer is being made."""
    if waiting.has_unsent:
        return now - waiting.active_at > patience.stalled_seconds
    if waiting.is_answering:
        return False
    if waiting.asked_at is not None:
        return now - waiting.asked_at > patience.half_sent_seconds
    return now - waiting.active_at > patience.idle_seconds
