"""Leases on shows, and what is wanted of who holds them.

Writers come one after another, so who finds a show held and asks for it, and who lets go of it unless somebody
asked, never miss one another.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from catalogue.store.schema import LEASES, WANTED
from catalogue.store.transactions import Transactions, reads, writes


@dataclass(frozen=True, kw_only=True)
class LeaseRow:
    """Who holds a lease: since when, and when it was last seen alive."""

    name: str
    owner: str
    taken_at: datetime
    heartbeat_at: datetime


# Put together once: every write of an index asks this first.
_NAMES_OF = select(LEASES.c.name).where(LEASES.c.owner == bindparam("owner"))

IsOver = Callable[[LeaseRow], bool]


class Leases(Transactions):
    """The leases' part of the index. It comes before the other parts, whose writing it can fence.

    An owner is whatever text its run chose for itself. `is_over` says of a row that its holder died or stood still.
    """

    _fence: Callable[[Connection], None] | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with super().writing() as connection:
            if self._fence is not None and self._within is None:
                self._fence(connection)
            yield connection

    def fenced(self, owner: str, check: Callable[[frozenset[str]], None]) -> Self:
        """The same index for one owner: each write first gives `check` the names of the leases that it has by then.

        What `check` raises undoes the write. Until a write ends, nobody takes a lease from its owner.
        """
        fenced = copy.copy(self)
        fenced._fence = lambda connection: check(_names_of(connection, owner))
        return fenced

    def moment(self, now: datetime) -> datetime:
        """The moment by the clock of all who share this index: a server's own, else `now`, as they share a machine.

        Two machines whose clocks differ would else take one another for dead.
        """
        return now if self._engine.dialect.name == "sqlite" else self._server_s_moment()

    @reads
    def _server_s_moment(self, connection: Connection) -> datetime:
        # Not now(), which is when the transaction began.
        moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)

    @reads
    def leases(self, connection: Connection) -> tuple[LeaseRow, ...]:
        """All leases by name, those that are over too."""
        rows = map(_lease_row, connection.execute(select(LEASES)))
        return tuple(sorted(rows, key=lambda row: row.name))  # a database sorts as its language does

    @writes
    def take_leases(
        self, connection: Connection, names: Collection[str], *, owner: str, now: datetime, is_over: IsOver
    ) -> dict[str, LeaseRow]:
        """Take what is free or over and ask for the rest; gives who holds that rest, by name."""
        held, free = _sorted_out(connection, names, owner, is_over)
        _give(connection, free, owner, now)
        _ask(connection, held, now)
        return held

    @writes
    def take_leases_together(
        self, connection: Connection, names: Collection[str], *, owner: str, now: datetime, is_over: IsOver
    ) -> dict[str, LeaseRow]:
        """Take all, or nothing where somebody holds one of them, and ask for nothing; gives who holds what."""
        held, free = _sorted_out(connection, names, owner, is_over)
        if not held:
            _give(connection, free, owner, now)
        return held

    @writes
    def beat(self, connection: Connection, owner: str, *, now: datetime) -> None:
        """Say that an owner is alive."""
        connection.execute(update(LEASES).where(LEASES.c.owner == owner).values(heartbeat_at=_text(now)))

    @writes
    def release_leases(self, connection: Connection, owner: str) -> frozenset[str]:
        """Let go of an owner's leases, but for those that somebody asked for: they are given, and kept."""
        wanted = _names_of(connection, owner) & frozenset(connection.scalars(select(WANTED.c.name)))
        connection.execute(delete(LEASES).where(LEASES.c.owner == owner, LEASES.c.name.not_in(wanted)))
        return wanted

    @reads
    def wishes(self, connection: Connection) -> frozenset[str]:
        """The names that somebody asked for, and nobody has answered."""
        return frozenset(connection.scalars(select(WANTED.c.name)))

    @writes
    def answer_wishes(self, connection: Connection, names: Collection[str]) -> None:
        """Forget who asked for shows so far: their files are about to be read."""
        _forget_wishes(connection, names)

    @writes
    def give_up_leases(self, connection: Connection, owner: str) -> None:
        """Let go of all an owner's leases, asked for or not: its run failed, and who comes next does it all."""
        connection.execute(delete(LEASES).where(LEASES.c.owner == owner))


def _names_of(connection: Connection, owner: str) -> frozenset[str]:
    return frozenset(connection.scalars(_NAMES_OF, {"owner": owner}))


def _sorted_out(
    connection: Connection, names: Collection[str], owner: str, is_over: IsOver
) -> tuple[dict[str, LeaseRow], frozenset[str]]:
    """What others hold, and what is to be had; without what the owner has already."""
    rows = [row for row in map(_lease_row, connection.execute(select(LEASES))) if row.name in names]
    held = {row.name: row for row in rows if row.owner != owner and not is_over(row)}
    mine = {row.name for row in rows if row.owner == owner}
    return held, frozenset(names) - held.keys() - mine


def _give(connection: Connection, names: Collection[str], owner: str, now: datetime) -> None:
    """Give leases to an owner, who is about to read: what was asked for before is answered by that."""
    if not names:
        return
    connection.execute(delete(LEASES).where(LEASES.c.name.in_(names)))
    moment = _text(now)
    rows = [{"name": name, "owner": owner, "taken_at": moment, "heartbeat_at": moment} for name in sorted(names)]
    connection.execute(insert(LEASES), rows)
    _forget_wishes(connection, names)


def _ask(connection: Connection, names: Iterable[str], now: datetime) -> None:
    asked = frozenset(connection.scalars(select(WANTED.c.name)))
    rows = [{"name": name, "asked_at": _text(now)} for name in sorted(names) if name not in asked]
    if rows:
        connection.execute(insert(WANTED), rows)


def _forget_wishes(connection: Connection, names: Collection[str]) -> None:
    connection.execute(delete(WANTED).where(WANTED.c.name.in_(names)))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _lease_row(row: Row[Any]) -> LeaseRow:
    return LeaseRow(
        name=row.name,
        owner=row.owner,
        taken_at=datetime.fromisoformat(row.taken_at),
        heartbeat_at=datetime.fromisoformat(row.heartbeat_at),
    )
