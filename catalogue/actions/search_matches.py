"""Where in a text words stand that were asked for: found by how they begin, then told by their stems.

A transcript has ten thousand words, and taking the stem of each of them for ten hits would take longer than the
search itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from catalogue.domain.search_query import Term
from catalogue.domain.words import fold, is_single, word_spans
from catalogue.stems import Pattern, Stems

# Letters that stems end in although the word does not: `studi` for `studying`.
_UNSTEADY = "iy"
# Blocks with letters that fold to a single one: of Latin, of Greek and of Cyrillic.
_FOLDED_BLOCKS = ((0xC0, 0x250), (0x1E00, 0x1F00), (0x370, 0x530))

Marks = tuple[tuple[int, int], ...]


def places_of(text: str, beginnings: Sequence[str], *, most: int) -> list[int]:
    """Where words begin so, in order; the first `most` of each beginning. Some may turn out to be other words."""
    places = {place for beginning in beginnings for place in _places(text, beginning, most)}
    return sorted(places)


def beginnings_of(term: Term, patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """How the longest of a term's words may begin, in any of its forms; few other words begin so."""
    at = max(range(len(term.words)), key=lambda number: len(term.words[number]))
    folded = fold(term.words[at])
    return tuple({_common(folded, pattern.stems[at]) for pattern in patterns})


def find_marks(text: str, patterns: Sequence[Pattern], stems: Stems) -> Marks:
    """The words in a text that any of the patterns stands for, as ranges of characters, in order."""
    spans = [(start, end, stems[word], word) for start, end, word in word_spans(text)]
    marks: set[tuple[int, int]] = set()
    for pattern in patterns:
        count = len(pattern.stems)
        for at in range(len(spans) - count + 1):
            if _stands(pattern, spans[at : at + count]):
                marks.update((start, end) for start, end, _, _ in spans[at : at + count])
    return tuple(sorted(marks))


def _stands(pattern: Pattern, spans: Sequence[tuple[int, int, str, str]]) -> bool:
    *before, last = pattern.stems
    _, _, stem, _ = spans[-1]
    is_last = stem.startswith(last) if pattern.is_beginning else stem == last
    return is_last and all(span[2] == wanted for span, wanted in zip(spans, before, strict=False))


def _common(folded: str, stem: str) -> str:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(folded, stem, strict=False)))
    common = folded[:same] or folded
    return common[:-1] if len(common) > 3 and common[-1] in _UNSTEADY else common


def _places(text: str, beginning: str, most: int) -> Iterator[int]:
    """Each place where a word begins so, the first `most` of them."""
    found = 0
    for place in _ascii_places(text, beginning) if text.isascii() else _other_places(text, beginning):
        if place == 0 or not text[place - 1].isalnum() or is_single(text[place - 1]) or is_single(text[place]):
            yield place
            found += 1
            if found == most:
                return


def _ascii_places(text: str, beginning: str) -> Iterator[int]:
    lower = text.lower()
    place = lower.find(beginning)
    while place >= 0:
        yield place
        place = lower.find(beginning, place + 1)


def _other_places(text: str, beginning: str) -> Iterator[int]:
    letters = _letters()
    pattern = "".join(f"[{letters.get(letter) or re.escape(letter + letter.upper())}]" for letter in beginning)
    return (found.start() for found in re.finditer(pattern, text))


@cache
def _letters() -> dict[str, str]:
    """Of each letter all that fold to it, itself included."""
    found = {chr(number): chr(number) + chr(number).upper() for number in range(ord("a"), ord("z") + 1)}
    for first, end in _FOLDED_BLOCKS:
        for number in range(first, end):
            letter = fold(chr(number))
            if len(letter) == 1 and chr(number).isalpha():
                found[letter] = found.get(letter, letter) + chr(number)
    return found
