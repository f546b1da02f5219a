"""A note that others are made after: its keys and text, with what is known of the new episode laid over them."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.edits import edit_note
from catalogue.library.notes.front_matter import read_note

# What is one episode's alone.
NOT_SHARED = ("guid", "slug", "corrections", "enclosure")


def check_template(content: bytes, path: str) -> None:
    """Raise ContentErrors for a note that cannot be read, or that states what only one episode can have."""
    note = read_note(content, path)
    template = "A template cannot state `{key}`: every episode made after it would have the same. Take it out."
    errors = [
        NotesError("template-key", template, path=path, line=note.fields[key].line, key=key)
        for key in NOT_SHARED
        if key in note.fields
    ]
    if errors:
        raise ContentErrors(tuple(errors))


def fill_template(content: bytes, values: Mapping[str, object], body: str, path: str) -> bytes:
    """Give a note after a template: keys in `values` count for more than its own, and `body` comes before its text.

    Raises ContentErrors where only a person can change the template.
    """
    filled = edit_note(content, {key: value for key, value in values.items() if value is not None}, path)
    if not body.strip():
        return filled
    text = filled.decode("utf-8-sig")
    own = read_note(filled, path).body
    head = text[: len(text) - len(own)] if own and text.endswith(own) else text if not own else ""
    if not head:
        template = "Its text has line ends that cannot be joined with others. Save it with plain line feeds."
        raise ContentErrors((NotesError("template-lines", template, path=path, line=1),))
    return f"{head}{body.strip()}\n{chr(10) + own if own else ''}".encode()
