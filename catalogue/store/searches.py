"""What can be found, and finding it: an item's texts go in and out whole, the words by way of an engine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from catalogue.domain.search import Kind, SearchDocument
from catalogue.domain.searched_text import SearchedText, arrange, pack, unpack
from catalogue.domain.tongues import primary
from catalogue.store.batches import batches
from catalogue.store.schema import EPISODES
from catalogue.store.search_postgres import PostgresWords
from catalogue.store.search_sqlite import SqliteWords
from catalogue.store.search_tables import (
    LANGUAGES,
    SEARCH_DOCUMENTS,
    SEARCH_ITEMS,
    SEARCH_METADATA,
    SEARCH_NAMES,
    SEARCH_READERS,
    SEARCH_SHOWS,
    SEARCH_TEXTS,
)
from catalogue.store.search_vocabulary import change_vocabulary, vocabulary_words
from catalogue.store.search_words import Engine, Stemmed, stem_columns, word_columns
from catalogue.store.transactions import Transactions, reads, writes

# So many texts are opened together where they leave; each may be of some 100 kB.
TEXTS_AT_ONCE = 50
# What has no moment was always public.
ALWAYS, NO_YEAR = -(2**62), 0


@dataclass(frozen=True, kw_only=True)
class SearchItem:
    """Something that can be found, in each of its languages; `key` is another whenever any of it is."""

    guid: str
    key: str
    documents: tuple[SearchDocument, ...] = ()


@dataclass
class _Vocabulary:
    """In how many more documents a word is by now, and how it was written last."""

    numbers: Counter[str] = field(default_factory=Counter)
    shown: dict[str, str] = field(default_factory=dict)

    def count(self, columns: Sequence[Sequence[str]], step: int) -> None:
        words = vocabulary_words(columns)
        if step > 0:
            self.numbers.update(words.keys())
            self.shown |= words
        else:
            self.numbers.subtract(words.keys())


class Searches(Transactions):
    """The filling part of the search. Nothing that it writes counts as a change for readers."""

    @reads
    def search_state(self, connection: Connection) -> tuple[str | None, dict[str, int]]:
        """With what the texts were read (None: none were), and up to which change each show's are there, by GUID."""
        reader = connection.scalar(select(SEARCH_READERS.c.reader))
        return reader, {row.show_guid: row.revision for row in connection.execute(select(SEARCH_SHOWS))}

    @reads
    def later_episodes(self, connection: Connection, show_guid: str, since: int) -> list[str]:
        """The GUIDs of a show's episodes that came with a later change than `since`, in order."""
        # The show is looked at here: SQLite would find it by an index and open each of its rows for the revision.
        rows = connection.execute(select(EPISODES.c.guid, EPISODES.c.show_guid).where(EPISODES.c.revision > since))
        return sorted(row.guid for row in rows if row.show_guid == show_guid)

    @reads
    def search_keys(
        self, connection: Connection, kind: Kind, show_guid: str, guids: Sequence[str] | None = None
    ) -> dict[str, str]:
        """The keys of the items of a kind and a show, by GUID: of all (None), or of some that are known."""
        columns = select(SEARCH_ITEMS.c.guid, SEARCH_ITEMS.c.key)
        if guids is None:
            mine = columns.where(SEARCH_ITEMS.c.kind == kind, SEARCH_ITEMS.c.show_guid == show_guid)
            return {row.guid: row.key for row in connection.execute(mine)}
        names = [_name(kind, show_guid, guid) for guid in guids]
        some = (columns.where(SEARCH_ITEMS.c.name.in_(batch)) for batch in batches(names))
        return {row.guid: row.key for statement in some for row in connection.execute(statement)}

    @reads
    def has_search_gone(self, connection: Connection, show_guid: str, *, there: int) -> bool:
        """Whether the search has not just as many episodes of a show as are `there` by now."""
        items = SEARCH_ITEMS.c
        mine = select(func.count()).where(items.kind == Kind.EPISODE, items.show_guid == show_guid)
        return connection.scalar(mine) != there

    @writes
    def clear_search(self, connection: Connection, reader: str) -> None:
        """Forget all that can be found; what comes now is read with `reader`."""
        for table in SEARCH_METADATA.sorted_tables:
            connection.execute(delete(table))
        engine_of(connection).clear(connection)
        connection.execute(insert(SEARCH_READERS).values(reader=reader))

    @writes
    def save_search(
        self,
        connection: Connection,
        kind: Kind,
        show_guid: str,
        *,
        items: Sequence[SearchItem],
        gone: Collection[str] = (),
    ) -> None:
        """Let items take the place of those with their GUIDs, and those in `gone` leave."""
        vocabulary = _Vocabulary()
        names = [_name(kind, show_guid, guid) for guid in (*gone, *(item.guid for item in items))]
        for batch in batches(names):
            _remove(connection, batch, vocabulary)
        _add(connection, kind, show_guid, items, vocabulary)
        change_vocabulary(connection, vocabulary.numbers, vocabulary.shown)

    @writes
    def settle_search(self, connection: Connection, show_guid: str, revision: int | None) -> None:
        """Say that a show's episodes are there up to a change; None: the show has gone."""
        connection.execute(delete(SEARCH_SHOWS).where(SEARCH_SHOWS.c.show_guid == show_guid))
        if revision is not None:
            connection.execute(insert(SEARCH_SHOWS).values(show_guid=show_guid, revision=revision))


