"""Errands in the database: asked for once, done by one at a time, begun anew where whoever did it died.

Who does one holds it until a moment and moves that on while it lives. Who stood still, or whose errand was cancelled,
finds that it is theirs no more, and settles nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from catalogue.domain.errands import OPEN_STATES, Errand, ErrandState, ErrandWish
from catalogue.store.job_rows import FREE, moment_of, number_of
from catalogue.store.schema import ERRANDS
from catalogue.store.transactions import Transactions, queues, reads, writes

_OPEN = [state.value for state in OPEN_STATES]
# The largest that a database can be asked for; an address may name any.
_LARGEST_NUMBER = 2**31 - 1


class Errands(Transactions):
    """The errands' part of the index. Moments are those of `Leases.moment`."""

    @writes
    def ask_for_errand(self, connection: Connection, wish: ErrandWish, *, now: datetime) -> Errand:
        """Ask for an errand; the same that is still open is given in place of a second one.

        Writers come one after another, so two who ask at once get the same.
        """
        wanted = {
            "kind": wish.kind,
            "show_guid": wish.show_guid,
            "guid": wish.guid,
            "parameters": _json(wish.parameters),
        }
        same = [ERRANDS.c[name] == value for name, value in wanted.items()]
        known = connection.execute(select(ERRANDS).where(*same, ERRANDS.c.state.in_(_OPEN)).limit(1)).one_or_none()
        if known is not None:
            return _errand(known)
        values = {**wanted, "asked_by": wish.asked_by, "state": ErrandState.WAITING.value, "asked_at": number_of(now)}
        fresh = {"said": "", "done": 0, "total": 0, "outcome": "{}", "tries": 0}
        return _errand(connection.execute(insert(ERRANDS).values(**values, **fresh).returning(*ERRANDS.c)).one())

    @reads
    def errand(self, connection: Connection, number: int) -> Errand | None:
        """One errand; None: there is none, or it was swept away."""
        if number > _LARGEST_NUMBER:
            return None
        row = connection.execute(select(ERRANDS).where(ERRANDS.c.id == number)).one_or_none()
        return None if row is None else _errand(row)

    @reads
    def errands(
        self, connection: Connection, *, states: Collection[ErrandState], kind: str | None = None
    ) -> tuple[Errand, ...]:
        """The errands in these states (and of a kind), in the order in which they were asked for."""
        asked = select(ERRANDS).where(ERRANDS.c.state.in_([state.value for state in states])).order_by(ERRANDS.c.id)
        rows = connection.execute(asked if kind is None else asked.where(ERRANDS.c.kind == kind))
        return tuple(map(_errand, rows))

    @reads
    def errand_kinds_waiting(self, connection: Connection, now: datetime) -> frozenset[str]:
        """The kinds of which there is an errand to take; asked often, and waits for nobody."""
        return frozenset(connection.scalars(select(ERRANDS.c.kind).where(_ready(now)).distinct()))

    @queues
    def take_errand(
        self, connection: Connection, kind: str, *, owner: str, now: datetime, until: datetime
    ) -> Errand | None:
        """Take the errand of a kind that was asked for first, until a moment; None: there is none to take."""
        first = select(ERRANDS.c.id).where(ERRANDS.c.kind == kind, _ready(now)).order_by(ERRANDS.c.id).limit(1)
        held = {"owner": owner, "leased_until": number_of(until), "tries": ERRANDS.c.tries + 1}
        taken = connection.execute(
            update(ERRANDS)
            .where(ERRANDS.c.id == first.with_for_update(skip_locked=True).scalar_subquery())
            .values(state=ErrandState.RUNNING.value, **held, **_FROM_THE_BEGINNING)
            .returning(*ERRANDS.c)
        ).one_or_none()
        return None if taken is None else _errand(taken)

    @queues
    def keep_errand(
        self, connection: Connection, errand: Errand, *, said: str, done: int, total: int, until: datetime
    ) -> bool:
        """Say how far an errand is, and hold it until a later moment; whether it still is theirs who took it."""
        told = {"said": said, "done": done, "total": total, "leased_until": number_of(until)}
        return connection.execute(update(ERRANDS).where(*_mine(errand)).values(told)).rowcount > 0

    @queues
    def end_errand(
        self,
        connection: Connection,
        errand: Errand,
        *,
        state: ErrandState,
        outcome: Mapping[str, object],
        now: datetime,
    ) -> bool:
        """Say what came of an errand; whether it still was theirs who took it."""
        values = {"state": state.value, "outcome": _json(outcome), "ended_at": number_of(now), **FREE}
        return connection.execute(update(ERRANDS).where(*_mine(errand)).values(values)).rowcount > 0

    @queues
    def release_errand(self, connection: Connection, errand: Errand, *, tries: int) -> None:
        """Let go of an errand that did not end, so that anybody can begin it anew at once; `tries` counts on."""
        values = {"state": ErrandState.WAITING.value, "tries": tries, **FREE, **_FROM_THE_BEGINNING}
        connection.execute(update(ERRANDS).where(*_mine(errand)).values(values))

    @queues
    def cancel_errand(self, connection: Connection, number: int, *, now: datetime) -> bool:
        """Cancel an errand; who does it hears of that soon. Whether it was open."""
        if number > _LARGEST_NUMBER:
            return False
        mine = (ERRANDS.c.id == number, ERRANDS.c.state.in_(_OPEN))
        values = {"state": ErrandState.CANCELLED.value, "ended_at": number_of(now), **FREE}
        return connection.execute(update(ERRANDS).where(*mine).values(values)).rowcount > 0

    @queues
    def rewrite_errand(
        self, connection: Connection, number: int, *, parameters: Mapping[str, object], outcome: Mapping[str, object]
    ) -> None:
        """Say otherwise what was asked for and what came of it, where an errand ended."""
        mine = (ERRANDS.c.id == number, ERRANDS.c.ended_at.is_not(None))
        values = {"parameters": _json(parameters), "outcome": _json(outcome)}
        connection.execute(update(ERRANDS).where(*mine).values(values))

    @queues
    def sweep_errands(self, connection: Connection, before: datetime) -> None:
        """Forget the errands that ended before a moment."""
        connection.execute(delete(ERRANDS).where(ERRANDS.c.ended_at < number_of(before)))


