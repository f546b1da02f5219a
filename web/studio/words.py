"""The words of the studio, beside those of the site: a folder a language, in it a file a subject.

All files of a language are one; no key may be written twice, so that who writes new pages writes a new file.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from web.current import words
from web.words import Words, words_for

FOLDER = Path(__file__).parent / "words"


def studio_words() -> Words:
    """Give the words this page speaks: the studio's and the site's."""
    return studio_words_in(words().language)


@cache
def studio_words_in(language: str) -> Words:
    """Give the studio's words in one of the languages of the site."""
    sentences = dict(words_for(language).sentences)
    for path in sorted((FOLDER / language).glob("*.toml")):
        read = tomllib.loads(path.read_text("utf-8"))
        twice = read.keys() & sentences.keys()
        if twice:
            raise ValueError(f"{path}: {', '.join(sorted(twice))} is written twice")
        sentences |= read
    return Words(language, sentences)
