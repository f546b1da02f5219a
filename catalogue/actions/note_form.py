"""A note as a form shows it: plain texts by field, and back into keys of the front matter.

What a form does not know stays as it stands in the file, and so does what nobody changed in the form: a key is written
anew only where its text is another than the one that the form was filled with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.actions.note_rows import OLDER_NAMES, ROWS, RowTexts, fill_rows, read_rows
from catalogue.errors import CatalogueError
from catalogue.library.notes.edits import plain
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.moments import read_moment

Texts = Mapping[str, str]
"""What stands in the fields of a form, by their names."""

NOTES = "notes"
_NUMBER = re.compile(r"#?[0-9]{1,9}(\.[0-9]{1,3})?")
_TIME = re.compile(r"[0-9]+:[0-9]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, kw_only=True)
class FormField:
    """Some fields of the form and the one key of the note that they are.

    `fill` gives the texts of a value as typed (None: not stated), or None for one that no field can show. `read` gives
    the value of the texts, None where they are empty; it is given the old one, of which it keeps what has no field.
    """

    key: str
    names: tuple[str, ...]
    fill: Callable[[Any, str], tuple[str, ...] | None]
    read: Callable[[tuple[str, ...], Any], object | None]


@dataclass(frozen=True, kw_only=True)
class NoteTexts:
    """All that a form says of a note."""

    fields: Texts
    rows: Mapping[str, tuple[RowTexts, ...]] = field(default_factory=dict)
    """What the note lists, by its key; a key that is not there was not on the form."""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def fill_form(note: Note | None, *, timezone: str) -> NoteTexts:
    """Fill the form from a note (None: there is none yet); times are shown in the show's zone."""
    values = {key: plain(field) for key, field in note.fields.items()} if note else {}
    texts: dict[str, str] = {}
    for one in FIELDS:
        texts |= zip(one.names, one.fill(values.get(one.key), timezone) or (), strict=False)
    texts[NOTES] = note.body.strip("\n") if note else ""
    return NoteTexts(fields=texts, rows=_filled_rows(values))


def _filled_rows(values: Mapping[str, Any]) -> dict[str, tuple[RowTexts, ...]]:
    """The rows of each key; none of one that the note says by its older name."""
    return {key: fill_rows(key, values.get(key)) for key in ROWS if OLDER_NAMES.get(key) not in values}


def changes_of(sent: NoteTexts, note: Note | None, *, timezone: str) -> dict[str, object | None]:
    """Give the keys that a form which was sent changes in a note, None for one that it takes away; without the text.

    A field that was not on the form changes nothing.
    """
    known = fill_form(note, timezone=timezone)
    values = {key: plain(field) for key, field in note.fields.items()} if note else {}
    changes: dict[str, object | None] = {}
    asked = (one for one in FIELDS if all(name in sent.fields for name in one.names))
    for one in asked:
        texts = tuple(_even(sent[name]) for name in one.names)
        if texts != tuple(_even(known[name]) for name in one.names):
            changes[one.key] = one.read(texts, values.get(one.key))
    for key, rows in sent.rows.items():
        stated = tuple(row for row in rows if row.is_stated)
        if stated != known.rows.get(key, ()):
            changes[key] = read_rows(key, stated, values.get(key))
    return {key: value for key, value in changes.items() if value is not None or key in values}


def changes_text(sent: NoteTexts, note: Note | None) -> bool:
    """Whether the notes themselves are others than those of the file."""
    return NOTES in sent.fields and _even(sent[NOTES]) != _even(note.body if note else "")


def _even(text: str) -> str:
    """A text without what browsers change: their line ends, blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _one(value: Any, _timezone: str) -> tuple[str, ...]:
    """The text of a value; what is no text is left to the file alone."""
    return (value if isinstance(value, str) else "",)


def _only_text(value: Any, timezone: str) -> tuple[str, ...] | None:
    """The text of a value; a table or a list, which says more, has no field."""
    return _one(value, timezone) if value is None or isinstance(value, str) else None


def _text(texts: tuple[str, ...], _old: Any) -> object | None:
    return texts[0] or None


def _number(texts: tuple[str, ...], _old: Any) -> object | None:
    """A number without quotation marks; what is none stays as typed, for the reader of notes to refuse."""
    try:
        return Decimal(texts[0].removeprefix("#")) if _NUMBER.fullmatch(texts[0]) else texts[0] or None
    except InvalidOperation:
        return texts[0]


def _yes_no(texts: tuple[str, ...], _old: Any) -> object | None:
    return {"yes": True, "no": False}.get(texts[0], texts[0] or None)


def _fill_choice(value: Any, _timezone: str) -> tuple[str, ...]:
    return (str(value).strip().lower() if isinstance(value, str) else "",)


def _fill_audience(value: Any, timezone: str) -> tuple[str, ...]:
    """Nothing for everybody, whether the note says so or not."""
    (text,) = _fill_choice(value, timezone)
    return ("" if text == "public" else text,)


def _fill_yes_no(value: Any, timezone: str) -> tuple[str, ...]:
    (text,) = _fill_choice(value, timezone)
    return ({"true": "yes", "false": "no"}.get(text, text),)


def _day(texts: tuple[str, ...], _old: Any) -> object | None:
    return _as_day(texts[0]) if _DAY.fullmatch(texts[0]) else texts[0] or None


def _as_day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:  # told by who reads the note
        return text


def _fill_moment(value: Any, timezone: str) -> tuple[str, ...]:
    """Day and time in the show's zone, as fields for days and times want them; what cannot be read, as the day."""
    if not isinstance(value, str) or not value.strip():
        return "", ""
    try:
        moment = read_moment(value, timezone).astimezone(ZoneInfo(timezone))
    except CatalogueError:
        return value, ""
    return f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}".removesuffix(":00")


