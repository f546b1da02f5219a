"""Text as words that can be compared: cut apart, case and accents folded.

What is written without spaces between words (Chinese, Japanese, Thai, Khmer …) is cut into single characters, so that
a word of it is a phrase: no dictionary is needed, and whatever stands there is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# No word is so long; what goes on longer is told apart by its beginning alone.
LONGEST = 64
# Unicode blocks of scripts without spaces: Thai, Lao, Myanmar, Khmer, Han, Kana.
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Signs that stand within a word although they are no letters: accents written apart, vowels of Hebrew, Arabic, India.
_SIGNS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_WORD = re.compile(f"[{_SINGLE}]|(?:[^\\W_{_SINGLE}]+[{_SIGNS}]*)+")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
# Accents; not that of й, without which Russian endings would not be known. Hebrew and Arabic vowels, the tatweel.
_ACCENTS = re.compile("(?<!и)[\u0300-\u036f]|[\u0591-\u05c7\u0640\u064b-\u0652\u0670\u200c\u200d]")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# What an index might take for a separator; only odd compatibility letters unfold to any.
_SEPARATORS = re.compile(r"[\x00-/:-@\[-`{-\x7f\s]")


# Words, folded, that tell nothing by themselves: any sentence has some of them.
LITTLE = frozenset(
    (
        "a an the and or but of in on at to for from with by about as is are was were be been it its this that i my me "
        "we our you your he his she her they their do does did can what how when who why "
        "el la los las un una y e o u pero de del en a al por para con sin sobre como es son era ser lo le se su sus "
        "mi me nos tu te que si cuando quien"
    ).split()
)


def words_of(text: str) -> list[str]:
    """Cut a text into words, as they are written.

    >>> words_of("Don't panic: 3.5 mg, 乳癌!")
    ['Don', 't', 'panic', '3', '5', 'mg', '乳', '癌']
    """
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def word_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text with where each begins and ends."""
    for found in (_ASCII_WORD if text.isascii() else _WORD).finditer(text):
        yield found.start(), found.end(), found[0]


def fold(word: str) -> str:
    """Give a word without case and accents, cut to LONGEST.

    >>> [fold(word) for word in ("Café", "NIÑO", "Straße", "２０１８", "Мой", "Ёлка")]
    ['cafe', 'nino', 'strasse', '2018', 'мой', 'елка']
    """
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    plain = unicodedata.normalize("NFKC", _ACCENTS.sub("", plain)).casefold()
    return (_SEPARATORS.sub("", plain) or _SEPARATORS.sub("", word) or "0")[:LONGEST]


def is_single(word: str) -> bool:
    """Whether a word is one character of a script that is written without spaces."""
    return re.fullmatch(f"[{_SINGLE}]", word) is not None
