"""Every word of the interface, in the languages it is written in.

A page speaks the language of its content; where we have no words for that, English. Each language is
one flat TOML file with the same keys; a plural is two keys, `…_one` and `…_other`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalogue.domain.tongues import FALLBACK, primary

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Words:
    """The words of one language; `language` is its code, as in `<html lang>`."""

    language: str
    sentences: dict[str, str]

    def __call__(self, key: str, /, **params: object) -> str:
        """Say `key`, with its places filled; an unknown key is a KeyError, never an empty page."""
        return self.sentences[key].format(**params)

    def count(self, key: str, count: int) -> str:
        """Say how many: `key_one` or `key_other`, with `{count}`."""
        return self(f"{key}_one" if count == 1 else f"{key}_other", count=count)

    def __contains__(self, key: str) -> bool:
        return key in self.sentences


@cache
def languages() -> tuple[str, ...]:
    """List the languages we have words in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def words_for(language: str) -> Words:
    """Give the words for a BCP 47 tag: `es-MX` speaks Spanish, an unwritten language English.

    >>> words_for("es-MX").language, words_for("ja").language
    ('es', 'en')
    """
    return _read_words(primary(language) if primary(language) in languages() else FALLBACK)


@cache
def _read_words(language: str) -> Words:
    return Words(language, tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")))
