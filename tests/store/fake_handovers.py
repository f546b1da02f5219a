"""The handed-over drafts' part of the index in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from catalogue.domain.handovers import Handover


class FakeHandovers:
    """What `Handovers` promises, in a list; the numbers of those that are over beside it."""

    def __init__(self) -> None:
        self._handovers: list[Handover] = []
        self._over: set[int] = set()

    def add_handover(self, step: Handover, *, after: int) -> bool:
        latest = max((one for one in self.handovers(step.show_guid, step.guid)), key=lambda one: one.id, default=None)
        if (latest.id if latest else 0) != after:
            return latest is not None and latest == replace(step, id=latest.id)
        number = max((one.id for one in self._handovers), default=0) + 1
        self._handovers.append(replace(step, id=number))
        return True

    def handovers(self, show_guid: str, guid: str) -> tuple[Handover, ...]:
        return tuple(one for one in self._handovers if (one.show_guid, one.guid) == (show_guid, guid))

    def open_handovers(self, show_guid: str) -> tuple[Handover, ...]:
        return tuple(one for one in self._handovers if one.show_guid == show_guid and one.id not in self._over)

    def sweep_handovers(self, before: datetime) -> None:
        self._handovers = [one for one in self._handovers if one.id not in self._over or one.at >= before]

    def _end_handovers(self, show_guid: str, guids: Collection[str]) -> None:
        self._over |= {one.id for one in self._handovers if one.show_guid == show_guid and one.guid in guids}
