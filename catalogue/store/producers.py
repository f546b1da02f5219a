"""Producers and their roles. There is always somebody who may do everything, once there was anybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from catalogue.domain.producers import LinkKind, OneTimeLink, Producer
from catalogue.domain.rights import ALL_SHOWS, Grant, Right, Role
from catalogue.errors import LastOwner, NameTaken, NotFound
from catalogue.store.account_rows import author_key, producer_columns, read_link, read_producer
from catalogue.store.account_tables import AUTHORS, GRANTS, ONE_TIME_LINKS, PRODUCERS, RECOVERY_CODES, SESSIONS
from catalogue.store.batches import batches
from catalogue.store.job_rows import number_of
from catalogue.store.previews import end_previews, open_previews_of
from catalogue.store.token_tables import TOKENS
from catalogue.store.transactions import Transactions, reads, writes


class Producers(Transactions):
    """The producers' part of the index."""

    @reads
    def producers(self, connection: Connection) -> tuple[Producer, ...]:
        """Everybody, also who is disabled, in the order they came."""
        return _found(connection, PRODUCERS.c.id > 0)

    @reads
    def producer(self, connection: Connection, producer_id: int) -> Producer | None:
        """Somebody by number."""
        return next(iter(_found(connection, PRODUCERS.c.id == producer_id)), None)

    @reads
    def producer_named(self, connection: Connection, name: str) -> Producer | None:
        """Somebody by folded name."""
        return next(iter(_found(connection, PRODUCERS.c.name == name)), None)

    @reads
    def has_producers(self, connection: Connection) -> bool:
        """Whether anybody may sign in."""
        return connection.execute(select(PRODUCERS.c.id).limit(1)).first() is not None

    @writes
    def add_producer(self, connection: Connection, producer: Producer, *, link_hash: str, now: datetime) -> Producer:
        """Make a new producer of whoever holds a link, which is used up; gives them with number and role.

        Raises NotFound where the link is gone or began somebody else already, NameTaken where the name is.
        """
        link = take_link(connection, link_hash, now, kinds=(LinkKind.BEGIN, LinkKind.INVITE))
        anybody = connection.execute(select(PRODUCERS.c.id).limit(1)).first()
        if link.grant is None or (link.kind is LinkKind.BEGIN and anybody is not None):
            raise link_gone()
        if connection.execute(select(PRODUCERS.c.id).where(PRODUCERS.c.name == producer.name)).first() is not None:
            raise NameTaken("name-taken", "Somebody else signs in as {name}. Choose another name.", name=producer.name)
        connection.execute(insert(PRODUCERS).values(producer_columns(producer)))
        connection.execute(delete(ONE_TIME_LINKS).where(ONE_TIME_LINKS.c.kind == LinkKind.BEGIN.value))
        number = connection.scalar(select(PRODUCERS.c.id).where(PRODUCERS.c.name == producer.name))
        assert number is not None
        set_grant(connection, number, link.grant)
        return _found(connection, PRODUCERS.c.id == number)[0]

    @writes
    def grant(self, connection: Connection, producer_id: int, grant: Grant, *, now: datetime) -> None:
        """Give a role in a show, in place of the one held there, and end their invitations to it. Raises LastOwner.

        So do those of their links for guests end that they could not make any more.
        """
        set_grant(connection, producer_id, grant)
        _drop_invitations(connection, producer_id, grant.show_guid)
        _end_lost_guests(connection, producer_id, now)
        _keep_an_owner(connection)

    @writes
    def revoke(self, connection: Connection, producer_id: int, show_guid: str, *, now: datetime) -> None:
        """Take the role in a show away; invitations and links for guests end as with `grant`. Raises LastOwner."""
        _drop_grant(connection, producer_id, show_guid)
        _drop_invitations(connection, producer_id, show_guid)
        _end_lost_guests(connection, producer_id, now)
        _keep_an_owner(connection)

    @writes
    def disable_producer(self, connection: Connection, producer_id: int, now: datetime) -> None:
        """Let somebody sign in no more, end all they are signed in with, their tokens and links. Raises LastOwner.

        The links that let guests in are theirs too: they are known by the name that nobody else has.
        """
        connection.execute(update(PRODUCERS).where(PRODUCERS.c.id == producer_id).values(disabled_at=number_of(now)))
        connection.execute(delete(SESSIONS).where(SESSIONS.c.producer_id == producer_id))
        links = ONE_TIME_LINKS.c
        connection.execute(
            delete(ONE_TIME_LINKS).where((links.producer_id == producer_id) | (links.made_by == producer_id))
        )
        _revoke_tokens(connection, producer_id, now)
        for who in _found(connection, PRODUCERS.c.id == producer_id):
            end_previews(connection, [one.id for one in open_previews_of(connection, who.shown_name)], now)
        _keep_an_owner(connection)

    @writes
    def enable_producer(self, connection: Connection, producer_id: int) -> None:
        """Let somebody sign in again."""
        connection.execute(update(PRODUCERS).where(PRODUCERS.c.id == producer_id).values(disabled_at=None))

    @writes
    def set_password(self, connection: Connection, producer_id: int, password: str) -> None:
        """Keep another hash, and end everything that is signed in with the old one."""
        connection.execute(update(PRODUCERS).where(PRODUCERS.c.id == producer_id).values(password=password))
        connection.execute(delete(SESSIONS).where(SESSIONS.c.producer_id == producer_id))

    @writes
    def reset_password(self, connection: Connection, password: str, *, link_hash: str, now: datetime) -> Producer:
        """Set a password by a link, which is used up; second step and tokens go, for they may be what was lost.

        Raises NotFound where the link is gone.
        """
        link = take_link(connection, link_hash, now, kinds=(LinkKind.RESET,))
        mine = PRODUCERS.c.id == (link.producer_id or 0)
        cleared = {"second_step": None, "proposed_step": None}
        connection.execute(update(PRODUCERS).where(mine).values(password=password, **cleared))
        for table in (SESSIONS, RECOVERY_CODES):
            connection.execute(delete(table).where(table.c.producer_id == link.producer_id))
        found = _found(connection, mine)
        if not found:
            raise link_gone()
        _revoke_tokens(connection, found[0].id, now)
        return found[0]

    @writes
    def set_producer_language(self, connection: Connection, producer_id: int, language: str) -> None:
        """Keep the language somebody reads the studio in."""
        connection.execute(update(PRODUCERS).where(PRODUCERS.c.id == producer_id).values(language=language))

    @writes
    def save_author(self, connection: Connection, show_guid: str, guid: str, producer_id: int) -> None:
        """Keep who began an episode."""
        key = author_key(show_guid, guid)
        connection.execute(delete(AUTHORS).where(AUTHORS.c.key == key))
        connection.execute(insert(AUTHORS).values(key=key, producer_id=producer_id))

    @reads
    def author(self, connection: Connection, show_guid: str, guid: str) -> int | None:
        """Who began an episode in the studio; None where nobody did."""
        return _author(connection, show_guid, guid)


