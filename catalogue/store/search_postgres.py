"""The words of the search in PostgreSQL: a tsvector for each stretch of a document.

A tsvector ends at position 16,383, keeps 255 positions of a word and holds 1 MB, so a long transcript lies in several.
Each begins with the last words of the one before, so that no phrase falls between two; a query has fewer words than
that. What stands in different columns never follows one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from catalogue.domain.search import MOST_WORDS
from catalogue.stems import Pattern
from catalogue.store.search_words import Matching, Stemmed, Wanted

# PostgreSQL 15, 12.11: limitations; of positions at most 255 are kept, so we stay under.
MOST_POSITIONS = 16_000
MOST_OF_A_WORD = 250
MOST_BYTES = 600_000
_WEIGHTS = "ABCD"
# How much a word counts in D, C, B, A: transcript, notes, names and chapters, title.
_RANK = "'{0.1, 0.2, 0.5, 1.0}'"
_ADD = text("INSERT INTO search_chunks(document, number, words) VALUES (:document, :number, CAST(:words AS tsvector))")
_REMOVE = text("DELETE FROM search_chunks WHERE document = ANY(:documents)")


class PostgresWords:
    """An Engine over tsvector and GIN."""

    best = "SELECT DISTINCT ON (item) id, rank, public_at FROM seen ORDER BY item, away, id"

    def add(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        rows: list[dict[str, Any]] = [
            {"document": one.number, "number": number, "words": words}
            for one in documents
            for number, words in enumerate(_chunks(one.columns))
        ]
        if rows:
            connection.execute(_ADD, rows)

    def remove(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        connection.execute(_REMOVE, {"documents": [one.number for one in documents]})

    def clear(self, connection: Connection) -> None:
        connection.execute(text("DELETE FROM search_chunks"))

    def prepare(self, connection: Connection) -> None:
        """Without it a third of a second may go into compiling a query that takes a tenth of that."""
        connection.execute(text("SET LOCAL jit = off"))

    def matching(self, wanted: Wanted) -> Matching:
        """Each term on its own, as its words may lie in another stretch than those of the next."""
        values = {f"term{number}": _any_of(patterns) for number, patterns in enumerate(wanted.terms)}
        values |= {f"not{number}": _any_of(patterns) for number, patterns in enumerate(wanted.excluded)}
        sets = " INTERSECT ".join(_documents(f"term{number}") for number in range(len(wanted.terms)))
        sets += "".join(f" EXCEPT {_documents(f'not{number}')}" for number in range(len(wanted.excluded)))
        values["any"] = " | ".join(f"({_any_of(patterns)})" for patterns in wanted.terms)
        sql = (
            f"SELECT document AS id, -sum(ts_rank({_RANK}, words, CAST(:any AS tsquery))) AS rank "  # noqa: S608
            f"FROM search_chunks WHERE words @@ CAST(:any AS tsquery) AND document IN ({sets}) GROUP BY document"
        )
        return Matching(sql, values)


def _documents(name: str) -> str:
    return f"SELECT document FROM search_chunks WHERE words @@ CAST(:{name} AS tsquery)"  # noqa: S608


def _any_of(patterns: Iterable[Pattern]) -> str:
    return " | ".join(f"({' <-> '.join(_operands(pattern))})" for pattern in patterns)


def _operands(pattern: Pattern) -> Iterator[str]:
    last = len(pattern.stems) - 1
    for number, stem in enumerate(pattern.stems):
        yield f"{_quoted(stem)}:*" if pattern.is_beginning and number == last else _quoted(stem)


def _quoted(stem: str) -> str:
    doubled = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _chunks(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """The columns as tsvectors in PostgreSQL's own notation."""
    chunk = _Chunk()
    for column, stems in enumerate(columns):
        chunk.position += 1  # what ends a column is not followed by what begins the next
        for at, stem in enumerate(stems):
            if chunk.is_full(stem):
                yield chunk.words()
                chunk = _Chunk()
                for before in stems[max(0, at - MOST_WORDS) : at]:
                    chunk.add(before, column)
            chunk.add(stem, column)
    if chunk.positions:
        yield chunk.words()


class _Chunk:
    """A tsvector as it grows."""

    def __init__(self) -> None:
        self.positions: dict[str, list[str]] = {}
        self.position = 0
        self.size_bytes = 0

    def is_full(self, stem: str) -> bool:
        known = self.positions.get(stem)
        return (
            self.position >= MOST_POSITIONS
            or self.size_bytes >= MOST_BYTES
            or (known is not None and len(known) >= MOST_OF_A_WORD)
        )

    def add(self, stem: str, column: int) -> None:
        self.position += 1
        known = self.positions.get(stem)
        if known is None:
            self.positions[stem] = known = []
            self.size_bytes += 4 * len(stem) + 8
        known.append(f"{self.position}{_WEIGHTS[column]}")

    def words(self) -> str:
        return " ".join(f"{_quoted(stem)}:{','.join(places)}" for stem, places in self.positions.items())
