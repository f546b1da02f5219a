"""Rendered items of shows, kept so that a process that starts need not render ten thousand notes again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from catalogue.store.batches import batches
from catalogue.store.schema import FRAGMENTS
from catalogue.store.transactions import Transactions, reads


class FragmentRow(NamedTuple):
    """An item's XML, its base URL left open, and the digest of what it was rendered from."""

    key: str
    body: bytes


class Fragments(Transactions):
    """The rendered items' part of the index; `Shows.save_show` writes it."""

    @reads
    def fragment_keys(self, connection: Connection, show_guid: str) -> dict[str, str]:
        """The keys of all rendered items of a show, by GUID."""
        columns = select(FRAGMENTS.c.guid, FRAGMENTS.c.key).where(FRAGMENTS.c.show_guid == show_guid)
        return {row.guid: row.key for row in connection.execute(columns)}

    @reads
    def fragments(self, connection: Connection, show_guid: str, guids: Sequence[str]) -> dict[str, FragmentRow]:
        """The rendered items of these episodes, by GUID; those never rendered are left out."""
        found: dict[str, FragmentRow] = {}
        columns = select(FRAGMENTS.c.guid, FRAGMENTS.c.key, FRAGMENTS.c.body)
        for batch in batches(guids):
            mine = columns.where(FRAGMENTS.c.show_guid == show_guid, FRAGMENTS.c.guid.in_(batch))
            found |= {row.guid: FragmentRow(row.key, row.body) for row in connection.execute(mine)}
        return found


def save_fragments(connection: Connection, show_guid: str, rows: Mapping[str, FragmentRow | None]) -> None:
    """Keep rendered items by GUID within a writing transaction; None: the episode is no item any more."""
    for batch in batches(tuple(rows)):
        connection.execute(delete(FRAGMENTS).where(FRAGMENTS.c.show_guid == show_guid, FRAGMENTS.c.guid.in_(batch)))
    kept = [
        {"show_guid": show_guid, "guid": guid, "key": row.key, "body": row.body}
        for guid, row in rows.items()
        if row is not None
    ]
    for pending in batches(kept):
        connection.execute(insert(FRAGMENTS), list(pending))
