"""The sentences of a document that answer best: whole ones, with who says them and when."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalogue.actions.search_matches import Haystack, Marks, find_marks
from catalogue.domain.search import SENTENCES, Found, Place
from catalogue.domain.search_query import Term
from catalogue.domain.searched_text import SearchedText
from catalogue.domain.words import word_spans
from catalogue.stems import Pattern, stems_of

# A sentence is not longer; one that is, is cut between words.
LONGEST = 240
# A shorter one tells little: it is shown with the next.
SHORTEST = 50
# So many places of a term are looked at, and so many sentences made, in each document.
MOST_PLACES, MOST_TRIES = 100, 10
MOST_NEAR = 12
_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s))|[。！？]+[」』）]*")
# Among equals: what was said or written before what only names it.
_PREFERENCE = (Place.TRANSCRIPT, Place.NOTES, Place.SUMMARY, Place.CHAPTER, Place.PERSON, Place.TITLE)


@dataclass(frozen=True)
class Sought:
    """The terms that were wanted, each with what may stand for it."""

    terms: tuple[tuple[Term, tuple[Pattern, ...]], ...]


@dataclass(frozen=True)
class _Sentence:
    """A stretch of the text, by where it begins and ends, and which terms stand in it."""

    begin: int
    end: int
    found: Found
    terms: frozenset[int]


def best_sentences(text: SearchedText, sought: Sought, language: str) -> tuple[Found, ...]:
    """At most SENTENCES sentences, best first: those that together hold most of the terms, what was said first."""
    made = _made(text, sought, language, _places(text, sought))
    if not made:  # a letter that folds to two, or a form that begins otherwise: look at every word
        made = _made(text, sought, language, _all_places(text, sought, language))
    chosen: list[_Sentence] = []
    covered: frozenset[int] = frozenset()
    while made and len(chosen) < SENTENCES:
        best = min(made, key=lambda one: _worth(one, covered))
        made.remove(best)
        chosen.append(best)
        covered |= best.terms
    return tuple(one.found for one in chosen)


def _worth(sentence: _Sentence, covered: frozenset[int]) -> tuple[int, int, int, int]:
    is_named = _PREFERENCE.index(sentence.found.place)
    return (-len(sentence.terms - covered), -len(sentence.terms), is_named, sentence.begin)


def _places(text: SearchedText, sought: Sought) -> list[tuple[int, int]]:
    """Where terms may stand, with their number, in the order of the text."""
    haystack = Haystack(text.text)
    return sorted(
        (place, number)
        for number, (term, patterns) in enumerate(sought.terms)
        for place in haystack.places(term, patterns, most=MOST_PLACES)
    )


def _all_places(text: SearchedText, sought: Sought, language: str) -> list[tuple[int, int]]:
    """As `_places`, by the stem of every word."""
    stems = stems_of(language)
    wanted = {
        (pattern.stems[-1], pattern.is_beginning): number
        for number, (_, patterns) in enumerate(sought.terms)
        for pattern in patterns
    }
    exact = {stem: number for (stem, is_beginning), number in wanted.items() if not is_beginning}
    begun = {stem: number for (stem, is_beginning), number in wanted.items() if is_beginning}
    found = []
    for start, _, word in word_spans(text.text):
        stem = stems[word]
        number = exact.get(stem, next((number for begin, number in begun.items() if stem.startswith(begin)), None))
        if number is not None:
            found.append((start, number))
    return found


def _made(text: SearchedText, sought: Sought, language: str, places: list[tuple[int, int]]) -> list[_Sentence]:
    """The sentences at the most promising places: where most terms stand near one another."""
    made: list[_Sentence] = []
    covered: set[int] = set()
    tries = whole = 0
    for near, place in _promising(places, _groups(text)):
        is_nothing_new = len(sought.terms) > 1 and len(near) == 1 and near <= covered
        if is_nothing_new or any(one.begin <= place < one.end for one in made):
            continue
        sentence = _sentence(text, place, sought, language)
        if sentence is not None:
            made.append(sentence)
            covered |= sentence.terms
            whole += len(sentence.terms) == len(sought.terms)
        tries += 1
        if tries == MOST_TRIES or whole == SENTENCES:
            break
    return made


def _promising(
    places: Sequence[tuple[int, int]], groups: Sequence[tuple[int, int]]
) -> Iterator[tuple[frozenset[int], int]]:
    """The places with the terms that follow within half a sentence: those with most first, then by _PREFERENCE."""
    scored: list[tuple[int, int, int, frozenset[int]]] = []
    begins = [begin for begin, _ in groups]
    ahead = 0
    for at, (place, _) in enumerate(places):
        ahead = max(ahead, at)
        while ahead < len(places) and places[ahead][0] < place + LONGEST // 2:
            ahead += 1
        near = frozenset(number for _, number in places[at:ahead][:MOST_NEAR])
        scored.append((-len(near), groups[bisect_right(begins, place) - 1][1], place, near))
    scored.sort(key=lambda one: one[:3])
    return ((near, place) for _, _, place, near in scored)


def _groups(text: SearchedText) -> list[tuple[int, int]]:
    """Where the passages of each place begin in the text, with the place's rank in _PREFERENCE."""
    groups: list[tuple[int, int]] = []
    at = 0
    for number, place in enumerate(text.places[: text.places.index(text.places[-1]) + 1] if text.places else b""):
        if not number or place != text.places[number - 1]:
            groups.append((at, _PREFERENCE.index(text.place(number))))
        at = text.text.find("\n", at) + 1
    return groups


