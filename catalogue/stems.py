"""Words as their stems, so that whoever looks for `husband` finds `husbands`, on any database.

Our own stems in both engines, and not each engine's: SQLite knows English alone, PostgreSQL what its server was built
with, and the same question should find the same episodes. Accents go before the stem is taken: most visitors type
none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from functools import cache
from typing import NamedTuple

from catalogue.domain.search_query import Term
from catalogue.domain.tongues import primary
from catalogue.domain.words import fold

# Grows when texts are cut, folded or kept differently, so that all are read again once.
SEARCH_READER = 3
# Stems kept for each language: a stem takes 0.1 ms to make. A language has fewer words than these in use.
MOST_KEPT = 300_000
# ISO 639-1 → Snowball's name.
_ALGORITHMS = dict(
    pair.split(":")
    for pair in (
        "ar:arabic ca:catalan cs:czech da:danish de:german el:greek en:english eo:esperanto es:spanish et:estonian "
        "eu:basque fa:persian fi:finnish fr:french ga:irish hi:hindi hu:hungarian hy:armenian id:indonesian it:italian "
        "lt:lithuanian nb:norwegian ne:nepali nl:dutch nn:norwegian no:norwegian pl:polish pt:portuguese ro:romanian "
        "ru:russian sr:serbian st:sesotho sv:swedish ta:tamil tr:turkish yi:yiddish"
    ).split()
)
# Endings that Snowball knows only with their accent, by language: `operacion` is to meet `operaciones`.
_ACCENTED = {"es": (("cion", "ción"), ("logia", "logía"))}

# Languages whose algorithm takes nothing away from the beginning of a word.
_SUFFIXES_ALONE = frozenset("ca da de en es fi fr it nb nn no pt ro ru sv".split())


class Pattern(NamedTuple):
    """Stems one after another; `is_beginning`: of the last it is only the beginning."""

    stems: tuple[str, ...]
    is_beginning: bool = False


class Stems(dict[str, str]):
    """Words of one language, as written, to their stems; makes what it does not know. Threads may share one.

    `keeps_first`: a stem begins with the letter that its word, folded, begins with.
    """

    def __init__(self, make: Callable[[str], str], *, keeps_first: bool = False) -> None:
        super().__init__()
        self._make = make
        self.keeps_first = keeps_first

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        made = self[word] = self._make(word)
        return made

    def of_typed(self, word: str) -> str:
        """The stem of a word that somebody asks for, which is not kept: it is theirs, and there is no end of them."""
        return self[word] if word in self else self._make(word)


def stems_of(language: str) -> Stems:
    """The stems of a language (BCP 47 tag); words of one without an algorithm are folded alone.

    >>> [stems_of("en")[word] for word in ("Husbands", "treating")], stems_of("es-MX")["operación"]
    (['husband', 'treat'], 'oper')
    """
    return _stems(primary(language))


def patterns_of(term: Term, languages: Collection[str]) -> tuple[Pattern, ...]:
    """What may stand in an index for a term, whichever of these languages its text is in; any of them will do.

    A beginning is that of a stem, or the word itself in any of its forms.
    """
    found: dict[Pattern, None] = {}
    for stems in [stems_of(language) for language in sorted(languages)] or [stems_of("")]:
        before = tuple(stems.of_typed(word) for word in term.words[:-1])
        found[Pattern((*before, stems.of_typed(term.words[-1])))] = None
        if term.is_beginning:
            found[Pattern((*before, fold(term.words[-1])), is_beginning=True)] = None
    return tuple(found)


@cache
def search_reader() -> str:
    """What texts were read with: where an index says another, all of it is made again."""
    from importlib import metadata  # slow, and most runs read nothing

    return f"{SEARCH_READER}/{metadata.version('snowballstemmer')}"


@cache
def _stems(language: str) -> Stems:
    import snowballstemmer  # forty modules: only for who reads or asks

    name = _ALGORITHMS.get(language)
    if name is None or name not in snowballstemmer.algorithms():
        return Stems(fold, keeps_first=True)
    stemmer, lock, endings = snowballstemmer.stemmer(name), threading.Lock(), _ACCENTED.get(language, ())

    def make(word: str) -> str:
        folded = fold(word)
        if folded.isdecimal():  # an endless number of numbers, and no endings
            return folded
        plain = next((folded[: -len(a)] + b for a, b in endings if folded.endswith(a)), folded)
        with lock:  # it works on itself
            stem: str = stemmer.stemWord(plain)
        return fold(stem) if stem else folded

    return Stems(make, keeps_first=language in _SUFFIXES_ALONE)
