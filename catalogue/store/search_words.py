"""What is the same on both engines: a document as columns of stems, and what an engine has to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from catalogue.domain.searched_text import SearchedText
from catalogue.domain.words import words_of
from catalogue.stems import Pattern, stems_of


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to stand in a document: one pattern of each of `terms`, and none of those in `excluded`."""

    terms: tuple[tuple[Pattern, ...], ...]
    excluded: tuple[tuple[Pattern, ...], ...] = ()


@dataclass(frozen=True)
class Matching:
    """A part of a statement that gives `id` and `rank` (least first) of the documents wanted, with what it binds."""

    sql: str
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
