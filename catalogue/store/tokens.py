"""Tokens of producers, by the digests of what their programs hold."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from catalogue.domain.producers import Producer
from catalogue.domain.tokens import Scope, Token
from catalogue.store.account_tables import PRODUCERS
from catalogue.store.job_rows import moment_of, number_of
from catalogue.store.producers import read_producers
from catalogue.store.token_tables import TOKENS
from catalogue.store.transactions import Transactions, reads, writes


class Tokens(Transactions):
    """The tokens' part of the index. One that is over or revoked is still there: whoever asks looks at the clock."""

    @writes
    def add_token(self, connection: Connection, token: Token) -> Token:
        """Keep a new token; gives it with its number. The same hash a second time gives the one that is there."""
        known = connection.execute(select(TOKENS).where(TOKENS.c.token_hash == token.token_hash)).first()
        if known is not None:
            return _read(known)
        return _read(connection.execute(insert(TOKENS).values(_columns(token)).returning(*TOKENS.c)).one())

    @reads
    def token(self, connection: Connection, token_hash: str) -> tuple[Token, Producer] | None:
        """A token and whose it is; None where there is none, or its producer was disabled."""
        row = connection.execute(select(TOKENS).where(TOKENS.c.token_hash == token_hash)).first()
        if row is None:
            return None
        whose = read_producers(connection, PRODUCERS.c.id == row.producer_id)
        return (_read(row), whose[0]) if whose and whose[0].disabled_at is None else None

    @reads
    def tokens(self, connection: Connection) -> tuple[Token, ...]:
        """All tokens in the order they were made, also those that are over."""
        return tuple(map(_read, connection.execute(select(TOKENS).order_by(TOKENS.c.id))))

    @reads
    def tokens_of(self, connection: Connection, producer_id: int) -> tuple[Token, ...]:
        """All of somebody's in the order they were made, also those that are over."""
        mine = TOKENS.c.producer_id == producer_id
        return tuple(map(_read, connection.execute(select(TOKENS).where(mine).order_by(TOKENS.c.id))))

    @writes
    def see_token(self, connection: Connection, token_id: int, day: date) -> None:
        """Keep on which day a token was last used."""
        connection.execute(update(TOKENS).where(TOKENS.c.id == token_id).values(used_on=day.isoformat()))

    @writes
    def revoke_token(self, connection: Connection, token_id: int, now: datetime) -> bool:
        """Let a token open nothing any more; whether it did until now."""
        mine = (TOKENS.c.id == token_id, TOKENS.c.revoked_at.is_(None))
        return connection.execute(update(TOKENS).where(*mine).values(revoked_at=number_of(now))).rowcount > 0

    @writes
    def sweep_tokens(self, connection: Connection, before: datetime) -> None:
        """Forget the tokens that opened nothing any more at a moment."""
        moment = number_of(before)
        connection.execute(delete(TOKENS).where((TOKENS.c.expires_at < moment) | (TOKENS.c.revoked_at < moment)))


def _columns(token: Token) -> dict[str, object]:
    return {
        "token_hash": token.token_hash,
        "producer_id": token.producer_id,
        "name": token.name,
        "scopes": json.dumps([scope.value for scope in token.scopes]),
        "show_guids": json.dumps(token.show_guids),
        "created_at": number_of(token.created_at),
        "expires_at": number_of(token.expires_at),
        "used_on": token.used_on.isoformat() if token.used_on else None,
        "revoked_at": number_of(token.revoked_at) if token.revoked_at else None,
    }


def _read(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        token_hash=row.token_hash,
        producer_id=row.producer_id,
        name=row.name,
        scopes=tuple(map(Scope, json.loads(row.scopes))),
        show_guids=tuple(json.loads(row.show_guids)),
        created_at=moment_of(row.created_at),
        expires_at=moment_of(row.expires_at),
        used_on=date.fromisoformat(row.used_on) if row.used_on else None,
        revoked_at=moment_of(row.revoked_at) if row.revoked_at is not None else None,
    )
