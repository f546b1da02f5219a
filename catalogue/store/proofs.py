"""What somebody proves who they are with: one-time links, one-time codes, recovery codes; each is used once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from catalogue.domain.producers import LinkKind, OneTimeLink
from catalogue.domain.rights import Grant, Role, invited
from catalogue.store.account_rows import link_columns, read_link
from catalogue.store.account_tables import GRANTS, ONE_TIME_LINKS, PRODUCERS, RECOVERY_CODES
from catalogue.store.job_rows import number_of
from catalogue.store.producers import link_gone, set_grant, take_link
from catalogue.store.transactions import Transactions, reads, writes


class Proofs(Transactions):
    """The part of the index with what is shown once and known by its digest."""

    @writes
    def save_link(self, connection: Connection, link: OneTimeLink) -> None:
        """Keep a link. One that begins or resets takes the place of all that did the same."""
        links = ONE_TIME_LINKS.c
        connection.execute(delete(ONE_TIME_LINKS).where(links.token_hash == link.token_hash))
        if link.kind is not LinkKind.INVITE:
            same = (links.kind == link.kind.value, links.producer_id.is_not_distinct_from(link.producer_id))
            connection.execute(delete(ONE_TIME_LINKS).where(*same))
        connection.execute(insert(ONE_TIME_LINKS).values(link_columns(link)))

    @reads
    def link(self, connection: Connection, token_hash: str) -> OneTimeLink | None:
        """A link that was not used yet, be it too old."""
        row = connection.execute(select(ONE_TIME_LINKS).where(ONE_TIME_LINKS.c.token_hash == token_hash)).first()
        return read_link(row) if row else None

    @reads
    def invitations(self, connection: Connection, show_guid: str) -> tuple[OneTimeLink, ...]:
        """The invitations to a show that nobody took up, the oldest first; also those that are over."""
        mine = (ONE_TIME_LINKS.c.kind == LinkKind.INVITE.value, ONE_TIME_LINKS.c.show_guid == show_guid)
        return tuple(map(read_link, connection.execute(select(ONE_TIME_LINKS).where(*mine).order_by("id"))))

    @writes
    def end_invitation(self, connection: Connection, show_guid: str, token_hash: str) -> bool:
        """Take an invitation to a show back; whether there was one."""
        links = ONE_TIME_LINKS.c
        mine = (links.kind == LinkKind.INVITE.value, links.show_guid == show_guid, links.token_hash == token_hash)
        return connection.execute(delete(ONE_TIME_LINKS).where(*mine)).rowcount > 0

    @writes
    def accept_invitation(self, connection: Connection, producer_id: int, *, link_hash: str, now: datetime) -> None:
        """Give somebody who is a producer already what an invitation gives; raises NotFound where it is gone.

        One who may as much already keeps their role.
        """
        link = take_link(connection, link_hash, now, kinds=(LinkKind.INVITE,))
        if link.grant is None:
            raise link_gone()
        guid = link.grant.show_guid
        mine = select(GRANTS.c.role).where(GRANTS.c.producer_id == producer_id, GRANTS.c.show_guid == guid)
        held = connection.scalar(mine)
        role = invited(Role(held) if held else None, link.grant.role)
        set_grant(connection, producer_id, Grant(show_guid=guid, role=role))

    @writes
    def propose_step(self, connection: Connection, producer_id: int, number: int) -> None:
        """Keep the number that one-time codes are going to be made from, once a code shows that they are at hand."""
        connection.execute(update(PRODUCERS).where(PRODUCERS.c.id == producer_id).values(proposed_step=number))

    @writes
    def begin_second_step(
        self, connection: Connection, producer_id: int, *, number: int, step: int, codes: Collection[str]
    ) -> bool:
        """Ask for a second step from now on, with digests of new recovery codes; whether `number` was proposed."""
        mine = (PRODUCERS.c.id == producer_id, PRODUCERS.c.proposed_step == number)
        values = {"second_step": number, "proposed_step": None, "last_step": step}
        if not connection.execute(update(PRODUCERS).where(*mine).values(values)).rowcount:
            return False
        connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.producer_id == producer_id))
        rows = [{"producer_id": producer_id, "code_hash": code} for code in codes]
        connection.execute(insert(RECOVERY_CODES), rows)
        return True

    @writes
    def end_second_step(self, connection: Connection, producer_id: int) -> None:
        """Ask for no second step any more."""
        cleared = {"second_step": None, "proposed_step": None}
        connection.execute(update(PRODUCERS).where(PRODUCERS.c.id == producer_id).values(cleared))
        connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.producer_id == producer_id))

    @writes
    def use_step(self, connection: Connection, producer_id: int, step: int) -> bool:
        """Use the code of a time step up, and all before it; whether it was not used yet."""
        mine = (PRODUCERS.c.id == producer_id, PRODUCERS.c.last_step < step)
        return connection.execute(update(PRODUCERS).where(*mine).values(last_step=step)).rowcount > 0

    @writes
    def use_recovery_code(self, connection: Connection, producer_id: int, code_hash: str) -> bool:
        """Use a recovery code up; whether it was one."""
        mine = (RECOVERY_CODES.c.producer_id == producer_id, RECOVERY_CODES.c.code_hash == code_hash)
        return connection.execute(delete(RECOVERY_CODES).where(*mine)).rowcount > 0

    @reads
    def recovery_codes_left(self, connection: Connection, producer_id: int) -> int:
        """How many recovery codes somebody has left."""
        mine = RECOVERY_CODES.c.producer_id == producer_id
        return connection.scalar(select(func.count()).select_from(RECOVERY_CODES).where(mine)) or 0

    @writes
    def sweep_links(self, connection: Connection, now: datetime) -> None:
        """Forget links that are over."""
        connection.execute(delete(ONE_TIME_LINKS).where(ONE_TIME_LINKS.c.expires_at <= number_of(now)))
