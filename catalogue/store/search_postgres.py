"""The words of the search in PostgreSQL: the stems of a document as a line, and a tsvector of them in the index alone.

A tsvector with positions takes more room than the text, keeps 255 of a word, and is opened for each row that is asked
for a phrase or its rank. So ours has none: a phrase is looked for in the line, of documents that have all its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from catalogue.domain.search import MOST_WORDS
from catalogue.stems import Pattern
from catalogue.store.search_words import END_OF_COLUMN, WEIGHTS, Matching, Stemmed, Wanted, ranked, signed_stems

# A tsvector holds 1 MB of words, signs among them (PostgreSQL 15, 12.11: limitations), so a very long text lies in
# several rows; each begins with the last words of the one before, so that no phrase falls between two: a query has
# fewer words than that.
MOST_BYTES = 300_000
# What the index is made of, to the letter.
_WORDS = "array_to_tsvector(string_to_array(stems, ' '))"
_ADD = text("INSERT INTO search_chunks(document, number, stems) VALUES (:document, :number, :stems)")
_REMOVE = text("DELETE FROM search_chunks WHERE document = ANY(:documents)")


class PostgresWords:
    """An Engine over tsvector and GIN."""

    best = "SELECT DISTINCT ON (item) id, rank, public_at FROM seen ORDER BY item, away, id"

    def add(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        rows: list[dict[str, Any]] = [
            {"document": one.number, "number": number, "stems": stems}
            for one in documents
            for number, stems in enumerate(_lines(one.columns))
        ]
        if rows:
            connection.execute(_ADD, rows)

    def remove(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        connection.execute(_REMOVE, {"documents": [one.number for one in documents]})

    def clear(self, connection: Connection) -> None:
        connection.execute(text("DELETE FROM search_chunks"))

    def prepare(self, connection: Connection) -> None:
        """Compiling a query would take longer than the query; and a row that is looked at must have its words cut."""
        connection.execute(text("SET LOCAL jit = off"))
        connection.execute(text("SET LOCAL enable_seqscan = off"))

    def matching(self, wanted: Wanted) -> Matching:
        """Each term on its own, as its words may lie in another row than those of the next."""
        values: dict[str, Any] = {}
        terms = (_documents(f"term{number}", term, values) for number, term in enumerate(wanted.terms))
        excluded = (_documents(f"not{number}", term, values) for number, term in enumerate(wanted.excluded))
        sets = " INTERSECT ".join(terms) + "".join(f" EXCEPT {one}" for one in excluded)
        gains = []
        for number, term in enumerate(wanted.terms):
            for sign, weight in WEIGHTS:
                those = _those(f"gain{number}_{ord(sign)}", _any_of(term, sign), values)
                gains.append((weight, f"SELECT document AS id {those}"))
        return Matching(those=sets, ranked=ranked(sets, gains), values=values)


def _documents(name: str, patterns: Sequence[Pattern], values: dict[str, Any]) -> str:
    """The documents that have any of the patterns; phrases one by one, so that no words are cut but in the index."""
    single = [pattern for pattern in patterns if len(pattern.stems) == 1]
    parts = [f"SELECT document AS id {_those(name, _any_of(single), values)}"] if single else []
    for number, pattern in enumerate(one for one in patterns if len(one.stems) > 1):
        line = f"{name}_{number}_line"
        values[line] = f" {' '.join(pattern.stems)}{'' if pattern.is_beginning else ' '}"
        those = _those(f"{name}_{number}", _any_of([pattern]), values)
        parts.append(f"SELECT document AS id {those} AND strpos(' ' || stems || ' ', :{line}) > 0")
    return f"({' UNION '.join(parts)})"


def _those(name: str, query: str, values: dict[str, Any]) -> str:
    """The rows that a tsquery finds, which is bound to a name."""
    values[name] = query
    return f"FROM search_chunks WHERE {_WORDS} @@ CAST(:{name} AS tsquery)"


def _any_of(patterns: Iterable[Pattern], sign: str = "") -> str:
    """The patterns as a tsquery; each word with a sign before it."""
    return " | ".join(f"({' & '.join(_operands(pattern, sign))})" for pattern in patterns)


def _operands(pattern: Pattern, sign: str) -> Iterator[str]:
    last = len(pattern.stems) - 1
    for number, stem in enumerate(pattern.stems):
        quoted = _quoted(f"{sign}{stem}")
        yield f"{quoted}:*" if pattern.is_beginning and number == last else quoted


def _quoted(stem: str) -> str:
    doubled = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _lines(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """The stems of all columns with single spaces between, cut where a row is full; the first has the signs, too."""
    line, size_bytes = list(signed_stems(columns)), 0
    for column in columns:
        line.append(END_OF_COLUMN)
        for at, stem in enumerate(column):
            size_bytes += (len(stem) if stem.isascii() else 4 * len(stem)) + 1
            if size_bytes > MOST_BYTES:
                yield " ".join(line)
                line, size_bytes = list(column[max(0, at - MOST_WORDS) : at]), 0
            line.append(stem)
    yield " ".join(line)
