"""What a note lists, as rows of a form: people, sources, places of help, filled and read in one way.

A row that nobody changed stays in the list as it is written; of one that was changed stays what has no field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

# A form without script has these empty rows to be filled in, beside those of what is there.
SPARE_ROWS = 2


@dataclass(frozen=True, kw_only=True)
class RowTexts:
    """A row of the form; `place` is where it stands in the note's list, None for a new one."""

    place: int | None = None

    @property
    def texts(self) -> dict[str, str]:
        """What stands in its fields, by the key that each is in the note."""
        return {name: getattr(self, name) for name in names_of(type(self))}

    @property
    def is_stated(self) -> bool:
        """Whether it says something, or did in the note."""
        return self.place is not None or any(self.texts.values())


@dataclass(frozen=True, kw_only=True)
class PersonTexts(RowTexts):
    """Somebody who is heard."""

    name: str = ""
    role: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceTexts(RowTexts):
    """What an episode rests on, or further reading."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class SupportTexts(RowTexts):
    """A place to turn to."""

    name: str = ""
    what: str = ""
    tel: str = ""
    hours: str = ""
    url: str = ""


ROWS: Mapping[str, type[RowTexts]] = {"people": PersonTexts, "sources": SourceTexts, "support": SupportTexts}
"""Key of the note → its rows. The first field of a row is what it is named by; a text alone in the note is that."""

# Key of the note → the one it was once, which is still read.
OLDER_NAMES = {"support": "help"}


def names_of(row: type[RowTexts]) -> tuple[str, ...]:
    """Name the fields of a row, the one it is named by first."""
    return tuple(field.name for field in fields(row) if field.name != "place")


def row_of(key: str, texts: Sequence[str], place: int | None) -> RowTexts:
    """Make a row of what stands in its fields, in their order; a line of each, without what browsers change."""
    kind = ROWS[key]
    return kind(**{name: " ".join(text.split()) for name, text in zip(names_of(kind), texts, strict=True)}, place=place)


def fill_rows(key: str, value: Any) -> tuple[RowTexts, ...]:
    """Fill the rows of a key from its value as it is typed; none where it is not stated."""
    return tuple(_filled(key, one, place) for place, one in enumerate(_as_list(value)))


def read_rows(key: str, stated: Sequence[RowTexts], old: Any) -> object | None:
    """Give the list anew, None where nothing is left of it; a row of the note whose name was emptied leaves."""
    known = _as_list(old)
    first, found = names_of(ROWS[key])[0], list[object]()
    for row in stated:
        before = known[row.place] if row.place is not None and row.place < len(known) else None
        if before is not None and row == _filled(key, before, row.place):
            found.append(before)
        elif row.texts[first] or (before is None and any(row.texts.values())):
            found.append(_written(row, before, first))
    return found or None


def _filled(key: str, one: Any, place: int | None) -> RowTexts:
    kind = ROWS[key]
    table = one if isinstance(one, dict) else {names_of(kind)[0]: one}
    texts = [text if isinstance(text := table.get(name), str) else "" for name in names_of(kind)]
    return row_of(key, texts, place)


def _written(row: RowTexts, before: Any, first: str) -> object:
    """A row as the note has it: a text alone where it says no more than its name."""
    table = {**(before if isinstance(before, dict) else {}), **row.texts}
    table = {name: value for name, value in table.items() if value}
    return table[first] if table.keys() == {first} else table


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
