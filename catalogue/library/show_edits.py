"""Changes to `show.toml` that leave everything else as its author wrote it.

Only the lines of the edited keys are spliced; what comes out is read again and compared before anybody may write it.
"""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from catalogue.errors import ContentErrors, ShowFileError
from catalogue.library.notes.fields import clean_text, plain_lines, read_utf8

Value: TypeAlias = str | bool | tuple[str, ...] | Mapping[str, str]
# None takes the key away.
Changes: TypeAlias = Mapping[str, Value | None]
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class _Statement(NamedTuple):
    """Where a key before the first table stands: its lines, from 0, `end` after the last."""

    key: str
    start: int
    end: int


def edit_show_file(content: bytes, changes: Changes, path: str) -> bytes:
    """Give the file with some keys of the show itself changed; new ones come last before the first table.

    A table of texts that stands under a heading of its own (`[owner]`) is changed there, line by line.
    Raises ContentErrors where it cannot be read, or is written so that only a person can change it without harm.
    """
    text = read_utf8(content, path=path, error=ShowFileError)
    before = _read(text)
    if before is None:
        raise _refusal(path)
    lines: list[str] = _LINE.findall(text)
    ending = "\r\n" if "\r\n" in text else "\n"
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    rest = {key: value for key, value in changes.items() if not _change_table(lines, key, value, ending, path)}
    edited = "".join(_spliced(lines, rest, ending, path))
    expected = {key: value for key, value in before.items() if key not in changes}
    expected |= {key: _plain(value) for key, value in changes.items() if value is not None}
    if _read(edited) != expected:
        raise _refusal(path)
    return mark + edited.encode()


def _change_table(lines: list[str], key: str, value: Value | None, ending: str, path: str) -> bool:
    """Change in `lines` a table that has a heading of its own; False where there is none, or `value` is no table."""
    heading = re.compile(rf"\s*\[\s*{re.escape(key)}\s*\]\s*(#.*)?")
    found = [place for place, line in enumerate(lines) if heading.fullmatch(line.rstrip("\r\n"))]
    if len(found) != 1 or not (value is None or isinstance(value, Mapping)):
        return False
    (start,) = found
    inner = {one.key for one in _statements(lines[start + 1 :], path)[0]}
    stated = value or {}
    if not lines[start].endswith("\n"):
        lines[start] += ending
    lines[start + 1 :] = _spliced(lines[start + 1 :], {**dict.fromkeys(inner), **stated}, ending, path)
    if value is None:
        del lines[start]
    return True


def _spliced(lines: list[str], changes: Changes, ending: str, path: str) -> list[str]:
    statements, end = _statements(lines, path)
    known = {one.key for one in statements}
    new = [_line(key, value, ending) for key, value in changes.items() if value is not None and key not in known]
    if new and end and not lines[end - 1].endswith("\n"):
        lines[end - 1] += ending
    lines[end:end] = new
    for one in reversed(statements):
        if one.key in changes:
            value = changes[one.key]
            behind = _comment("".join(lines[one.start : one.end]))
            before = (_read("".join(lines[one.start : one.end])) or {}).get(one.key)
            if value is None or _plain(value) != before:
                lines[one.start : one.end] = [] if value is None else [_line(one.key, value, behind + ending)]
    return lines


def _comment(statement: str) -> str:
    """The comment behind a statement, on its last line, with the blanks before it."""
    text, stated = statement.rstrip("\r\n"), _read(statement)
    places = (at for at in range(text.rfind("\n") + 1, len(text)) if text[at] == "#")
    at = next((at for at in places if _read(text[:at]) == stated), len(text))
    return text[len(text[:at].rstrip()) :]


def _statements(lines: list[str], path: str) -> tuple[list[_Statement], int]:
    """The keys before the first table, and the line after the last of them."""
    found: list[_Statement] = []
    place = 0
    while place < len(lines) and not lines[place].lstrip().startswith("["):
        if not lines[place].strip() or lines[place].lstrip().startswith("#"):
            place += 1
            continue
        end = place + 1
        while (stated := _read("".join(lines[place:end]))) is None:
            if end == len(lines):
                raise _refusal(path)
            end += 1
        found += [_Statement(key, place, end) for key in stated]
        place = end
    return found, found[-1].end if found else 0


def _line(key: str, value: Value, ending: str) -> str:
    return f"{key} = {_toml(_plain(value))}{ending}"


def _toml(value: object) -> str:
    """JSON of a text, of a list of texts, of yes or no, is TOML, too, once control characters are gone."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Value) -> str | bool | list[str] | dict[str, str]:
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {key: clean_text(text) for key, text in value.items()}
    return clean_text(value) if isinstance(value, str) else [clean_text(one) for one in value]


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(plain_lines(text))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _refusal(path: str) -> ContentErrors:
    template = "It is written in a way that cannot be changed safely. Change it by hand."
    return ContentErrors((ShowFileError("edit-unsafe", template, path=path, line=1),))
