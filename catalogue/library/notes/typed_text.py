"""A value as somebody types it beside a key (`season=2`), ready to be written into a note as people write it there.

The reader of notes takes every scalar as text and types it by its key. So `2`, `yes` and a date are written as
they were typed, without quotation marks; a text is quoted where YAML would make something else of it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, get_args, get_type_hints

from catalogue.domain.episode import Episode
from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.edits import plain
from catalogue.library.notes.episode_note import NOTE_KEYS
from catalogue.library.notes.key_names import nearest_key
from catalogue.library.notes.note_values import Bare
from catalogue.library.notes.yaml_fields import NOTHING, read_yaml

_OPENINGS = ("[", "{")


def written_value(key: str, value: object, path: str) -> object:
    """Give a value as `edit_note` writes it best; a list or a table may be typed in brackets: `[nutrition, sleep]`.

    Raises ContentErrors for a key that notes do not have, and for brackets that nobody can read; they name the note
    `path`.
    """
    if key not in NOTE_KEYS:
        raise _unknown(key, path)
    if not isinstance(value, str):
        return value
    hint = hint_of(key)
    text = value.strip()
    if hint is not str and text.startswith(_OPENINGS):
        return plain(read_yaml(f"{key}: {text}", path=path, error=NotesError)[key])
    return value if hint is str or "\n" in value or text in NOTHING else Bare(text)


@cache
def hint_of(key: str) -> Any:
    """The type of the field behind a key; of an optional one, that which it has."""
    name, _, inner = NOTE_KEYS[key].partition(".")
    hint = _type_of(get_type_hints(Episode)[name])
    return _type_of(get_type_hints(hint)[inner]) if inner else hint


def _type_of(hint: Any) -> Any:
    kinds = [each for each in get_args(hint) if each is not type(None)]
    return kinds[0] if type(None) in get_args(hint) and kinds else hint


def _unknown(key: str, path: str) -> ContentErrors:
    near = nearest_key(key, NOTE_KEYS)
    template = "There is no key `{key}`. " + ("Did you mean `{nearest}`?" if near else "The keys are: {known}.")
    known = ", ".join(NOTE_KEYS)
    return ContentErrors((NotesError("unknown-key", template, path=path, key=key[:60], nearest=near, known=known),))
