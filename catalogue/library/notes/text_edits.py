"""A single text in a note or a show file changed where it stands, all else kept to the byte.

Unlike `edits.py`, which writes a key's lines anew, this keeps comments within a list or table too, and works in TOML:
the old text is looked for, replaced where that changes the value that is meant, and the whole is read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.errors import ContentError, ContentErrors, NotesError, ShowFileError
from catalogue.library.notes.edits import plain
from catalogue.library.notes.fields import Field, plain_lines, read_utf8
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.toml_fields import read_toml

# Of a text that stands in a hundred places nobody knows which is meant.
MOST_PLACES = 100
_WORD = r"[\w./+-]"


@dataclass(frozen=True, kw_only=True)
class TextChange:
    """Under the top-level `key` the text `old` becomes `new`; with `inner`, only where that key of a table has it."""

    key: str
    old: str
    new: str
    inner: str | None = None


def change_show_text(content: bytes, change: TextChange, path: str) -> bytes:
    """Change a text of a `show.toml`; raises ContentErrors where only a person can do it without harm."""
    return _changed(content, change, show_values, path, error=ShowFileError)


def change_note_text(content: bytes, change: TextChange, path: str) -> bytes:
    """Change a text in a note's front matter; raises ContentErrors where only a person can do it without harm."""
    return _changed(content, change, note_values, path, error=NotesError)


def replaced(value: Any, change: TextChange) -> Any:
    """A plain value with the change made; as it was where there is nothing to change.

    >>> replaced(["Health", "Arts"], TextChange(key="categories", old="Health", new="Health & Fitness"))
    ['Health & Fitness', 'Arts']
    >>> replaced({"length": "1", "type": "1"}, TextChange(key="enclosure", inner="length", old="1", new="2"))
    {'length': '2', 'type': '1'}
    """
    if isinstance(value, list):
        return [replaced(one, change) for one in value]
    if isinstance(value, dict):
        is_free = change.inner is None
        return {
            key: replaced(one, change) if is_free or key == change.inner or not isinstance(one, str) else one
            for key, one in value.items()
        }
    return change.new if value == change.old else value


def _changed(
    content: bytes,
    change: TextChange,
    read: Callable[[bytes, str], Mapping[str, Any]],
    path: str,
    *,
    error: type[ContentError],
) -> bytes:
    before = read(content, path)
    value = before.get(change.key)
    expected = {**before, change.key: replaced(value, change)}
    if expected == before:
        return content
    old, new = change.old.encode(), change.new.encode()
    pattern = re.compile(rb"(?<!%s)%s(?!%s)" % (_WORD.encode(), re.escape(old), _WORD.encode()))
    position = 0
    for _ in range(MOST_PLACES):
        found = pattern.search(content, position)
        if found is None:
            break
        edited = content[: found.start()] + new + content[found.end() :]
        after = _read_or_none(read, edited, path)
        if after == expected:
            return edited
        is_nearer = after is not None and _distance(after, expected) < _distance(read(content, path), expected)
        content, position = (edited, found.start() + len(new)) if is_nearer else (content, found.end())
    template = "`{key}` is written in a way that cannot be changed safely: {old} should be {new}. Edit it by hand."
    raise ContentErrors((error("edit-unsafe", template, path=path, key=change.key, old=change.old, new=change.new),))


def _read_or_none(
    read: Callable[[bytes, str], Mapping[str, Any]], content: bytes, path: str
) -> Mapping[str, Any] | None:
    """What an edited file says; None where the edit broke it."""
    try:
        return read(content, path)
    except ContentErrors:
        return None


def _distance(value: Any, expected: Any) -> int:
    """In how many places a value is not as it should be."""
    if isinstance(value, Mapping) and isinstance(expected, Mapping) and value.keys() == expected.keys():
        return sum(_distance(value[key], expected[key]) for key in value)
    if isinstance(value, list) and isinstance(expected, list) and len(value) == len(expected):
        return sum(map(_distance, value, expected))
    return int(value != expected)


def show_values(content: bytes, path: str) -> Mapping[str, Any]:
    """Give the plain values of a `show.toml`, as typed; raises ContentErrors."""
    text = plain_lines(read_utf8(content, path=path, error=ShowFileError))
    return _plain_fields(read_toml(text, path=path, error=ShowFileError))


def note_values(content: bytes, path: str) -> Mapping[str, Any]:
    """Give the plain values of a note's front matter, as typed, and its text under `""`; raises ContentErrors."""
    note = read_note(content, path)
    return {**_plain_fields(note.fields), "": note.body}


def _plain_fields(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {key: plain(field) for key, field in fields.items()}
