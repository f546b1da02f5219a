"""The form of an episode as a browser sends it, and as a page shows it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from catalogue.actions.note_form import FIELDS, NOTES, NoteTexts
from catalogue.actions.note_rows import ROWS, SPARE_ROWS, RowTexts, names_of, row_of
from web.studio.faults import Told
from web.studio.row_names import BEGINNINGS

# More people and sources than anybody named, and no more work than that for who sends more.
MOST_ROWS = 100
_DAY, _TIME = re.compile(r"(\d{4}-\d{2}-\d{2})?", re.ASCII), re.compile(r"(\d{2}:\d{2}(:\d{2})?)?", re.ASCII)
_NAMES = (*(name for one in FIELDS for name in one.names), NOTES)


@dataclass(frozen=True, kw_only=True)
class Form:
    """What the page shows: texts, lists with some empty rows, faults, and what `theirs` says where that differs."""

    texts: NoteTexts
    version: str
    base: str
    """Digests of what each field was filled with, so that it can be told which of them somebody changed."""
    faults: tuple[Told, ...] = ()
    theirs: Mapping[str, str] = field(default_factory=dict)
    their_rows: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_day(self) -> bool:
        """Whether a field for days can show its day: such fields show nothing of what is none."""
        return _DAY.fullmatch(self.texts["published"]) is not None

    @property
    def has_time(self) -> bool:
        """The same of its time."""
        return _TIME.fullmatch(self.texts["published_time"]) is not None

    def place_name(self, key: str) -> str:
        """The name of the hidden field that says where a row stands in the note."""
        return f"{BEGINNINGS[key]}_place"

    def rows(self, key: str) -> tuple[RowTexts, ...]:
        """All that the note lists under a key, and room for more."""
        return (*self.texts.rows.get(key, ()), *(ROWS[key]() for _ in range(SPARE_ROWS)))


def read_form(sent: MultiDict[str, str]) -> NoteTexts:
    """Read what a browser sent; a field that was not on its page is not there."""
    texts = {name: sent[name] for name in _NAMES if name in sent}
    asked = (key for key, beginning in BEGINNINGS.items() if f"{beginning}_place" in sent)
    return NoteTexts(fields=texts, rows={key: _rows(sent, key) for key in asked})


def _rows(sent: MultiDict[str, str], key: str) -> tuple[RowTexts, ...]:
    names = (f"{BEGINNINGS[key]}_{name}" for name in (*names_of(ROWS[key]), "place"))
    lines = zip(*(sent.getlist(name) for name in names), strict=False)
    found = (row_of(key, texts, _place(place)) for (*texts, place), _ in zip(lines, range(MOST_ROWS), strict=False))
    return tuple(row for row in found if row.is_stated)


def form_of(texts: NoteTexts, *, version: str, faults: tuple[Told, ...] = ()) -> Form:
    """The form of a note as it stands."""
    return Form(texts=texts, version=version, base=_base(texts), faults=faults)


def compared(mine: NoteTexts, theirs: NoteTexts, *, version: str, base: str) -> Form:
    """The form of a note that somebody else changed meanwhile; `base` are the digests that came with mine.

    A field that was not touched is theirs; one that was has what was typed, and theirs beside it where that is
    another. It carries the version of today: to save it is to have seen both.
    """
    known = dict(one.split(":", 1) for one in base.split() if ":" in one)
    typed = {name for name in mine.fields if known.get(name) != _digest(mine[name])}
    fields = {**theirs.fields, **{name: mine[name] for name in typed}}
    other = {name: theirs[name] for name in typed if _plain(mine[name]) != _plain(theirs[name])}
    changed = {key: rows for key, rows in mine.rows.items() if known.get(key) != _digest(_said(rows))}
    moved = {key for key in changed if known.get(key) != _digest(_said(theirs.rows.get(key, ())))}
    changed |= {key: _placed(key, changed[key], theirs.rows.get(key, ())) for key in moved}
    their_rows = {key: _said(theirs.rows.get(key, ())) for key in changed}
    return Form(
        texts=NoteTexts(fields=fields, rows={**theirs.rows, **changed}),
        version=version,
        base=_base(theirs),
        theirs=other,
        their_rows={key: said for key, said in their_rows.items() if said != _said(changed[key])},
    )


def _placed(key: str, mine: tuple[RowTexts, ...], theirs: tuple[RowTexts, ...]) -> tuple[RowTexts, ...]:
    """My rows on the places that theirs have now, by name: what has no field is never given to somebody else."""
    first = names_of(ROWS[key])[0]
    places = {row.texts[first]: row.place for row in theirs}
    stated = (row for row in mine if row.texts[first] or row.place is None)
    return tuple(replace(row, place=places.get(row.texts[first])) for row in stated)


def _base(texts: NoteTexts) -> str:
    told = {**texts.fields, **{key: _said(rows) for key, rows in texts.rows.items()}}
    return " ".join(f"{name}:{_digest(text)}" for name, text in told.items())


def _digest(text: str) -> str:
    return hashlib.sha256(_plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(rows: tuple[RowTexts, ...]) -> str:
    """What rows say, on one line each; one that was emptied says nothing."""
    lines = ((text for text in row.texts.values() if text) for row in rows)
    return "\n".join(line for line in map(" · ".join, lines) if line)


def _place(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
