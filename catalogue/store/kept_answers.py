"""Answers that are kept for a day, so that who asks for the same thing under the same key gets the same answer."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from catalogue.domain.tokens import KeptAnswer
from catalogue.store.job_rows import number_of
from catalogue.store.token_tables import KEPT_ANSWERS
from catalogue.store.transactions import Transactions, reads, writes

# Of one token; the oldest make room for new ones.
MOST_KEPT, MOST_KEPT_BYTES = 1000, 16 * 1024**2


class KeptAnswers(Transactions):
    """The part of the index with answers that may be asked for again; `key` is a digest, `owner` who answers."""

    @writes
    def begin_answer(
        self,
        connection: Connection,
        token_id: int,
        key: str,
        *,
        asked: str,
        owner: str,
        now: datetime,
        kept_from: datetime,
        begun_from: datetime,
    ) -> KeptAnswer | None:
        """Take on to answer what is asked under a key; gives the answer there is already, None where there is none.

        What is older than `kept_from` is forgotten; who began before `begun_from` and did not end is taken to be dead.
        """
        rows = KEPT_ANSWERS.c
        is_dead = rows.status.is_(None) & (rows.at < number_of(begun_from))
        connection.execute(delete(KEPT_ANSWERS).where((rows.at < number_of(kept_from)) | is_dead))
        known = connection.execute(select(KEPT_ANSWERS).where(_called(token_id, key))).first()
        if known is not None:
            return None if known.owner == owner and known.status is None else _read(known)
        newest = select(rows.id).where(rows.token_id == token_id).order_by(rows.id.desc())
        full = connection.scalar(newest.offset(MOST_KEPT - 1).limit(1))
        if full is not None:
            connection.execute(delete(KEPT_ANSWERS).where(rows.token_id == token_id, rows.id <= full))
        values = {"token_id": token_id, "key": key, "asked": asked, "owner": owner, "at": number_of(now)}
        connection.execute(insert(KEPT_ANSWERS).values(**values, status=None, headers="[]", body=b""))
        return None

    @writes
    def keep_answer(self, connection: Connection, token_id: int, key: str, *, owner: str, answer: KeptAnswer) -> None:
        """Keep the answer that `owner` had taken on."""
        mine = _called(token_id, key) & (KEPT_ANSWERS.c.owner == owner)
        values = {"status": answer.status, "headers": json.dumps(answer.headers), "body": answer.body}
        connection.execute(update(KEPT_ANSWERS).where(mine).values(values))
        _make_room(connection, token_id, key)

    @writes
    def drop_answer(self, connection: Connection, token_id: int, key: str, *, owner: str) -> None:
        """Forget what `owner` had taken on: nothing was done, so it may be asked for again."""
        mine = _called(token_id, key) & (KEPT_ANSWERS.c.owner == owner)
        connection.execute(delete(KEPT_ANSWERS).where(mine))

    @reads
    def kept_answer(self, connection: Connection, token_id: int, key: str) -> KeptAnswer | None:
        """The answer under a key; None where nobody asked."""
        row = connection.execute(select(KEPT_ANSWERS).where(_called(token_id, key))).first()
        return _read(row) if row else None


def _make_room(connection: Connection, token_id: int, key: str) -> None:
    """Forget the oldest answers of a token that are too much beside the one under `key`; what is being done stays."""
    rows = KEPT_ANSWERS.c
    done = select(rows.id, func.length(rows.body)).where(rows.token_id == token_id, rows.status.is_not(None))
    room = MOST_KEPT_BYTES
    for number, size in connection.execute(done.order_by(rows.id.desc())).all():
        room -= size
        if room < 0:
            older = (rows.token_id == token_id, rows.status.is_not(None), rows.id <= number, rows.key != key)
            connection.execute(delete(KEPT_ANSWERS).where(*older))
            return


def _called(token_id: int, key: str) -> ColumnElement[bool]:
    return (KEPT_ANSWERS.c.token_id == token_id) & (KEPT_ANSWERS.c.key == key)


def _read(row: Row[Any]) -> KeptAnswer:
    headers = tuple((name, value) for name, value in json.loads(row.headers))
    return KeptAnswer(asked=row.asked, status=row.status, headers=headers, body=bytes(row.body))
