"""Where in a text words stand that were asked for: found by how they begin, then told by their stems.

A transcript has ten thousand words, and taking the stem of each of them for ten hits would take longer than the
search itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice, takewhile

from catalogue.domain.search_query import Term
from catalogue.domain.words import fold, is_single, word_spans
from catalogue.stems import Pattern, Stems

# Letters that stems end in although the word does not: `studi` for `studying`.
_UNSTEADY = "iy"
# Blocks with letters that fold to a single one: of Latin, of Greek and of Cyrillic.
_FOLDED_BLOCKS = ((0xC0, 0x250), (0x1E00, 0x1F00), (0x370, 0x530))
# The rest of a word, and what stands between it and the next: nothing, in scripts without spaces.
_GAP = r"[^\W_]{0,40}[\W_]{0,9}"
# So many words of a phrase are looked for together.
_LOOKED_AT = 3

Marks = tuple[tuple[int, int], ...]


class Haystack:
    """A text in which words are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text.lower() if text.isascii() else None

    def places(self, term: Term, patterns: Sequence[Pattern], *, most: int) -> list[int]:
        """Where a term may stand, in order, the first `most` of each way to write it; some may be other words."""
        found = {place for pattern in patterns for place in islice(self._places(term, pattern), most)}
        return sorted(found)

    def _places(self, term: Term, pattern: Pattern) -> Iterator[int]:
        """Each place where words begin as the first few of the pattern do, one after another."""
        begun = [_common(fold(word), stem) for word, stem in zip(term.words, pattern.stems, strict=True)][:_LOOKED_AT]
        for place in self._begun(begun):
            before, here = self._text[place - 1 : place], self._text[place]
            if not before.isalnum() or is_single(before) or is_single(here):
                yield place

    def _begun(self, begun: Sequence[str]) -> Iterator[int]:
        if self._lower is None:
            finder = re.compile(_GAP.join(map(_in_any_case, begun)))
            return (found.start() for found in finder.finditer(self._text))
        if len(begun) > 1:
            finder = re.compile(_GAP.join(map(re.escape, begun)))
            return (found.start() for found in finder.finditer(self._lower))
        return _ascii_places(self._lower, begun[0])


def find_marks(text: str, terms: Sequence[Sequence[Pattern]], stems: Stems) -> list[Marks]:
    """The words in a text that stand for each term, by any of its patterns, as ranges of characters, in order."""
    firsts = {stem[0] for patterns in terms for pattern in patterns for stem in pattern.stems}
    firsts |= {first.upper() for first in firsts}
    spans: list[tuple[int, int, str]] = []
    found: dict[str, list[int]] = {}  # where each stem stands that some pattern may end with
    for start, end, word in word_spans(text):
        first = word[0] if word.isascii() else fold(word)[0]
        stem = stems[word] if first in firsts or not stems.keeps_first else ""
        if stem:
            found.setdefault(stem, []).append(len(spans))
        spans.append((start, end, stem))
    return [_marks(patterns, spans, found) for patterns in terms]


def _marks(
    patterns: Sequence[Pattern], spans: Sequence[tuple[int, int, str]], found: Mapping[str, Sequence[int]]
) -> Marks:
    marks: set[tuple[int, int]] = set()
    for pattern in patterns:
        *before, last = pattern.stems
        ends = (places for stem, places in found.items() if stem.startswith(last)) if pattern.is_beginning else None
        for end in chain.from_iterable(ends) if ends is not None else found.get(last, ()):
            first = end - len(before)
            if first >= 0 and all(spans[first + at][2] == stem for at, stem in enumerate(before)):
                marks.update(span[:2] for span in spans[first : end + 1])
    return tuple(sorted(marks))


def _common(folded: str, stem: str) -> str:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(folded, stem, strict=False)))
    common = folded[:same] or folded
    return common[:-1] if len(common) > 3 and common[-1] in _UNSTEADY else common


def _ascii_places(lower: str, beginning: str) -> Iterator[int]:
    place = lower.find(beginning)
    while place >= 0:
        yield place
        place = lower.find(beginning, place + 1)


def _in_any_case(beginning: str) -> str:
    letters = _letters()
    return "".join(f"[{letters.get(letter) or re.escape(letter + letter.upper())}]" for letter in beginning)


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
