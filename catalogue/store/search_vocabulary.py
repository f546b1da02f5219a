"""The words there are, for whoever mistyped one: how often each is met, and those that look like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from catalogue.domain.words import fold
from catalogue.stems import MOST_KEPT
from catalogue.store.search_tables import SEARCH_VOCABULARY

# Shorter words look like too many others; longer ones nobody mistypes twice in the same way.
SHORTEST, LONGEST = 4, 30
# So many that begin alike are looked at, the most frequent first.
MOST_ALIKE = 4_000
_BATCH = 20_000
_UPSERT = (
    "INSERT INTO search_vocabulary(word, initial, length, number, shown) {rows} "
    "ON CONFLICT (word) DO UPDATE SET number = search_vocabulary.number + excluded.number"
)
# In one array a column each, as a statement for each of 60,000 words takes seconds.
_POSTGRES = text(
    _UPSERT.format(
        rows="SELECT * FROM unnest(CAST(:word AS text[]), CAST(:initial AS text[]), CAST(:length AS int[]), "
        "CAST(:number AS int[]), CAST(:shown AS text[]))"
    )
)
_SQLITE = _UPSERT.format(rows="VALUES (?, ?, ?, ?, ?)")


class _Keys(dict[str, str]):
    """Words as written → as the vocabulary has them; empty: it does not."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        folded = fold(word) if word.isalpha() else ""
        key = self[word] = folded if SHORTEST <= len(folded) <= LONGEST else ""
        return key


_KEYS = _Keys()


class KnownWord(NamedTuple):
    """A word as the vocabulary has it: folded, as written, and in how many documents."""

    word: str
    shown: str
    number: int


def vocabulary_words(columns: Iterable[Iterable[str]]) -> dict[str, str]:
    """Those words of a document that may be offered, folded, with one way in which each is written."""
    found = {_KEYS[word]: word for word in set().union(*columns)}
    found.pop("", None)
    return found


def change_vocabulary(connection: Connection, numbers: Mapping[str, int], shown: Mapping[str, str]) -> None:
    """Count words that came (and, below 0, words that left) within a writing transaction."""
    rows = [
        (word, word[0], len(word), number, shown.get(word, word).lower()) for word, number in numbers.items() if number
    ]
    rows.sort()  # whoever writes the same words at the same time does so in the same order
    is_postgres = connection.dialect.name == "postgresql"
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        if is_postgres:
            columns = ("word", "initial", "length", "number", "shown")
            connection.execute(_POSTGRES, dict(zip(columns, map(list, zip(*batch, strict=True)), strict=True)))
        else:
            connection.exec_driver_sql(_SQLITE, batch)


def known_word(connection: Connection, word: str) -> KnownWord | None:
    """A folded word, if any document has it."""
    table = SEARCH_VOCABULARY.c
    columns = select(table.word, table.shown, table.number).where(table.word == word, table.number > 0)
    row = connection.execute(columns).one_or_none()
    return None if row is None else KnownWord(*row)


def words_like(connection: Connection, word: str, *, distance: int) -> Iterator[KnownWord]:
    """Words that begin with the first or second letter of this one and are about as long, the most frequent first."""
    table = SEARCH_VOCABULARY.c
    columns = select(table.word, table.shown, table.number).where(
        table.initial.in_(sorted(set(word[:2]))),
        table.length.between(len(word) - distance, len(word) + distance),
        table.number > 0,
    )
    for row in connection.execute(columns.order_by(table.number.desc()).limit(MOST_ALIKE)):
        yield KnownWord(*row)
