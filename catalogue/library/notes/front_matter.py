"""A note: front matter (YAML between `---`, TOML between `+++`), then show notes in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from catalogue.domain.markup import find_heavy_line
from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.fields import Field, Fields, clean_text, plain_lines, read_utf8
from catalogue.library.notes.toml_fields import read_toml
from catalogue.library.notes.yaml_fields import read_yaml

YAML_FENCE = "---"
TOML_FENCE = "+++"
_READERS: dict[str, Callable[..., dict[str, Field]]] = {YAML_FENCE: read_yaml, TOML_FENCE: read_toml}
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


@dataclass(frozen=True)
class Note:
    """A note as typed: `fields` by key, in their order; `body` is Markdown with plain line feeds."""

    path: str
    fields: Fields = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class NoteParts:
    """A note's text cut at its fences, line ends as they are; joined again they are the text.

    `fence` is `""` where there is no front matter; then everything is in `rest`. `rest` begins with the
    closing fence, `opening` is the line of the first.
    """

    fence: str
    opening: str
    front: str
    rest: str


def read_note(content: bytes, path: str) -> Note:
    """Read a note; without front matter everything is body.

    Raises ContentErrors with every NotesError found: not UTF-8, over 1 MiB, a fence that is not closed,
    broken YAML or TOML, duplicate keys, aliases, tags, more markup than is read in a second. What the values
    mean is decided later.
    """
    parts = split_note(read_utf8(content, path=path, error=NotesError), path)
    if not parts.fence:
        return Note(path, {}, _body(parts.rest, path, first_line=1))
    front = clean_text(plain_lines(parts.front))
    fields = _READERS[parts.fence](front, path=path, error=NotesError, first_line=2)
    body = plain_lines(parts.rest).partition("\n")[2]
    return Note(path, fields, _body(body, path, first_line=front.count("\n") + 3))


def find_lines(content: bytes, path: str) -> dict[str, int]:
    """Find the line of each key of a note's front matter and, under `""`, the first of its notes.

    Raises ContentErrors where the note cannot be read.
    """
    parts = split_note(read_utf8(content, path=path, error=NotesError), path)
    lines: dict[str, int] = {}
    front, body_line = clean_text(plain_lines(parts.front)), 1
    if parts.fence:
        fields = _READERS[parts.fence](front, path=path, error=NotesError, first_line=2)
        lines = {key: field.line for key, field in fields.items()}
        body_line = front.count("\n") + 3
    body = plain_lines(parts.rest).partition("\n")[2] if parts.fence else plain_lines(parts.rest)
    if body.strip():
        lines[""] = body_line + len(body) - len(body.lstrip("\n"))
    return lines


def split_note(text: str, path: str) -> NoteParts:
    """Cut a note at its fences; raises ContentErrors when the first is never closed."""
    lines = LINE.finditer(text)
    first = next(lines, None)
    fence = first[0].rstrip() if first else ""
    if first is None or fence not in _READERS:
        return NoteParts("", "", "", text)
    for line in lines:
        if line[0].rstrip() == fence:
            return NoteParts(fence, first[0], text[first.end() : line.start()], text[line.start() :])
    template = "The front matter is opened with {fence} and never closed. Write {fence} on the line after it."
    raise ContentErrors((NotesError("fence-open", template, path=path, line=1, fence=fence),))


def _body(text: str, path: str, *, first_line: int) -> str:
    body = clean_text(plain_lines(text))
    heavy = find_heavy_line(body)
    if heavy is not None:
        template = (
            "Up to this line its notes have more links, list entries and lines than can be shown."
            " Shorten them, or move what was said into a transcript."
        )
        raise ContentErrors((NotesError("notes-markup", template, path=path, line=first_line + heavy - 1),))
    return body.lstrip("\n")