_FROM_THE_BEGINNING = {"said": "", "done": 0, "total": 0}


def _ready(now: datetime) -> Any:
    """What is true of an errand that can be taken: it waits, or nobody who lives has it any more."""
    is_left = and_(ERRANDS.c.state == ErrandState.RUNNING.value, ERRANDS.c.leased_until <= number_of(now))
    return or_(ERRANDS.c.state == ErrandState.WAITING.value, is_left)


def _mine(errand: Errand) -> tuple[Any, ...]:
    running = ERRANDS.c.state == ErrandState.RUNNING.value
    return (ERRANDS.c.id == errand.id, ERRANDS.c.owner == errand.owner, running)


def _json(value: Mapping[str, object]) -> str:
    """One text for equal mappings; in ASCII, so that any character can be kept."""
    return json.dumps(value, sort_keys=True)


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        id=row.id,
        kind=row.kind,
        show_guid=row.show_guid,
        guid=row.guid,
        asked_by=row.asked_by,
        parameters=json.loads(row.parameters),
        state=ErrandState(row.state),
        said=row.said,
        done=row.done,
        total=row.total,
        outcome=json.loads(row.outcome),
        asked_at=moment_of(row.asked_at),
        ended_at=None if row.ended_at is None else moment_of(row.ended_at),
        owner=row.owner,
        leased_until=None if row.leased_until is None else moment_of(row.leased_until),
        tries=row.tries,
    )
