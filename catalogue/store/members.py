"""Members of shows, and the hash of the token that each address holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from catalogue.domain.members import Member
from catalogue.store.schema import MEMBERS
from catalogue.store.transactions import Transactions, reads, writes


class Members(Transactions):
    """The members' part of the index. Moments are kept to the second."""

    @writes
    def add_member(
        self, connection: Connection, show_guid: str, name: str, *, token_hash: str, now: datetime
    ) -> Member:
        """Add a member of a show; the same token a second time gives the member that is there."""
        known = connection.execute(select(MEMBERS).where(MEMBERS.c.token_hash == token_hash)).one_or_none()
        if known is not None:
            return _member(known)
        values = {"show_guid": show_guid, "name": name, "token_hash": token_hash, "added_at": int(now.timestamp())}
        return _member(connection.execute(insert(MEMBERS).values(values).returning(*MEMBERS.c)).one())

    @reads
    def members(self, connection: Connection, show_guid: str) -> tuple[Member, ...]:
        """The members of a show in the order in which they were added, revoked ones too."""
        rows = connection.execute(select(MEMBERS).where(MEMBERS.c.show_guid == show_guid).order_by(MEMBERS.c.id))
        return tuple(map(_member, rows))

    @reads
    def find_member(self, connection: Connection, token_hash: str) -> Member | None:
        """Who has this token, revoked or not; None: nobody."""
        row = connection.execute(select(MEMBERS).where(MEMBERS.c.token_hash == token_hash)).one_or_none()
        return None if row is None else _member(row)

    @writes
    def revoke_member(self, connection: Connection, member: Member, *, now: datetime) -> None:
        """Let a member's address lead nowhere from now on; who was revoked before stays so from then."""
        connection.execute(
            update(MEMBERS)
            .where(MEMBERS.c.id == member.id, MEMBERS.c.revoked_at.is_(None))
            .values(revoked_at=int(now.timestamp()))
        )


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        show_guid=row.show_guid,
        name=row.name,
        added_at=datetime.fromtimestamp(row.added_at, UTC),
        revoked_at=None if row.revoked_at is None else datetime.fromtimestamp(row.revoked_at, UTC),
    )
