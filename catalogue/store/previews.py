"""Guests' addresses to single episodes, and the hash of the token that each holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from catalogue.domain.previews import Preview
from catalogue.store.batches import batches
from catalogue.store.schema import PREVIEWS
from catalogue.store.transactions import Transactions, reads, writes


class Previews(Transactions):
    """The guests' part of the index. Moments are kept to the second."""

    @writes
    def add_preview(self, connection: Connection, preview: Preview, *, token_hash: str) -> Preview:
        """Keep a new address, whose `id` is given here; the same token a second time gives the one that is there."""
        known = connection.execute(select(PREVIEWS).where(PREVIEWS.c.token_hash == token_hash)).one_or_none()
        if known is not None:
            return _preview(known)
        values = {
            "show_guid": preview.show_guid,
            "guid": preview.guid,
            "made_by": preview.made_by,
            "made_at": int(preview.made_at.timestamp()),
            "ends_at": int(preview.ends_at.timestamp()),
            "token_hash": token_hash,
        }
        return _preview(connection.execute(insert(PREVIEWS).values(values).returning(*PREVIEWS.c)).one())

    @reads
    def previews(self, connection: Connection, show_guid: str, guid: str) -> tuple[Preview, ...]:
        """The addresses to one episode in the order in which they were made, ended ones too."""
        wanted = (PREVIEWS.c.show_guid == show_guid, PREVIEWS.c.guid == guid)
        return tuple(map(_preview, connection.execute(select(PREVIEWS).where(*wanted).order_by(PREVIEWS.c.id))))

    @reads
    def find_preview(self, connection: Connection, token_hash: str) -> Preview | None:
        """The address with this token, ended or not; None: there is none."""
        row = connection.execute(select(PREVIEWS).where(PREVIEWS.c.token_hash == token_hash)).one_or_none()
        return None if row is None else _preview(row)

    @writes
    def end_preview(self, connection: Connection, preview: Preview, *, now: datetime) -> None:
        """Let an address lead nowhere from now on; what was ended before stays so from then."""
        end_previews(connection, [preview.id], now)

    @writes
    def sweep_previews(self, connection: Connection, before: datetime) -> None:
        """Forget the addresses that led nowhere any more at a moment."""
        moment = int(before.timestamp())
        connection.execute(delete(PREVIEWS).where((PREVIEWS.c.ends_at < moment) | (PREVIEWS.c.ended_at < moment)))


def open_previews_of(connection: Connection, made_by: str) -> tuple[Preview, ...]:
    """The addresses that somebody made and nobody took back, within a transaction of another part."""
    wanted = (PREVIEWS.c.made_by == made_by, PREVIEWS.c.ended_at.is_(None))
    return tuple(map(_preview, connection.execute(select(PREVIEWS).where(*wanted).order_by(PREVIEWS.c.id))))


def end_previews(connection: Connection, numbers: Iterable[int], now: datetime) -> None:
    """Let addresses lead nowhere from now on, within a transaction of another part."""
    for batch in batches(list(numbers)):
        connection.execute(
            update(PREVIEWS)
            .where(PREVIEWS.c.id.in_(batch), PREVIEWS.c.ended_at.is_(None))
            .values(ended_at=int(now.timestamp()))
        )


def _preview(row: Row[Any]) -> Preview:
    return Preview(
        id=row.id,
        show_guid=row.show_guid,
        guid=row.guid,
        made_by=row.made_by,
        made_at=datetime.fromtimestamp(row.made_at, UTC),
        ends_at=datetime.fromtimestamp(row.ends_at, UTC),
        ended_at=None if row.ended_at is None else datetime.fromtimestamp(row.ended_at, UTC),
    )
