"""The words of the search in SQLite: FTS5, which holds no text and is told what leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from catalogue.stems import Pattern
from catalogue.store.search_words import END_OF_COLUMN, WEIGHTS, Matching, Stemmed, Wanted, ranked, signed_stems

_ADD = "INSERT INTO search_words(rowid, stems) VALUES (?, ?)"
_REMOVE = "INSERT INTO search_words(search_words, rowid, stems) VALUES ('delete', ?, ?)"


class SqliteWords:
    """An Engine over FTS5."""

    # Columns beside min() are of the row that has it: SQLite, "Bare columns in an aggregate query".
    best = "SELECT id, rank, public_at, min(away) FROM seen GROUP BY item"

    def add(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        connection.exec_driver_sql(_ADD, [(one.number, _line(one)) for one in documents])

    def remove(self, connection: Connection, documents: Sequence[Stemmed]) -> None:
        connection.exec_driver_sql(_REMOVE, [(one.number, _line(one)) for one in documents])

    def clear(self, connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO search_words(search_words) VALUES ('delete-all')")

    def prepare(self, connection: Connection) -> None:
        """There is nothing to set."""

    def matching(self, wanted: Wanted) -> Matching:
        """Each term as a group of strings; no word reaches FTS5 outside of its quotes."""
        match = " AND ".join(map(_any_of, wanted.terms))
        if wanted.excluded:
            match = f"({match}) NOT ({' OR '.join(map(_any_of, wanted.excluded))})"
        values: dict[str, Any] = {"wanted": match}
        gains = []
        for number, term in enumerate(wanted.terms):
            for sign, weight in WEIGHTS:
                name = f"gain{number}_{ord(sign)}"
                values[name] = _any_of(term, sign)
                gains.append((weight, _those(name)))
        those = _those("wanted")
        return Matching(those=those, ranked=ranked(those, gains), values=values)


def _those(name: str) -> str:
    return f"SELECT rowid AS id FROM search_words WHERE search_words MATCH :{name}"  # noqa: S608


def _any_of(patterns: Iterable[Pattern], sign: str = "") -> str:
    """A group of phrases; or, for those that are signed, of the words of each wherever they stand."""
    strings = _signed if sign else _string
    return f"({' OR '.join(strings(pattern, sign) for pattern in patterns)})"


def _signed(pattern: Pattern, sign: str) -> str:
    *before, last = (Pattern((f"{sign}{stem}",)) for stem in pattern.stems)
    return f"({' AND '.join((*map(_string, before), _string(last._replace(is_beginning=pattern.is_beginning))))})"


def _string(pattern: Pattern, _sign: str = "") -> str:
    words = " ".join(pattern.stems).replace('"', "")
    return f'"{words}" *' if pattern.is_beginning else f'"{words}"'


def _line(one: Stemmed) -> str:
    columns = (" ".join((*column, END_OF_COLUMN)) for column in one.columns)
    return " ".join((*signed_stems(one.columns), END_OF_COLUMN, *columns))
