"""What somebody may have meant who found next to nothing: the nearest words that would find more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from catalogue.domain.nearness import MOST_SLIPS, slips
from catalogue.domain.search_query import Query, read_query
from catalogue.domain.words import fold
from catalogue.store.index import Index
from catalogue.store.search_vocabulary import LONGEST, SHORTEST

# A short word with two slips is another word.
LONG_ENOUGH_FOR_TWO = 7
# So many words of a query may be mistyped, so many others are tried for the first of them.
MOST_WRONG, MOST_TRIES = 3, 3
# A word that is there is taken for a slip only where another is so many times as frequent.
MORE_FREQUENT = 10


def suggest(index: Index, typed: str, query: Query, finds_more: Callable[[Query], bool]) -> str | None:
    """The words as typed, with those that look mistyped put right; None where nothing better is known.

    What is offered finds something that is public: a word that is only in an episode to come is not told.
    """
    wrong = list(islice(_wrong_words(index, query), MOST_WRONG + 1))
    if not wrong or len(wrong) > MOST_WRONG:
        return None
    (first_span, first_others), *rest = wrong
    for other in first_others[:MOST_TRIES]:
        text = typed
        for (start, end), word in sorted([(first_span, other), *((span, words[0]) for span, words in rest)])[::-1]:
            text = text[:start] + _cased(word, text[start:end]) + text[end:]
        if finds_more(read_query(text)):
            return text
    return None


def _wrong_words(index: Index, query: Query) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Words that no text has, or hardly one, with others that they may be, the nearest first."""
    for term in query.wanted:
        words = term.words[:-1] if term.is_beginning else term.words
        for word, span in zip(words, term.spans, strict=False):
            folded = fold(word)
            if SHORTEST <= len(folded) <= LONGEST and folded.isalpha():
                others = _others(index, folded)
                if others:
                    yield span, others


def _others(index: Index, folded: str) -> list[str]:
    known = index.known_word(folded)
    most = MOST_SLIPS if len(folded) >= LONG_ENOUGH_FOR_TWO else 1
    least = known.number * MORE_FREQUENT if known else 1
    near = [
        (distance, -other.number, other.shown)
        for other in index.words_like(folded, distance=most)
        if other.number >= least and other.word != folded and (distance := slips(folded, other.word, most=most)) <= most
    ]
    return [shown for _, _, shown in sorted(near)]


def _cased(word: str, typed: str) -> str:
    """A word in capitals as the typed one was."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
