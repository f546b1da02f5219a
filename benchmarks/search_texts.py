"""Transcripts that read like none but are spread like all: words after Zipf's law, in sentences and cues."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from catalogue.domain.search import Kind, Name, Passage, Place, SearchDocument

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = 60_000
WORDS_AN_EPISODE = 8_000
WORDS_A_CUE = 12
_CONSONANTS, _VOWELS = "bcdfghklmnprtvw", "aeiou"


def make_vocabulary(count: int = WORDS) -> list[str]:
    """Words that no algorithm takes for forms of one another, the most frequent first, and shortest."""
    words, number = [], 0
    while len(words) < count:
        word, rest = "", number
        while rest or len(word) < 4:
            rest, syllable = divmod(rest, len(_CONSONANTS) * len(_VOWELS))
            word += _CONSONANTS[syllable // len(_VOWELS)] + _VOWELS[syllable % len(_VOWELS)]
        words.append(word + "k")
        number += 1
    return words


def make_documents(count: int, *, words: list[str], seed: int = 1) -> Iterator[SearchDocument]:
    """Episodes with a title, a note and a transcript of WORDS_AN_EPISODE words, one of twelve a sentence's last."""
    chance, weights = random.Random(seed), list(accumulate(1 / rank for rank in range(1, len(words) + 1)))  # noqa: S311
    for number in range(count):
        spoken = chance.choices(words, cum_weights=weights, k=WORDS_AN_EPISODE)
        cues = tuple(
            Passage(
                place=Place.TRANSCRIPT,
                text=" ".join(spoken[at : at + WORDS_A_CUE]).capitalize() + ".",
                start=timedelta(seconds=at // 3),
                speaker=f"Voice {at // 240 % 2}",
            )
            for at in range(0, WORDS_AN_EPISODE, WORDS_A_CUE)
        )
        title = " ".join(chance.choices(words, cum_weights=weights, k=6))
        notes = " ".join(chance.choices(words, cum_weights=weights, k=60))
        yield SearchDocument(
            kind=Kind.EPISODE,
            show_guid="show",
            guid=f"episode-{number}",
            language="en",
            title=title,
            public_at=NOW - timedelta(hours=number),
            passages=(Passage(place=Place.TITLE, text=title), Passage(place=Place.NOTES, text=notes), *cues),
            people=(Name(value="ann", label="Ann"),),
        )
