"""TOML as Fields, each with its line.

tomllib reads the values; it keeps no positions, so a second look over the lines finds where keys and
tables stand. A value whose line cannot be told carries that of the table around it.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from catalogue.errors import ContentError, ContentErrors
from catalogue.library.notes.fields import DEPTH_LIMIT, Field, FieldValue, clean_text

_Where = tuple[str | int, ...]
_KEY = re.compile(r"""[A-Za-z0-9_."' -]+""")
_TABLE = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
# Dotted keys cost tomllib the square of their length.
_LONG_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){64}""")
_POSITION = re.compile(r"\s*\((?:at line (\d+), column \d+|at end of document)\)$")

# What tomllib says → what it means to somebody who writes notes.
_MENDS = (
    ("Cannot overwrite a value", "a key stands here a second time. Remove one"),
    ("Cannot declare", "a table stands here a second time. Remove one"),
    ("Illegal character '\\n'", "a text is not closed on its line. Close it with its quotation mark"),
    ("Unterminated string", "a text is not closed. Close it with its quotation marks"),
    ("Unclosed array", "a [ is not closed. Close it with ]"),
    ("Invalid value", "a text has no quotation marks, or a value is missing. Write texts in quotes"),
    ("Unescaped '\\' in a string", "a backslash means something between double quotes. Use single quotes"),
    ("Expected '=' after a key", "a line has no equals sign. Write key = value"),
    ("Expected newline or end of document", "something follows the value on its line. Put texts and dates in quotes"),
)


def read_toml(text: str, *, path: str, error: type[ContentError], first_line: int = 1) -> dict[str, Field]:
    """Read a TOML document; numbers, booleans and dates become the text they would be typed as.

    Raises ContentErrors for broken TOML, with the line in the file (`first_line` is that of the text's first).
    """
    if (found := _LONG_KEY.search(text)) is not None:
        template = "A key goes through more tables here than anything needs. Write it flatter."
        line = first_line + text.count("\n", 0, found.start())
        raise ContentErrors((error("too-deep", template, path=path, line=line),))
    try:
        document = tomllib.loads(clean_text(text), parse_float=str)
    except tomllib.TOMLDecodeError as cause:
        position = _POSITION.search(str(cause))
        last = text.count("\n") + 1
        line = first_line - 1 + int(position[1] or last) if position else first_line
        template = "This is not TOML I can read: {why}."
        why = _meaning(_POSITION.sub("", str(cause)))
        raise ContentErrors((error("toml", template, path=path, line=line, why=why),)) from cause
    except (RecursionError, ValueError) as cause:  # nested without end; a number of thousands of digits
        template = "This TOML holds a value that nothing could mean. Remove what is nested too deeply or too long."
        raise ContentErrors((error("toml", template, path=path, line=first_line),)) from cause
    lines = _lines_of_keys(text, first_line)
    return {key: _field(value, (key,), lines, first_line) for key, value in document.items()}


def _meaning(why: str) -> str:
    return next((mend for said, mend in _MENDS if said in why), f'{why}. Write key = "value", texts in quotes')


def _field(value: Any, where: _Where, lines: dict[_Where, int], outer_line: int) -> Field:
    line = lines.get(where, outer_line)
    found: FieldValue
    if isinstance(value, dict) and len(where) <= DEPTH_LIMIT:
        found = {key: _field(each, (*where, key), lines, line) for key, each in value.items()}
    elif isinstance(value, list) and len(where) <= DEPTH_LIMIT:
        found = [_field(each, (*where, index), lines, line) for index, each in enumerate(value)]
    else:
        found = _text(value)
    return Field(found, line)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean_text(value if isinstance(value, str) else str(value))


def _lines_of_keys(text: str, first_line: int) -> dict[_Where, int]:
    found: dict[_Where, int] = {}
    table: _Where = ()
    counts: dict[_Where, int] = {}
    closing = ""
    for number, line in enumerate(text.split("\n"), start=first_line):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := _TABLE.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, number)
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif "=" in line and _KEY.fullmatch(key := line.partition("=")[0]):
            parts = _parts(key)
            for end in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:end]), number)
        closing = next((quotes for quotes in ('"""', "'''") if line.count(quotes) == 1), "")
    return found


def _parts(dotted: str) -> _Where:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
