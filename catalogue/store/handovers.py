"""Who handed which draft over, and what was answered: a row a step, over when the draft is one no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from catalogue.domain.handovers import Handover, Step
from catalogue.store.batches import batches
from catalogue.store.job_rows import moment_of, number_of
from catalogue.store.schema import HANDOVERS
from catalogue.store.transactions import Transactions, reads, writes


class Handovers(Transactions):
    """The handed-over drafts' part of the index."""

    @writes
    def add_handover(self, connection: Connection, step: Handover, *, after: int) -> bool:
        """Keep a step of an episode whose latest one is `after` (its id, 0: none); False where that is another by now.

        Done again after a lost connection it is kept once.
        """
        latest = select(func.max(HANDOVERS.c.id)).where(*_of(step.show_guid, step.guid))
        number = connection.scalar(latest) or 0
        if number != after:
            kept = connection.execute(select(HANDOVERS).where(HANDOVERS.c.id == number)).one_or_none()
            return kept is not None and _handover(kept) == replace(step, id=number)
        connection.execute(insert(HANDOVERS), {**_columns(step), "is_over": 0})
        return True

    @reads
    def handovers(self, connection: Connection, show_guid: str, guid: str) -> tuple[Handover, ...]:
        """All steps of an episode in their order, those of talks that are over too."""
        rows = connection.execute(select(HANDOVERS).where(*_of(show_guid, guid)).order_by(HANDOVERS.c.id))
        return tuple(map(_handover, rows))

    @reads
    def open_handovers(self, connection: Connection, show_guid: str) -> tuple[Handover, ...]:
        """The steps of all drafts of a show in their order, but for those of talks that are over."""
        mine = (HANDOVERS.c.show_guid == show_guid, HANDOVERS.c.is_over == 0)
        return tuple(map(_handover, connection.execute(select(HANDOVERS).where(*mine).order_by(HANDOVERS.c.id))))

    @writes
    def sweep_handovers(self, connection: Connection, before: datetime) -> None:
        """Forget the steps before a moment of talks that are over."""
        is_old = (HANDOVERS.c.is_over == 1, HANDOVERS.c.at < number_of(before))
        connection.execute(delete(HANDOVERS).where(*is_old))


def end_handovers(connection: Connection, show_guid: str, guids: Iterable[str]) -> None:
    """Let the talks about episodes be over, within a transaction of another part: they are drafts no more."""
    going = (HANDOVERS.c.show_guid == show_guid, HANDOVERS.c.is_over == 0)
    waiting = frozenset(connection.scalars(select(HANDOVERS.c.guid).where(*going)))
    for batch in batches([guid for guid in guids if guid in waiting] if waiting else []):
        connection.execute(update(HANDOVERS).where(*going, HANDOVERS.c.guid.in_(batch)).values(is_over=1))


def _of(show_guid: str, guid: str) -> tuple[Any, Any]:
    return HANDOVERS.c.show_guid == show_guid, HANDOVERS.c.guid == guid


def _columns(step: Handover) -> dict[str, Any]:
    return {
        "show_guid": step.show_guid,
        "guid": step.guid,
        "step": step.step.value,
        "who": step.who,
        "at": number_of(step.at),
        "note": step.note,
    }


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        id=row.id,
        show_guid=row.show_guid,
        guid=row.guid,
        step=Step(row.step),
        who=row.who,
        at=moment_of(row.at),
        note=row.note,
    )
