"""Values as somebody typed them, each with its line, before anything is made of them.

Every scalar stays text: `no`, `010` and `12:34` mean what the field they stand in says they mean,
never what YAML or TOML would have guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from catalogue.errors import ContentError, ContentErrors

TEXT_LIMIT_BYTES = 1024 * 1024
DEPTH_LIMIT = 8

# XML 1.0, section 2.2 (Char), without the C1 controls it discourages: one of these would cost the whole feed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


# Unicode 15, DerivedCoreProperties: Default_Ignorable_Code_Point, as far as it is not of category Cf; the blank of
# braille beside them.
_BLANKS = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0").union(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


@dataclass(frozen=True)
class Field:
    """A value and its line in the file (from 1): a text, a list of Fields, or a table of Fields."""

    value: FieldValue
    line: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that can be seen, so that the field counts as not stated."""
        return isinstance(self.value, str) and is_blank(self.value)


FieldValue: TypeAlias = "str | list[Field] | dict[str, Field]"
Fields: TypeAlias = Mapping[str, Field]


def clean_text(text: str, replacement: str = "") -> str:
    r"""Drop the control characters that XML cannot hold; tabs and line ends stay.

    >>> clean_text("a\x00b\tc")
    'ab\tc'
    """
    return _UNPRINTABLE.sub(replacement, text)


def is_blank(text: str) -> bool:
    r"""Whether nothing of a text can be seen: blanks, and characters without width.

    >>> [is_blank(text) for text in ("", " \t", "\u200b\ufeff", "\u3164", "\u200bA", "👩‍👩‍👧", "Ω")]
    [True, True, True, True, False, False, False]
    """
    stripped = text.strip()
    if "!" <= stripped[:1] <= "~":  # of ASCII, as nearly all texts begin
        return False
    return all(one in _UNSEEN or unicodedata.category(one) in _BLANKS for one in stripped)


def plain_lines(text: str) -> str:
    r"""Write every line end as a line feed.

    >>> plain_lines("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_utf8(content: bytes, *, path: str, error: type[ContentError]) -> str:
    """Decode a text file; a byte order mark is passed over, line ends stay as they are.

    Raises ContentErrors when it is larger than 1 MiB or not UTF-8.
    """
    if len(content) > TEXT_LIMIT_BYTES:
        template = "It is larger than a text file may be: {size_bytes} bytes, at most {limit_bytes}. Shorten it."
        found = error("too-large", template, path=path, size_bytes=len(content), limit_bytes=TEXT_LIMIT_BYTES)
        raise ContentErrors((found,))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = content.count(b"\n", 0, cause.start) + 1
        template = "It is not UTF-8 text. Save it with the encoding UTF-8 in your editor."
        raise ContentErrors((error("not-utf8", template, path=path, line=line),)) from cause


def in_line_order(errors: list[ContentError]) -> ContentErrors:
    """Gather what is wrong with one file, the first line first; errors without a line lead."""
    return ContentErrors(tuple(sorted(errors, key=lambda each: (each.path, each.line or 0))))
