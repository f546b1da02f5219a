"""Change a note as a program does: keys and text at once, or the whole, over the version that it has seen.

What lets an episode out, or makes it another, is more than writing: who may not publish changes none of these keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogue.actions.index import Wishes
from catalogue.actions.note_editing import OpenNote, Saved, save_note, with_keys
from catalogue.actions.open import Place
from catalogue.errors import Forbidden
from catalogue.library.notes.body_edits import replace_body
from catalogue.library.notes.edits import plain
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.typed_text import written_value

PUBLISHING_KEYS = ("draft", "published", "audience", "guid", "slug", "enclosure")


@dataclass(frozen=True, kw_only=True)
class NotePatch:
    """What is to be another: `keys` of the front matter (None takes one away), `text` the notes below (None: as is)."""

    keys: Mapping[str, object]
    text: str | None = None


def patched(note: OpenNote, patch: NotePatch) -> bytes:
    """The note with a patch; raises ContentErrors where a value is none, or only a person can edit the note."""
    content = note.content if note.version else b""
    check_keys(patch.keys, note.path)
    if patch.keys:
        content = with_keys(note, {key: written(value) for key, value in patch.keys.items()})
    return content if patch.text is None else replace_body(content, patch.text, note.path)


def check_keys(keys: Iterable[str], path: str) -> None:
    """Raise ContentErrors for a key that notes do not have, be it only to be taken away."""
    for key in keys:
        written_value(key, "", path)


def write_note(
    place: Place, note: OpenNote, content: bytes, *, may_publish: bool, wishes: Wishes | None = None
) -> Saved:
    """Write a whole note over the one that was opened, and index it.

    Raises Forbidden where it changes what is not for who asks, and all that `save_note` raises.
    """
    if not may_publish:
        _check_keys(note, content)
    name = note.path if note.version or note.guid is None else f"{note.show.guid}/{note.guid}"
    return save_note(place, name, content, expected=note.version, wishes=wishes)


def written(value: object) -> object | None:
    """A value of JSON as somebody writes it in a note; None: the key goes.

    >>> written({"name": "Ana", "since": 2021, "guest": True, "left": None}), written(2.5), written(None)
    ({'name': 'Ana', 'since': '2021', 'guest': 'yes'}, '2.5', None)
    """
    if isinstance(value, dict):
        return {str(key): written(one) for key, one in value.items() if one is not None}
    if isinstance(value, (list, tuple)):
        return [written(one) for one in value if one is not None]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if value is None else str(value)


def _check_keys(note: OpenNote, content: bytes) -> None:
    before = read_note(note.content if note.version else b"", note.path).fields
    after = read_note(content, note.path).fields
    for key in PUBLISHING_KEYS:
        old, new = (plain(fields[key]) if key in fields else None for fields in (before, after))
        if old != new:
            raise Forbidden("no-publishing", "Only who may publish this episode changes `{key}` of it.", key=key)
