r"""Text of any characters, on any database.

PostgreSQL refuses NUL and no database takes a lone surrogate, yet a GUID is kept as it came and a file is called
what it is called. So these are written as an escape and read back as they were; all other text stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

# Data link escape: what begins an escape has to be escaped itself.
_ESCAPE = "\x10"
_UNFIT = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED = re.compile("\x10([0-9a-f]{4})")


class AnyText(TypeDecorator[str]):
    """A text column for names and keys; a JSON document needs no escape, so plain Text holds those."""

    impl = Text
    cache_ok = True

    # The processors themselves, and not `process_bind_param` and its like: a library has a hundred thousand names, and
    # SQLAlchemy would wrap each of them once more.
    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002
        return _bound

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], str | None]:  # noqa: ARG002
        return _found


def _bound(value: str | None) -> str | None:
    return None if value is None else escaped(value)


def _found(value: str | None) -> str | None:
    return value if value is None or _ESCAPE not in value else unescaped(value)


def escaped(text: str) -> str:
    r"""Write what no database takes as four hexadecimal digits.

    >>> escaped("a\0b")
    'a\x100000b'
    """
    if text.isprintable():  # as nearly all are: nothing unfit is
        return text
    return _UNFIT.sub(lambda found: f"{_ESCAPE}{ord(found[0]):04x}", text)


def unescaped(text: str) -> str:
    r"""Undo `escaped`.

    >>> unescaped(escaped("\x10\ud800")) == "\x10\ud800"
    True
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