def _sentence(text: SearchedText, place: int, sought: Sought, language: str) -> _Sentence | None:
    """The sentence at a place with its marks; None where no term stands in it after all."""
    number = text.text.count("\n", 0, place)
    begin, first = _begin(text, place, number)
    end = _end(text, max(place + 1, begin), number, begin)
    shown, cut = _shown(text.text[begin:end].replace("\n", " "), place - begin)
    marks = find_marks(shown, [patterns for _, patterns in sought.terms], stems_of(language))
    terms = frozenset(at for at, found in enumerate(marks) if found)
    if not terms:
        return None
    found = Found(
        text=shown,
        marks=_united(marks),
        place=text.place(number),
        start=text.start(number if cut else first),
        speaker=text.speaker(number),
        language=language,
    )
    return _Sentence(begin, end, found, terms)


def _begin(text: SearchedText, place: int, number: int) -> tuple[int, int]:
    """Where the sentence at a place begins, maybe some cues before, and the number of that passage."""
    line = text.text.rfind("\n", 0, place) + 1
    while True:
        ends = [found.end() for found in _END.finditer(text.text, line, place)]
        if ends:
            begin = ends[-1]
            while text.text[begin].isspace():
                begin += 1
            return begin, number + text.text.count("\n", line, begin)
        before = text.text.rfind("\n", 0, max(line - 1, 0)) + 1
        if not _follows(text, number) or place - before > LONGEST:
            return line, number
        line, number = before, number - 1


def _end(text: SearchedText, place: int, number: int, begin: int) -> int:
    """Where it ends; a short one takes the next along, where both are short, and cues of one voice go on."""
    short: int | None = None
    while True:
        line = text.text.find("\n", place)
        line = len(text.text) if line < 0 else line
        found = _END.search(text.text, place, line + 1)
        is_last = line - begin > LONGEST or not _follows(text, number + 1)
        if found is not None and (found.end() - begin >= SHORTEST or (is_last and found.end() == line)):
            return short if short is not None and found.end() - begin > LONGEST else found.end()
        if found is not None and short is None:
            short = found.end()
        if found is not None and found.end() < line:
            place = found.end()
        elif is_last:
            return short or line
        else:
            place, number = line + 1, number + 1


def _follows(text: SearchedText, number: int) -> bool:
    """Whether a passage goes on with what the one before it said: the same voice of a transcript."""
    if not 0 < number < len(text.places):
        return False
    is_spoken = text.place(number) is text.place(number - 1) is Place.TRANSCRIPT
    return is_spoken and text.voices[number] == text.voices[number - 1]


def _shown(sentence: str, at: int) -> tuple[str, bool]:
    """The sentence, cut between words around `at` where it is too long; and whether its beginning is gone."""
    if len(sentence) <= LONGEST:
        return sentence, False
    begin = max(0, min(at - LONGEST // 3, len(sentence) - LONGEST))
    end = begin + LONGEST
    if begin and (space := sentence.find(" ", begin, at)) >= 0:
        begin = space + 1
    if end < len(sentence) and (space := sentence.rfind(" ", at, end)) > at:
        end = space
    cut = sentence[begin:end].rstrip()
    return ("…" if begin else "") + cut + ("…" if end < len(sentence) else ""), begin > 0


def _united(marks: Iterable[Marks]) -> Marks:
    return tuple(sorted({mark for some in marks for mark in some}))