def _moment(texts: tuple[str, ...], _old: Any) -> object | None:
    day, time = texts
    return _day((day,), None) if not time else f"{day} {time}".strip()


def _fill_season(value: Any, _timezone: str) -> tuple[str, ...]:
    if isinstance(value, dict):
        return str(value.get("number") or ""), str(value.get("name") or "")
    return (value if isinstance(value, str) else ""), ""


def _season(texts: tuple[str, ...], old: Any) -> object | None:
    number, name = _number((texts[0],), None), texts[1]
    if not name:
        return number
    kept = old if isinstance(old, dict) else {}
    return {**kept, "number": number or "", "name": name}


def _fill_list(value: Any, _timezone: str) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value] if value else []
    return (", ".join(one for one in found if isinstance(one, str)),)


def _list(texts: tuple[str, ...], _old: Any) -> object | None:
    return [part.strip() for part in re.split(r"[,\n]", texts[0]) if part.strip()] or None


def _fill_chapters(value: Any, _timezone: str) -> tuple[str, ...] | None:
    """A line each, as they are typed; tables with more in them than a time and a title have no field."""
    found = value.split("\n") if isinstance(value, str) else _as_list(value)
    lines = [_chapter_line(one) for one in found]
    return None if None in lines else ("\n".join(line for line in lines if line),)


def _chapter_line(one: Any) -> str | None:
    if isinstance(one, dict) and one.keys() == {"start", "title"}:
        return f"{one['start']} {one['title']}"
    if isinstance(one, dict) and len(one) == 1:  # YAML took a colon in the title for its own
        ((key, rest),) = one.items()
        return f"{key}: {rest}" if _TIME.match(key) else None
    return one.strip() if isinstance(one, str) else None


def _lines(texts: tuple[str, ...], _old: Any) -> object | None:
    return [line.strip() for line in texts[0].split("\n") if line.strip()] or None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


FIELDS: tuple[FormField, ...] = (
    FormField(key="title", names=("title",), fill=_one, read=_text),
    FormField(key="number", names=("number",), fill=_one, read=_number),
    FormField(key="season", names=("season", "season_name"), fill=_fill_season, read=_season),
    FormField(key="type", names=("type",), fill=_fill_choice, read=_text),
    FormField(key="published", names=("published", "published_time"), fill=_fill_moment, read=_moment),
    FormField(key="audience", names=("audience",), fill=_fill_audience, read=_text),
    FormField(key="explicit", names=("explicit",), fill=_fill_yes_no, read=_yes_no),
    FormField(key="summary", names=("summary",), fill=_one, read=_text),
    FormField(key="tags", names=("tags",), fill=_fill_list, read=_list),
    FormField(key="chapters", names=("chapters",), fill=_fill_chapters, read=_lines),
    FormField(key="content_warning", names=("content_warning",), fill=_one, read=_text),
    FormField(key="artwork_alt", names=("artwork_alt",), fill=_one, read=_text),
    FormField(key="link", names=("page",), fill=_one, read=_text),
    FormField(key="author", names=("author",), fill=_one, read=_text),
    FormField(key="language", names=("language",), fill=_one, read=_text),
    FormField(key="license", names=("license",), fill=_only_text, read=_text),
    FormField(key="location", names=("location",), fill=_only_text, read=_text),
    FormField(key="reviewed", names=("reviewed",), fill=_one, read=_day),
    FormField(key="next_review", names=("next_review",), fill=_one, read=_day),
    FormField(key="reviewed_by", names=("reviewed_by",), fill=_one, read=_text),
)
FIELD_OF_KEY = {one.key: one.names[0] for one in FIELDS} | {key: key for key in ROWS} | {"": NOTES}
"""Where a fault of a key is told."""
