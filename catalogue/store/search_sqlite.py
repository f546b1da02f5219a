"""The words of the search in SQLite: FTS5, which holds no text and is told what leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from catalogue.stems import Pattern
from catalogue.store.search_words import Matching, Stemmed, Wanted

# How much a word counts in title, names and chapters, notes, transcript.
_RANK = "bm25(search_words, 10.0, 5.0, 2.0, 1.0)"
_ADD = "INSERT INTO search_words(rowid, title, named, notes, spoken) VALUES (?, ?, ?, ?, ?)"
_REMOVE = "INSERT INTO search_words(search_words, rowid, title, named, notes, spoken) VALUES ('delete', ?, ?, ?, ?, ?)"


class SqliteWords:
    """An Engine over FTS5."""

    # Columns beside min() are of the row that has it: SQLite, "Bare columns in an aggregate query".
    best = "SELECT id, rank, public_at, min(away) FROM seen GROUP BY item"

    def add(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        connection.exec_driver_sql(_ADD, [(one.number, *map(" ".join, one.columns)) for one in documents])

    def remove(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        connection.exec_driver_sql(_REMOVE, [(one.number, *map(" ".join, one.columns)) for one in documents])

    def clear(self, connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO search_words(search_words) VALUES ('delete-all')")

    def prepare(self, connection: Connection) -> None:
        """There is nothing to set."""

    def matching(self, wanted: Wanted) -> Matching:
        """Each term as a group of strings; no word reaches FTS5 outside of its quotes."""
        match = " AND ".join(map(_any_of, wanted.terms))
        if wanted.excluded:
            match = f"({match}) NOT ({' OR '.join(map(_any_of, wanted.excluded))})"
        sql = f"SELECT rowid AS id, {_RANK} AS rank FROM search_words WHERE search_words MATCH :match"  # noqa: S608
        return Matching(sql, {"match": match})


def _any_of(patterns: Iterable[Pattern]) -> str:
    return f"({' OR '.join(map(_string, patterns))})"


def _string(pattern: Pattern) -> str:
    words = " ".join(pattern.stems).replace('"', "")
    return f'"{words}" *' if pattern.is_beginning else f'"{words}"'