def forget_authors(connection: Connection, show_guid: str, guids: Iterable[str]) -> None:
    """Forget who began episodes of a show, within a transaction of another part: what left the desk is nobody's own."""
    begun = frozenset(connection.scalars(select(AUTHORS.c.key)))
    keys = [key for guid in guids if (key := author_key(show_guid, guid)) in begun] if begun else []
    for batch in batches(keys):
        connection.execute(delete(AUTHORS).where(AUTHORS.c.key.in_(batch)))


def read_producers(connection: Connection, where: ColumnElement[bool]) -> tuple[Producer, ...]:
    """The producers that a condition is true of, within a transaction of another part."""
    return _found(connection, where)


def set_grant(connection: Connection, producer_id: int, grant: Grant) -> None:
    """Give a role in place of the one held in that show."""
    _drop_grant(connection, producer_id, grant.show_guid)
    connection.execute(insert(GRANTS).values(producer_id=producer_id, show_guid=grant.show_guid, role=grant.role.value))


def take_link(connection: Connection, token_hash: str, now: datetime, *, kinds: tuple[LinkKind, ...]) -> OneTimeLink:
    """Use a link up; raises NotFound where it is gone, too old, or for something else."""
    row = connection.execute(select(ONE_TIME_LINKS).where(ONE_TIME_LINKS.c.token_hash == token_hash)).first()
    if row is None or row.expires_at <= number_of(now) or LinkKind(row.kind) not in kinds:
        raise link_gone()
    connection.execute(delete(ONE_TIME_LINKS).where(ONE_TIME_LINKS.c.id == row.id))
    return read_link(row)


