"""The search of an export as files: one index of what is written, and what was said in small pieces.

A word leads to the parts of transcripts in which it is said most (`search/words/`), those hold the sentences
(`search/spoken/`). A query loads a file a word and the few best parts: the script stops at 500 kB.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from web.export.rendering import Rendered
from web.export.search_texts import Part, parts_of, render_part, render_texts, searched_pages, topic_texts
from web.export.search_words import file_number, words_of
from web.published import Publication

INDEX, WORDS, SPOKEN = "search/index.json", "search/words/{}.json", "search/spoken/{}.json"
# Nobody reads further, and common words would make their files heavy.
PARTS_A_WORD = 60
WORD_FILE_BYTES = 48_000
MOST_WORD_FILES = 4096
# Of each part that a word is in: its number, how often.
Postings = Mapping[str, list[int]]


def search_files(publication: Publication, now: datetime, rendered: Mapping[str, Rendered]) -> dict[str, bytes]:
    """Every file of the search by its name in the export; the texts are those found while pages were rendered."""
    pages = {path: found for path, found in searched_pages(publication, now).items() if path in rendered}
    texts = [*(text for path in pages for text in rendered[path].texts), *topic_texts(publication)]
    parts = [part for show, episode, _ in pages.values() for part in parts_of(publication, show, episode)]
    spoken = {SPOKEN.format(number): render_part(part) for number, part in enumerate(parts)}
    words = word_files(postings_of(parts))
    sizes = [len(words[WORDS.format(number)]) for number in range(len(words))]
    index = render_texts(publication, texts, list(zip(parts, map(len, spoken.values()), strict=True)), sizes)
    return {INDEX: index} | words | spoken


def postings_of(parts: Iterable[Part]) -> Postings:
    """For each word the numbers of the parts that say it most, each followed by how often; the latest first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, part in enumerate(parts):
        for word, count in words_of(" ".join(cue.text for cue in part.cues)).items():
            found.setdefault(word, []).append((-count, -number))
    kept = {word: sorted(places)[:PARTS_A_WORD] for word, places in sorted(found.items())}
    return {word: [number for count, part in places for number in (-part, -count)] for word, places in kept.items()}


def word_files(postings: Postings) -> dict[str, bytes]:
    """The words in as many files as keep each small; a power of two, so that a few more words move few."""
    weights = {word: len(json.dumps([word, places])) for word, places in postings.items()}
    files = 1
    while files < MOST_WORD_FILES and max(_sums(weights, files), default=0) > WORD_FILE_BYTES:
        files *= 2
    held: list[dict[str, list[int]]] = [{} for _ in range(files)]
    for word, places in postings.items():
        held[file_number(word, files)][word] = places
    return {
        WORDS.format(number): json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()
        for number, one in enumerate(held)
    }


def _sums(weights: Mapping[str, int], files: int) -> list[int]:
    sums = [0] * files
    for word, weight in weights.items():
        sums[file_number(word, files)] += weight
    return sums
