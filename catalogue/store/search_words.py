"""What is the same on both engines: a document as stems, how much each counts, and what an engine has to do with them.

What counts for the rank are words with a sign before them, which are asked for like any other: to count words and
weigh columns while thousands of rows are looked through takes either engine several times as long as finding them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from catalogue.domain.searched_text import SearchedText
from catalogue.domain.words import words_of
from catalogue.stems import Pattern, stems_of

# What ends a column is not followed by what begins the next. No word has this sign, nor those below.
END_OF_COLUMN = "\ue00f"
# How much a word counts that stands in title, names and chapters, notes.
_NAMED_IN = (("\ue000", 10.0), ("\ue001", 5.0), ("\ue002", 2.0))
# How much more it counts where it stands so often.
_OFTEN = (("\ue003", 3, 0.5), ("\ue004", 9, 0.5))
WEIGHTS = (*_NAMED_IN, *((sign, weight) for sign, _, weight in _OFTEN))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to stand in a document: one pattern of each of `terms`, and none of those in `excluded`."""

    terms: tuple[tuple[Pattern, ...], ...]
    excluded: tuple[tuple[Pattern, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matching:
    """SELECTs of the documents wanted, and what they bind: `those` gives `id`, `ranked` also `rank`, least first."""

    those: str
    ranked: str
    values: dict[str, Any]


class Stemmed(NamedTuple):
    """A document's number and the stems of its columns."""

    number: int
    columns: Sequence[Sequence[str]]


class Engine(Protocol):
    """Where the words lie. `add` and `remove` are given the same columns; `matching` is a SELECT."""

    def add(self, connection: Connection, documents: Sequence[Stemmed]) -> None: ...

    def remove(self, connection: Connection, documents: Sequence[Stemmed]) -> None: ...

    def clear(self, connection: Connection) -> None: ...

    def prepare(self, connection: Connection) -> None: ...

    def matching(self, wanted: Wanted) -> Matching: ...

    @property
    def best(self) -> str:
        """A SELECT of `id`, `rank` and `public_at`: of each `item` in `seen` the document that is least `away`."""
        ...


def word_columns(text: SearchedText) -> list[list[str]]:
    """The words of each column, in the order of the text."""
    return [words_of(column) for column in text.columns()]


def stem_columns(columns: Sequence[Sequence[str]], language: str) -> list[list[str]]:
    """Their stems."""
    stems = stems_of(language)
    return [[stems[word] for word in column] for column in columns]


def signed_stems(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each stem once for every column it is named in, and for how often it stands in all, with its sign.

    >>> list(signed_stems([["pain"], ["ann"], [], ["pain", "pain", "bone"]]))
    ['\ue000pain', '\ue001ann', '\ue003pain']
    """
    for (sign, _), column in zip(_NAMED_IN, columns, strict=False):
        yield from (f"{sign}{stem}" for stem in dict.fromkeys(column))
    counted = Counter(chain.from_iterable(columns))
    for sign, least, _ in _OFTEN:
        yield from (f"{sign}{stem}" for stem, number in counted.items() if number >= least)


def ranked(those: str, gains: Iterable[tuple[float, str]]) -> str:
    """A SELECT of `id` and `rank` of the documents of a SELECT: what each gains is in SELECTs with their weights."""
    rows = " UNION ALL ".join(f"SELECT id, {weight} AS weight FROM ({one}) AS found" for weight, one in gains)  # noqa: S608
    return (
        f"WITH gained AS MATERIALIZED (SELECT id, sum(weight) AS weight FROM ({rows}) AS gains GROUP BY id) "  # noqa: S608
        f"SELECT wanted.id, -coalesce(weight, 0) AS rank "
        f"FROM ({those}) AS wanted LEFT JOIN gained ON gained.id = wanted.id"
    )
