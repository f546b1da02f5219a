"""Changes to a note that leave everything else as its author wrote it.

Only the lines of the edited keys are spliced: comments, order, spacing and line ends of all others stay to
the byte. What comes out is read again and compared before anybody may write it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.fields import Field, clean_text, plain_lines, read_utf8
from catalogue.library.notes.front_matter import LINE, TOML_FENCE, YAML_FENCE, NoteParts, read_note, split_note
from catalogue.library.notes.note_values import render_entry
from catalogue.library.notes.yaml_fields import read_events, read_yaml


@dataclass(frozen=True)
class _Entry:
    """Where a top-level key stands: its lines (from 0, `end` after the last), and its value if on one line."""

    start: int
    end: int
    value: tuple[int, int] | None


def edit_note(content: bytes, changes: Mapping[str, object | None], path: str) -> bytes:
    """Give the note with some keys of its front matter changed; None takes a key away, new keys come last.

    A note without front matter gets one. Raises ContentErrors when the note cannot be read, has TOML front
    matter, or is written so that only a person can change it without harm.
    """
    before = read_note(content, path)
    parts = split_note(read_utf8(content, path=path, error=NotesError), path)
    if parts.fence == TOML_FENCE:
        raise _refusal("edit-toml", "Only front matter between --- can be changed here. Edit this note by hand.", path)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    ending = _line_end(parts)
    lines = _spliced(parts.front, dict(changes), ending, path)
    edited = mark + _joined(parts, lines, ending).encode()
    after = read_note(edited, path)
    expected = {key: plain(field) for key, field in before.fields.items() if key not in changes}
    expected |= {key: _as_read(key, value) for key, value in changes.items() if value is not None}
    if {key: plain(field) for key, field in after.fields.items()} != expected or after.body != before.body:
        template = "Its front matter is written in a way that cannot be changed safely. Edit this note by hand."
        raise _refusal("edit-unsafe", template, path)
    return edited


def render_note(values: Mapping[str, object], body: str) -> bytes:
    """Write a new note: front matter of `values` in their order, then the body. UTF-8, line feeds."""
    front = "".join(render_entry(key, value) for key, value in values.items())
    text = clean_text(plain_lines(body)).strip("\n")
    rest = f"\n{text}\n" if text else ""
    return f"{YAML_FENCE}\n{front}{YAML_FENCE}\n{rest}".encode()


def plain(field: Field) -> Any:
    """Give a field without its lines, to be compared."""
    if isinstance(field.value, dict):
        return {key: plain(inner) for key, inner in field.value.items()}
    return [plain(inner) for inner in field.value] if isinstance(field.value, list) else field.value


def _as_read(key: str, value: object) -> Any:
    return plain(read_yaml(render_entry(key, value), path="", error=NotesError)[key])


def _joined(parts: NoteParts, lines: list[str], ending: str) -> str:
    if parts.fence:
        return parts.opening + "".join(lines) + parts.rest
    if not lines:
        return parts.rest
    fence = f"{YAML_FENCE}{ending}"
    return f"{fence}{''.join(lines)}{fence}{ending if parts.rest else ''}{parts.rest}"


def _spliced(front: str, changes: dict[str, object | None], ending: str, path: str) -> list[str]:
    lines: list[str] = LINE.findall(front)
    entries = _entries(front, len(lines), path)
    new = [key for key, value in changes.items() if value is not None and key not in entries]
    for key, entry in sorted(entries.items(), key=lambda each: -each[1].start):
        if key in changes:
            lines[entry.start : entry.end] = _replaced(lines[entry.start], entry, key, changes[key], ending)
    return lines + [line for key in new for line in _entry_lines(key, changes[key], ending)]


def _replaced(line: str, entry: _Entry, key: str, value: object | None, ending: str) -> list[str]:
    if value is None:
        return []
    new = _entry_lines(key, value, ending)
    text = new[0].rstrip("\r\n").partition(": ")[2]
    if entry.value is None or len(new) > 1 or not text:
        return new
    start, end = entry.value
    return [f"{line[:start]}{text}{line[end:]}"]


def _entry_lines(key: str, value: object, ending: str) -> list[str]:
    return [f"{line}{ending}" for line in render_entry(key, value).split("\n")[:-1]]


def _entries(front: str, count: int, path: str) -> dict[str, _Entry]:
    """Find the top-level keys; comments and blank lines before a key belong to no other."""
    text = plain_lines(clean_text(front, "?"))
    found = _keys_and_values(read_events(text, path=path, error=NotesError, first_line=2), path)
    lines = text.split("\n")
    starts = [text.count("\n", 0, key.start_mark.index) for key, _ in found]
    entries = {}
    for (key, value), start, following in zip(found, starts, [*starts[1:], count][: len(starts)], strict=True):
        end, last = following, start + 1
        if _is_inline_text(value):
            last = text.count("\n", 0, value.end_mark.index) + 1
        while end > last and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        entries[key.value] = _Entry(start, end, _place(text, key, value))
    return entries


def _place(text: str, key: Any, value: Any) -> tuple[int, int] | None:
    """Give first and last column of a value that stands on the key's line."""
    if not _is_inline_text(value):
        return None
    start, end = value.start_mark.index, value.end_mark.index
    line_start = text.rfind("\n", 0, key.start_mark.index) + 1
    if start == end or "\n" in text[line_start:end]:
        return None
    return start - line_start, end - line_start


def _is_inline_text(value: Any) -> bool:
    return isinstance(value, yaml.ScalarEvent) and value.style not in {"|", ">"}


def _keys_and_values(events: list[Any], path: str) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    depth, key = 0, None
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and depth == 1:
            found += [(key, event)] if key is not None else []
            key = event if key is None else None
        if isinstance(event, yaml.CollectionStartEvent):
            if depth == 0 and event.flow_style:
                template = "Its front matter stands in braces. Write one `key: value` a line."
                raise _refusal("edit-flow", template, path)
            depth += 1
    return found


def _line_end(parts: NoteParts) -> str:
    found = re.search(r"\r\n|\n|\r", parts.opening or parts.rest)
    return found[0] if found else "\n"


def _refusal(code: str, template: str, path: str) -> ContentErrors:
    return ContentErrors((NotesError(code, template, path=path, line=1),))
