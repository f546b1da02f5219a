"""The number of changes so far, by which processes see that there is something new to read."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from catalogue.store.schema import REVISION
from catalogue.store.transactions import Transactions, reads, writes


class Revisions(Transactions):
    """The revision's part of the index."""

    @reads
    def revision(self, connection: Connection) -> int:
        """The number of changes so far; 0 before the first."""
        return connection.scalar(select(REVISION.c.number)) or 0

    @writes
    def announce(self, connection: Connection) -> None:
        """Count one change, so that other processes read again."""
        count_change(connection)


def count_change(connection: Connection) -> int:
    """Count one change within a writing transaction; the number that its rows carry."""
    counted = connection.execute(update(REVISION).where(REVISION.c.id == 1).values(number=REVISION.c.number + 1))
    if counted.rowcount == 0:
        highest = connection.scalar(select(func.max(REVISION.c.number))) or 0
        connection.execute(insert(REVISION).values(id=1, number=highest + 1))
    return connection.scalar(select(REVISION.c.number).where(REVISION.c.id == 1)) or 0
