"""Everything of one database into another, compared row by row before it counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Integer, Row, Table, func, insert, select, text

from catalogue.errors import StoreError
from catalogue.store import account_tables, token_tables  # noqa: F401  (their tables are copied too)
from catalogue.store.batches import BATCH
from catalogue.store.schema import METADATA
from catalogue.store.transactions import Transactions


def copy_store(source: Transactions, target: Transactions) -> dict[str, int]:
    """Copy all tables in one transaction; gives how many rows each has.

    The source is read as of one moment and left as it is. Raises StoreError, and then nothing was written: where
    the target holds anything already, or what it gives back is not what it was given.
    """
    with source.reading() as old, target.writing() as new:
        for table in METADATA.sorted_tables:
            _check_empty(new, table)
        return {table.name: _copy_table(old, new, table) for table in METADATA.sorted_tables}


def count_rows(source: Transactions) -> dict[str, int]:
    """Read every row of all tables; gives how many each has. Raises StoreError."""
    with source.reading() as old:
        return {table.name: sum(len(rows) for rows in _rows(old, table)) for table in METADATA.sorted_tables}


def check_empty_store(target: Transactions) -> None:
    """Raise StoreError where a database has rows, and so cannot be copied into."""
    with target.reading() as new:
        for table in METADATA.sorted_tables:
            _check_empty(new, table)


def _check_empty(connection: Connection, table: Table) -> None:
    if connection.execute(select(table).limit(1)).first() is not None:
        raise StoreError(
            "store-not-empty",
            "The database to copy into is not empty: its table {table} has rows. Nothing was copied; name a new one.",
            table=table.name,
        )


def _copy_table(old: Connection, new: Connection, table: Table) -> int:
    given = _Digest()
    for rows in _rows(old, table):
        given.add(rows)
        new.execute(insert(table), [dict(row._mapping) for row in rows])
    _count_on(new, table)
    kept = _Digest()
    for rows in _rows(new, table):
        kept.add(rows)
    if vars(given) != vars(kept):
        raise StoreError(
            "store-copy",
            "The copy of the table {table} is not the same as the original. Nothing was kept of it; "
            "look after the database's disk, then try again.",
            table=table.name,
        )
    return given.count


def _rows(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """All rows, a batch at a time, so that a big table need not fit into memory."""
    found = connection.execute(select(table).execution_options(yield_per=BATCH))
    for rows in found.partitions():
        yield list(rows)


class _Digest:
    """How many rows and what they hold, in whatever order they come."""

    def __init__(self) -> None:
        self.count = 0
        self.total = 0

    def add(self, rows: Iterable[Row[Any]]) -> None:
        for row in rows:
            line = hashlib.sha256(repr(tuple(row)).encode("ascii", "backslashreplace")).digest()
            self.count += 1
            self.total = (self.total + int.from_bytes(line)) % 2**256


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that brought their number with them."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        if isinstance(column.type, Integer):
            following = connection.scalar(select(func.coalesce(func.max(column), 0) + 1))
            statement = text("SELECT setval(pg_get_serial_sequence(:table, :column), :following, false)")
            connection.execute(statement, {"table": table.name, "column": column.name, "following": following})
