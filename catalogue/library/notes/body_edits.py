"""Other show notes under the same front matter, which stays to the byte."""

from __future__ import annotations

import codecs
import re
from typing import Any

from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.edits import plain
from catalogue.library.notes.fields import clean_text, plain_lines, read_utf8
from catalogue.library.notes.front_matter import LINE, TOML_FENCE, YAML_FENCE, Note, read_note, split_note

FENCES = (YAML_FENCE, TOML_FENCE)


def replace_body(content: bytes, body: str, path: str) -> bytes:
    """Give the note with other show notes (Markdown); their line ends become those of the file.

    A text that begins as front matter does gets an empty one before it. Raises ContentErrors when the note
    cannot be read, or the text is more than notes may be.
    """
    before = read_note(content, path)
    parts = split_note(read_utf8(content, path=path, error=NotesError), path)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    found = re.search(r"\r\n|\n|\r", parts.opening or parts.rest)
    ending = found[0] if found else "\n"
    text = clean_text(plain_lines(body)).strip("\n")
    closing = LINE.findall(parts.rest)[0].rstrip("\r\n") if parts.fence else ""
    head = f"{parts.opening}{parts.front}{closing}{ending}" if parts.fence else ""
    edited = _joined(head, text, ending)
    if not parts.fence and text.split("\n", 1)[0].rstrip() in FENCES:
        edited = _joined(f"{YAML_FENCE}{ending}{YAML_FENCE}{ending}", text, ending)
    after = read_note(mark + edited, path)
    if after.body.rstrip("\n") != text or _plain_front(before) != _plain_front(after):
        template = "Its notes cannot be written safely. Edit this note by hand."
        raise ContentErrors((NotesError("edit-unsafe", template, path=path, line=1),))
    return mark + edited


def _joined(head: str, text: str, ending: str) -> bytes:
    between = ending if head and text else ""
    return f"{head}{between}{text.replace(chr(10), ending)}{ending if text else ''}".encode()


def _plain_front(note: Note) -> dict[str, Any]:
    return {key: plain(field) for key, field in note.fields.items()}
