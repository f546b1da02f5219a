"""Judge a note before it is written, with the readers that the index has: every fault at once, with line and key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.errors import ContentError, ContentErrors
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import Note, find_lines, read_note

_KEY = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, kw_only=True)
class NoteFault:
    """A fault of a note beside the field it concerns.

    `key` is that of the front matter, `""` the notes below it, None where nobody can say (a fence never closed).
    `line` counts from 1 in the whole file.
    """

    key: str | None
    line: int | None
    error: ContentError


def check_note(content: bytes, path: str, *, timezone: str) -> Note:
    """Read a note as the index would; raises ContentErrors with everything that is wrong in it.

    `timezone` is the show's, for times that name none.
    """
    note = read_note(content, path)
    read_episode_note(note, timezone=timezone)
    return note


def faults_of(errors: ContentErrors, content: bytes, path: str) -> tuple[NoteFault, ...]:
    """Say of each fault of a note in which key it lies, in the order of their lines."""
    try:
        lines = find_lines(content, path)
    except ContentErrors:  # nobody can tell where its keys stand: then what the error itself names must do
        lines = {}
    return tuple(NoteFault(key=_key_of(one, lines), line=one.line, error=one) for one in errors.errors)


def _key_of(error: ContentError, lines: dict[str, int]) -> str | None:
    quoted = _KEY.match(str(error.params.get("what", "")))
    key = quoted[1] if quoted else str(error.params.get("key", ""))
    if key and (key in lines or not lines):
        return key
    before = [(line, key) for key, line in lines.items() if error.line is not None and line <= error.line]
    return max(before)[1] if before else None
