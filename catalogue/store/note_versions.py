"""What notes, and texts beside them, said before: a row each time one says something new, the oldest forgotten."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from catalogue.domain.note_history import Hand, NoteText, NoteVersion, side_of
from catalogue.store.batches import batches
from catalogue.store.job_rows import moment_of, number_of
from catalogue.store.schema import NOTE_VERSIONS
from catalogue.store.transactions import Transactions, reads, writes

_OF = (NOTE_VERSIONS.c.show_guid, NOTE_VERSIONS.c.guid)
_Key = tuple[str, str, str]


class NoteVersions(Transactions):
    """The history's part of the index."""

    @writes
    def keep_note_texts(self, connection: Connection, texts: Sequence[NoteText], *, most: int, since: datetime) -> None:
        """Keep texts in their order, each that is not what its note, or its file beside that, was last known to say.

        Of each file all but the newest `most` are forgotten, and what is older than `since`; the newest stays.
        """
        latest = _latest(connection, texts)
        fresh = []
        for text in texts:
            key = (text.show_guid, text.guid, text.side)
            if latest.get(key) != text.digest:
                latest[key] = text.digest
                fresh.append(text)
        for batch in batches(fresh):
            connection.execute(insert(NOTE_VERSIONS), [_columns(text) for text in batch])
        _forget(connection, fresh, most=most, since=since)

    @reads
    def note_versions(self, connection: Connection, show_guid: str, guid: str) -> tuple[NoteVersion, ...]:
        """What an episode's note and the texts beside it are known to have said, the newest first."""
        rows = connection.execute(
            select(NOTE_VERSIONS)
            .where(NOTE_VERSIONS.c.show_guid == show_guid, NOTE_VERSIONS.c.guid == guid)
            .order_by(NOTE_VERSIONS.c.id.desc())
        )
        return tuple(map(_version, rows))


def _latest(connection: Connection, texts: Sequence[NoteText]) -> dict[_Key, str]:
    """The digest of what each of these notes, and the files beside them, was last known to say."""
    found: dict[_Key, str] = {}
    for show_guid, guids in _by_show(texts):
        newest = (
            select(func.max(NOTE_VERSIONS.c.id))
            .where(NOTE_VERSIONS.c.show_guid == show_guid, NOTE_VERSIONS.c.guid.in_(guids))
            .group_by(*_OF, NOTE_VERSIONS.c.path)
        )
        rows = connection.execute(
            select(NOTE_VERSIONS.c.guid, NOTE_VERSIONS.c.path, NOTE_VERSIONS.c.digest)
            .where(NOTE_VERSIONS.c.id.in_(newest))
            .order_by(NOTE_VERSIONS.c.id)
        )
        found |= {(show_guid, row.guid, side_of(row.path)): row.digest for row in rows}
    return found


def _forget(connection: Connection, texts: Sequence[NoteText], *, most: int, since: datetime) -> None:
    place = (
        func.row_number()
        .over(partition_by=(*_OF, NOTE_VERSIONS.c.path), order_by=NOTE_VERSIONS.c.id.desc())
        .label("place")
    )
    for show_guid, guids in _by_show(texts):
        ranked = (
            select(NOTE_VERSIONS.c.id, NOTE_VERSIONS.c.saved_at, place)
            .where(NOTE_VERSIONS.c.show_guid == show_guid, NOTE_VERSIONS.c.guid.in_(guids))
            .subquery()
        )
        is_over = (ranked.c.place > most) | ((ranked.c.place > 1) & (ranked.c.saved_at < number_of(since)))
        connection.execute(delete(NOTE_VERSIONS).where(NOTE_VERSIONS.c.id.in_(select(ranked.c.id).where(is_over))))


def _by_show(texts: Sequence[NoteText]) -> Iterator[tuple[str, Sequence[str]]]:
    """The episodes concerned, a show and a batch at a time."""
    shows: dict[str, dict[str, None]] = {}
    for text in texts:
        shows.setdefault(text.show_guid, {})[text.guid] = None
    for show_guid, guids in shows.items():
        for batch in batches(tuple(guids)):
            yield show_guid, batch


def _columns(text: NoteText) -> dict[str, Any]:
    return {
        "show_guid": text.show_guid,
        "guid": text.guid,
        "path": text.path,
        "digest": text.digest,
        "content": zlib.compress(text.content),
        "saved_at": number_of(text.saved_at),
        "hand": text.hand.value,
        "who": text.who,
    }


def _version(row: Row[Any]) -> NoteVersion:
    text = NoteText(
        show_guid=row.show_guid,
        guid=row.guid,
        path=row.path,
        content=zlib.decompress(row.content),
        saved_at=moment_of(row.saved_at),
        hand=Hand(row.hand),
        who=row.who,
    )
    return NoteVersion(number=row.id, text=text)