def engine_of(connection: Connection) -> Engine:
    """Where the words lie in this database."""
    return PostgresWords() if connection.dialect.name == "postgresql" else SqliteWords()


def read_texts(connection: Connection, ids: Sequence[int]) -> dict[int, SearchedText]:
    """The kept texts of documents, by number."""
    rows = connection.execute(select(SEARCH_TEXTS).where(SEARCH_TEXTS.c.id.in_(ids)))
    return {row.id: unpack(row.text, row.marks) for row in rows}


def microseconds(moment: datetime) -> int:
    """A moment as the tables have it."""
    return round(moment.timestamp() * 1_000_000)


def _name(kind: Kind, show_guid: str, guid: str) -> str:
    whole = f"{kind}\0{len(show_guid)}\0{show_guid}\0{guid}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:40]


def _remove(connection: Connection, names: Iterable[str], vocabulary: _Vocabulary) -> None:
    items = connection.scalars(select(SEARCH_ITEMS.c.id).where(SEARCH_ITEMS.c.name.in_(names))).all()
    if not items:
        return
    documents = select(SEARCH_DOCUMENTS.c.id, SEARCH_DOCUMENTS.c.language).where(SEARCH_DOCUMENTS.c.item.in_(items))
    languages = {row.id: row.language for row in connection.execute(documents)}
    for some in batches(tuple(languages), TEXTS_AT_ONCE):
        stemmed = []
        for number, text in read_texts(connection, some).items():
            columns = word_columns(text)
            stemmed.append(Stemmed(number, stem_columns(columns, languages[number])))
            vocabulary.count(columns, -1)
        engine_of(connection).remove(connection, stemmed)
    for batch in batches(tuple(languages)):
        for table in (SEARCH_DOCUMENTS, SEARCH_TEXTS, SEARCH_NAMES):
            connection.execute(delete(table).where(table.c.id.in_(batch)))
    connection.execute(delete(SEARCH_ITEMS).where(SEARCH_ITEMS.c.id.in_(items)))


def _add(
    connection: Connection, kind: Kind, show_guid: str, items: Sequence[SearchItem], vocabulary: _Vocabulary
) -> None:
    """Numbers are given here, as one writes at a time: a statement for each row would take longer than all else."""
    first = (connection.scalar(select(func.max(SEARCH_ITEMS.c.id))) or 0) + 1
    rows = _Rows()
    for number, item in enumerate(items, start=first):
        name = _name(kind, show_guid, item.guid)
        own = {"id": number, "name": name, "kind": kind, "show_guid": show_guid, "guid": item.guid, "key": item.key}
        rows.items.append(own)
        for place, document in enumerate(item.documents[:LANGUAGES]):
            rows.add(document, item=number, number=number * LANGUAGES + place, vocabulary=vocabulary)
            if len(rows.stemmed) == TEXTS_AT_ONCE:
                rows.insert(connection)
                rows = _Rows()
    rows.insert(connection)


@dataclass
class _Rows:
    """Rows of some items, to be inserted together."""

    items: list[dict[str, object]] = field(default_factory=list)
    documents: list[dict[str, object]] = field(default_factory=list)
    texts: list[dict[str, object]] = field(default_factory=list)
    names: list[dict[str, object]] = field(default_factory=list)
    stemmed: list[Stemmed] = field(default_factory=list)

    def add(self, document: SearchDocument, *, item: int, number: int, vocabulary: _Vocabulary) -> None:
        text = arrange(document.passages)
        packed, marks = pack(text)
        columns = word_columns(text)
        self.documents.append(_columns(document, item=item, number=number))
        self.texts.append({"id": number, "text": packed, "marks": marks})
        self.names.extend(_names(document, number))
        self.stemmed.append(Stemmed(number, stem_columns(columns, document.language)))
        vocabulary.count(columns, 1)

    def insert(self, connection: Connection) -> None:
        tables = (
            (SEARCH_ITEMS, self.items),
            (SEARCH_DOCUMENTS, self.documents),
            (SEARCH_TEXTS, self.texts),
            (SEARCH_NAMES, self.names),
        )
        for table, rows in tables:
            if rows:
                connection.execute(insert(table), rows)
        if self.stemmed:
            engine_of(connection).add(connection, self.stemmed)


def _columns(document: SearchDocument, *, item: int, number: int) -> dict[str, object]:
    return {
        "id": number,
        "item": item,
        "public_at": microseconds(document.public_at) if document.public_at else ALWAYS,
        "year": document.public_at.year if document.public_at else NO_YEAR,
        "tongue": primary(document.language),
        "kind": document.kind,
        "show_guid": document.show_guid,
        "guid": document.guid,
        "language": document.language,
        "title": document.title,
    }


def _names(document: SearchDocument, number: int) -> list[dict[str, object]]:
    """Who and what it is about, each once."""
    facets = {"person": document.people, "topic": document.topics}
    found = {(facet, name.value): name.label for facet, names in facets.items() for name in names}
    return [{"id": number, "facet": facet, "value": value, "label": label} for (facet, value), label in found.items()]
