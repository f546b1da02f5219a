"""Words as the search of an export knows them: folded, and spread over files by how they begin.

`static/search-static.js` folds and spreads in the same way; tests/web/export hold the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
# Words that begin alike lie together, so that one file answers for all endings of what was typed.
PREFIX_LENGTH = 4


def words_of(text: str) -> Counter[str]:
    """Count the folded words of a text.

    >>> sorted(words_of("Niño, ¡NIÑO! Café-bar").items())
    [('bar', 1), ('cafe', 1), ('nino', 2)]
    """
    return Counter(_WORD.findall(folded(text)))


def folded(text: str) -> str:
    """Without case and accents, as somebody types it on a phone."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()


@lru_cache(maxsize=65_536)
def file_number(word: str, files: int) -> int:
    """Say which of so many files knows a word.

    >>> file_number("pain", 64) == file_number("painful", 64)
    True
    """
    found = 0
    for sign in word[:PREFIX_LENGTH]:
        found = (found * 31 + ord(sign)) & 0xFFFFFF
    return found % files
