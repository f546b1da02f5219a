"""Finding: which documents have what is wanted, best first, with the texts of one page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, distinct, func, select, text

from catalogue.domain.search import Kind
from catalogue.domain.searched_text import SearchedText, unpack
from catalogue.store.search_tables import LANGUAGES, SEARCH_DOCUMENTS, SEARCH_NAMES, SEARCH_TEXTS
from catalogue.store.search_vocabulary import KnownWord, known_word, words_like
from catalogue.store.search_words import Wanted
from catalogue.store.searches import NO_YEAR, engine_of, microseconds
from catalogue.store.transactions import Transactions, reads

# One of each item's documents counts: the one in the language that is spoken, else the one that fits best. A rank is
# far below the million that every other language is away.
_FIND = """
WITH matching AS ({matching}),
seen AS (
    SELECT d.item, d.id, d.public_at, m.rank, m.rank + CASE WHEN d.tongue = :spoken THEN 0 ELSE 1000000 END AS away
    FROM matching m JOIN search_documents d ON d.id = m.id WHERE {where}
),
best AS ({best})
SELECT id FROM best ORDER BY rank, public_at DESC, id LIMIT :limit OFFSET :offset
"""
# On its own, as a window over all rows would have them kept and sorted for it.
_COUNT = "SELECT count({counted}) FROM ({those}) AS m JOIN search_documents d ON d.id = m.id WHERE {where}"
# Where no item has several documents, there is none to choose.
_HAS_SEVERAL = text(f"SELECT EXISTS (SELECT 1 FROM search_documents WHERE id % {LANGUAGES} > 0)")  # noqa: S608
_ALL = "SELECT id, rank, public_at FROM seen"
_FILTERS = {
    "show_guid": "d.show_guid = :show_guid",
    "year": "d.year = :year",
    "language": "d.tongue = :language",
    "person": "EXISTS (SELECT 1 FROM search_names n WHERE n.id = d.id AND n.facet = 'person' AND n.value = :person)",
    "topic": "EXISTS (SELECT 1 FROM search_names n WHERE n.id = d.id AND n.facet = 'topic' AND n.value = :topic)",
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a document must be besides; None: whatever it is. `language` is a BCP 47 tag without its country."""

    show_guid: str | None = None
    person: str | None = None
    topic: str | None = None
    year: int | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class FoundDocument:
    """A document that has what was wanted."""

    kind: Kind
    show_guid: str
    guid: str
    language: str
    title: str
    text: SearchedText


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    """Some of the documents found, best first; `count` is how many items there are (0 past the end, too)."""

    count: int = 0
    documents: tuple[FoundDocument, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many items have each value of what can be filtered by; names with one of their labels."""

    shows: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    people: dict[str, tuple[str, int]] = field(default_factory=dict)
    topics: dict[str, tuple[str, int]] = field(default_factory=dict)


class Finding(Transactions):
    """The asking part of the search. Nothing is kept of what was asked."""

    @reads
    def find(
        self,
        connection: Connection,
        wanted: Wanted,
        *,
        filters: Filters,
        now: datetime,
        limit: int,
        offset: int = 0,
        spoken: str = "",
    ) -> FoundPage:
        """Find what may be public at `now`: by weight of what matches, the newest first among equals.

        What is found in several languages is given in the one that is `spoken`, if it is among them.
        """
        engine = engine_of(connection)
        engine.prepare(connection)
        matching = engine.matching(wanted)
        given = {name: value for name, value in vars(filters).items() if value is not None}
        where = " AND ".join(("d.public_at <= :now", *(_FILTERS[name] for name in given)))
        values: dict[str, Any] = {**matching.values, **given, "now": microseconds(now), "spoken": spoken}
        several = connection.scalar(_HAS_SEVERAL)
        best = engine.best if several else _ALL
        find = text(_FIND.format(matching=matching.ranked, where=where, best=best))
        ids = connection.scalars(find, {**values, "limit": limit, "offset": offset}).all()
        if not ids:
            return FoundPage()
        count = text(_COUNT.format(counted="DISTINCT d.item" if several else "*", those=matching.those, where=where))
        return FoundPage(count=connection.scalar(count, values) or 0, documents=_documents(connection, ids))

    @reads
    def search_languages(self, connection: Connection) -> tuple[str, ...]:
        """The languages of all texts, without their countries, in order."""
        return tuple(sorted(connection.scalars(select(SEARCH_DOCUMENTS.c.tongue).distinct())))

    @reads
    def known_word(self, connection: Connection, word: str) -> KnownWord | None:
        """A folded word, if any document has it, public or not."""
        return known_word(connection, word)

    @reads
    def words_like(self, connection: Connection, word: str, *, distance: int) -> tuple[KnownWord, ...]:
        """Words that begin much as a folded one and are about as long, the most frequent first."""
        return tuple(words_like(connection, word, distance=distance))

    @reads
    def tally(self, connection: Connection, now: datetime) -> Tally:
        """Count what can be found at `now` by each filter."""
        documents = SEARCH_DOCUMENTS.c
        public = documents.public_at <= microseconds(now)

        def by(column: Any) -> dict[Any, int]:
            counted = select(column, func.count(distinct(documents.item))).where(public).group_by(column)
            return {value: number for value, number in connection.execute(counted)}  # noqa: C416  (rows are no pairs)

        names = (
            select(
                SEARCH_NAMES.c.facet,
                SEARCH_NAMES.c.value,
                func.min(SEARCH_NAMES.c.label),
                func.count(distinct(documents.item)),
            )
            .join(SEARCH_DOCUMENTS, documents.id == SEARCH_NAMES.c.id)
            .where(public)
            .group_by(SEARCH_NAMES.c.facet, SEARCH_NAMES.c.value)
        )
        facets: dict[str, dict[str, tuple[str, int]]] = {"person": {}, "topic": {}}
        for facet, value, label, number in connection.execute(names):
            facets[facet][value] = (label, number)
        return Tally(
            shows=by(documents.show_guid),
            years={year: number for year, number in by(documents.year).items() if year != NO_YEAR},
            languages=by(documents.tongue),
            people=facets["person"],
            topics=facets["topic"],
        )


def _documents(connection: Connection, ids: Sequence[int]) -> tuple[FoundDocument, ...]:
    """The documents with these numbers, in their order."""
    both = select(SEARCH_DOCUMENTS, SEARCH_TEXTS.c.text, SEARCH_TEXTS.c.marks)
    rows = connection.execute(
        both.join(SEARCH_TEXTS, SEARCH_TEXTS.c.id == SEARCH_DOCUMENTS.c.id).where(SEARCH_DOCUMENTS.c.id.in_(ids))
    )
    found = {
        row.id: FoundDocument(
            kind=Kind(row.kind),
            show_guid=row.show_guid,
            guid=row.guid,
            language=row.language,
            title=row.title,
            text=unpack(row.text, row.marks),
        )
        for row in rows
    }
    return tuple(found[number] for number in ids)
