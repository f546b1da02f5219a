"""What somebody typed, read as terms: words, "phrases", beginnings*, and each of them with a minus before it.

Everything else is plain text: there are no other operators, and none of an engine's own gets through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.domain.search import MOST_WORDS, Understood
from catalogue.domain.words import LITTLE, fold, is_single, word_spans

# Shorter beginnings are taken for words: half of all words begin with them.
SHORTEST_BEGINNING = 2
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_CHUNK = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"(?P<begins>\*?)|(?P<words>[^\s"]+))')


@dataclass(frozen=True, kw_only=True)
class Term:
    """Words that stand one after another, as typed; `spans` is where each stands in the query.

    `is_beginning`: the last is the beginning of a word; `is_excluded`: nothing is wanted that has them.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    is_beginning: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """The terms in the order typed, at most MOST_WORDS words of them; all must be there but the excluded."""

    terms: tuple[Term, ...] = ()
    is_shortened: bool = False

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that must be there."""
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def telling(self) -> tuple[Term, ...]:
        """The wanted terms by which a sentence is chosen: without little words, unless there is nothing else.

        >>> [term.words for term in read_query('dolor de huesos "de la"').telling], len(read_query("to be").telling)
        ([('dolor',), ('huesos',), ('de', 'la')], 2)
        """
        found = tuple(term for term in self.wanted if not _is_little(term))
        return found or self.wanted

    @property
    def excluded(self) -> tuple[Term, ...]:
        """The terms that must not be there."""
        return tuple(term for term in self.terms if term.is_excluded)

    @property
    def understood(self) -> Understood:
        """What could be made of it."""
        if self.wanted:
            return Understood.ASKED
        return Understood.ONLY_MINUS if self.terms else Understood.EMPTY


def read_query(text: str) -> Query:
    """Read what was typed; there is no text that cannot be read.

    Words with signs but no space between them, such as `COVID-19` or `don't`, are a phrase.

    >>> [(term.words, term.is_beginning, term.is_excluded) for term in read_query('chemo* "bone pain" -surgery').terms]
    [(('chemo',), True, False), (('bone', 'pain'), False, False), (('surgery',), False, True)]
    """
    terms: list[Term] = []
    room = MOST_WORDS
    for found in _CHUNK.finditer(_with_plain_quotes(text)):
        term = _term(found)
        if term is None:
            continue
        if len(term.words) > room:
            if room:
                terms.append(_cut(term, room))
            return Query(terms=tuple(terms), is_shortened=True)
        room -= len(term.words)
        terms.append(term)
    return Query(terms=tuple(terms))


def _with_plain_quotes(text: str) -> str:
    """The text with one kind of quotes, each as long as before; one without its partner is a space."""
    plain = text.translate(_QUOTES)
    if plain.count('"') % 2:
        last = plain.rindex('"')
        plain = f"{plain[:last]} {plain[last + 1 :]}"
    return plain


def _term(found: re.Match[str]) -> Term | None:
    is_phrase = found["phrase"] is not None
    group = "phrase" if is_phrase else "words"
    at = found.start(group)
    spans = [(start + at, end + at, word) for start, end, word in word_spans(found[group])]
    if not spans:
        return None
    begins = bool(found["begins"]) if is_phrase else False
    begins = begins or found[group].endswith("*")
    last = spans[-1][2]
    return Term(
        words=tuple(word for _, _, word in spans),
        spans=tuple((start, end) for start, end, _ in spans),
        is_beginning=begins and len(last) >= SHORTEST_BEGINNING and not is_single(last),
        is_excluded=_is_minus(found),
    )


def _is_little(term: Term) -> bool:
    return len(term.words) == 1 and not term.is_beginning and fold(term.words[0]) in LITTLE


def _is_minus(found: re.Match[str]) -> bool:
    """A minus counts where a word begins: not in `long-term`, nor in `"a"-b`."""
    return bool(found["minus"] or "") and (found.start() == 0 or found.string[found.start() - 1].isspace())


def _cut(term: Term, words: int) -> Term:
    return Term(words=term.words[:words], spans=term.spans[:words], is_excluded=term.is_excluded)
