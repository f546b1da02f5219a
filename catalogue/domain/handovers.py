"""Handing a draft over: who wrote it says that it is ready, who looks after the show answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

# A word, not a letter: what is to be changed in the notes belongs there.
LONGEST_NOTE = 500


class Step(Enum):
    """What somebody said of a draft; each has words under `step_…` in every language of the studio."""

    READY = "ready"
    """Who wrote it: somebody may look at it."""
    TAKEN_BACK = "taken-back"
    """Who wrote it: not yet, after all."""
    LOOKED_AT = "looked-at"
    """Who reviews: nothing is against it. It waits for who publishes."""
    SENT_BACK = "sent-back"
    """Who reviews or publishes: something is still to be done."""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One step, by whom (the name they had then) and when (aware UTC); `id` is 0 for one that is not kept yet."""

    id: int = 0
    show_guid: str
    guid: str
    step: Step
    who: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What was said of one draft since it was handed over, the oldest answer first."""

    asked: Handover
    answers: tuple[Handover, ...] = ()

    @property
    def last(self) -> Handover:
        """The latest step."""
        return self.answers[-1] if self.answers else self.asked

    @property
    def waits(self) -> bool:
        """Whether somebody is to look at it, or to publish it; else it is back with who wrote it."""
        return self.last.step is not Step.SENT_BACK


def talks_of(steps: Iterable[Handover]) -> dict[str, Talk]:
    """The talks that go on, by the episode's GUID, of steps in their order: each READY begins one anew.

    >>> ready = Handover(show_guid="s", guid="g", step=Step.READY, who="Ana", at=datetime.fromtimestamp(0))
    >>> talks_of([ready, replace(ready, step=Step.SENT_BACK)])["g"].waits
    False
    >>> talks_of([ready, replace(ready, step=Step.TAKEN_BACK)])
    {}
    """
    found: dict[str, Talk] = {}
    for one in steps:
        talk = found.pop(one.guid, None)
        if one.step is Step.READY:
            found[one.guid] = Talk(asked=one)
        elif talk is not None and one.step is not Step.TAKEN_BACK:
            found[one.guid] = replace(talk, answers=(*talk.answers, one))
    return found