def link_gone() -> NotFound:
    """What is said of a link that leads nowhere, whatever it once was."""
    return NotFound("link-gone", "This link was used already, or is too old. Ask for a new one.")


def _found(connection: Connection, where: ColumnElement[bool]) -> tuple[Producer, ...]:
    rows = connection.execute(select(PRODUCERS).where(where).order_by(PRODUCERS.c.id)).all()
    numbers = [row.id for row in rows]
    grants = connection.execute(select(GRANTS).where(GRANTS.c.producer_id.in_(numbers)).order_by(GRANTS.c.id)).all()
    return tuple(read_producer(row, [one for one in grants if one.producer_id == row.id]) for row in rows)


def _drop_grant(connection: Connection, producer_id: int, show_guid: str) -> None:
    connection.execute(delete(GRANTS).where(GRANTS.c.producer_id == producer_id, GRANTS.c.show_guid == show_guid))


def _drop_invitations(connection: Connection, producer_id: int, show_guid: str) -> None:
    """End what somebody made: by a link of their own they would come back. Of all shows, every link they made."""
    mine = ONE_TIME_LINKS.c.made_by == producer_id
    there = mine if show_guid == ALL_SHOWS else mine & (ONE_TIME_LINKS.c.show_guid == show_guid)
    connection.execute(delete(ONE_TIME_LINKS).where(there))


def _end_lost_guests(connection: Connection, producer_id: int, now: datetime) -> None:
    """End those of somebody's links for guests that lead to what they may not write any more."""
    for who in _found(connection, PRODUCERS.c.id == producer_id):
        lost = [
            one.id
            for one in open_previews_of(connection, who.shown_name)
            if not who.may(
                Right.WRITE, one.show_guid, is_own=_author(connection, one.show_guid, one.guid) == producer_id
            )
        ]
        end_previews(connection, lost, now)


def _author(connection: Connection, show_guid: str, guid: str) -> int | None:
    found: int | None = connection.scalar(
        select(AUTHORS.c.producer_id).where(AUTHORS.c.key == author_key(show_guid, guid))
    )
    return found


def _revoke_tokens(connection: Connection, producer_id: int, now: datetime) -> None:
    mine = (TOKENS.c.producer_id == producer_id, TOKENS.c.revoked_at.is_(None))
    connection.execute(update(TOKENS).where(*mine).values(revoked_at=number_of(now)))


def _keep_an_owner(connection: Connection) -> None:
    owners = (
        select(func.count())
        .select_from(GRANTS.join(PRODUCERS, PRODUCERS.c.id == GRANTS.c.producer_id))
        .where(GRANTS.c.show_guid == ALL_SHOWS, GRANTS.c.role == Role.OWNER.value, PRODUCERS.c.disabled_at.is_(None))
    )
    if not connection.scalar(owners):
        raise LastOwner(
            "last-owner",
            "Then nobody would be left who may do everything. Make somebody else an owner of all shows first.",
        )
