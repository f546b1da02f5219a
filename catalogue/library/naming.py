"""What a file's or a folder's name says, and the order in which people expect names.

A name is only ever the last resort: front matter, side files and tags come first. Where a name could be read
in two ways, the reading that leaves more of it in the title is taken.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from anyascii import anyascii

from catalogue.library.notes.fields import clean_text, is_blank

_DATE = re.compile(r"((?:19|20)\d\d)([-_. ]?)(\d\d)\2(\d\d)(?![^\W_])")
_MONTH = re.compile(r"(?:19|20)\d\d[-_. ](?:0[1-9]|1[0-2])(?!\d)")
_SEASON_AND_NUMBER = re.compile(r"s(?P<season>\d{1,3})[-_. ]?e(?P<number>\d{1,6})(?![^\W_])", re.IGNORECASE)
_MARKED_NUMBER = re.compile(
    r"(?:(?:episode|episodio|folge|ep\.?|no\.|nr\.)[-_ ]?)?#?(?P<number>\d{1,6}(?:\.\d{1,3})?)(?![^\W_])", re.IGNORECASE
)
# Longer runs of digits are time stamps of recorders, not numbers of episodes.
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,3})?)(?=[-_\s.:)\]–—]|$)")
_SEASON_FOLDER = re.compile(r"(?:season|temporada)[-_ ]*(\d{1,4})(?![^\W_])", re.IGNORECASE)
# A name of blanks or of signs that cannot be shown.
NAMELESS = "?"
_DIGITS = re.compile(r"([0-9]+)")
# No name holds the first; see `_ordered`.
_END, _NEXT_FOLDER = "\0", "\1"
_SEPARATORS = " \t-–—_.:)]"


@dataclass(frozen=True, kw_only=True, slots=True)
class NameFacts:
    """What a name says: a title that is never empty, and a number, season and day where it has them."""

    title: str
    number: Decimal | None = None
    season: int | None = None
    published_on: date | None = None


def transliterate(text: str) -> str:
    """Write text in ASCII, sound by sound.

    >>> transliterate("Después del diagnóstico")
    'Despues del diagnostico'
    """
    return anyascii(unicodedata.normalize("NFC", text))


def natural_key(text: str) -> tuple[str, str, str]:
    """Sort key for names and paths: folder by folder, `2` before `10`, capitals and accents' spelling last.

    >>> sorted(["b/10.mp3", "b/2.mp3", "B c.mp3", "a.mp3"], key=natural_key)
    ['a.mp3', 'b/2.mp3', 'b/10.mp3', 'B c.mp3']
    """
    exact = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _NEXT_FOLDER.join(map(_ordered, exact.casefold().split("/"))), exact, text


def read_name(name: str) -> NameFacts:
    """Read the name of an episode's folder or stem (no path, no ending).

    A leading date is its day, any other leading number its number; the rest is the title, and where nothing
    is left, the whole name is. Hyphens are spaces unless the name has other ones. A number must stand alone
    (`3rd` is a word), and a year with a month is neither a day nor a number.

    >>> read_name("110-meet-the-husbands")
    NameFacts(title='meet the husbands', number=Decimal('110'), season=None, published_on=None)
    >>> read_name("2021-10-05 Living with stage-IV")
    NameFacts(title='Living with stage-IV', number=None, season=None, published_on=datetime.date(2021, 10, 5))
    >>> read_name("S2E03 After treatment").season
    2
    >>> read_name("Ep. 12").title
    'Ep. 12'
    """
    text = re.sub(r"[\s\x00-\x1f\x7f]+", " ", clean_text(unicodedata.normalize("NFC", name), " ")).strip()
    published_on, rest = _take_date(text)
    season, number, rest = _take_number(rest, is_leading=published_on is None)
    titles = (_title(rest, keep_hyphens=" " in text), _title(text, keep_hyphens=True), text)
    return NameFacts(
        title=next((title for title in titles if not is_blank(title)), NAMELESS),
        number=number,
        season=season,
        published_on=published_on,
    )


def season_of(folder: str) -> int | None:
    """Read the number of a folder named `Season N`; None for any other name.

    >>> season_of("Season 2"), season_of("season-03 Living well"), season_of("Seasonal")
    (2, 3, None)
    """
    match = _SEASON_FOLDER.match(folder)
    return int(match[1]) if match else None


@lru_cache(maxsize=65536)  # a folder's name returns with each file in it
def _ordered(segment: str) -> str:
    """Write a run of digits as its length and the run without zeros, so that plain text order is the natural one.

    One string and not a list of pieces: ten thousand are compared many times. What ends a text sorts before all
    that may stand in one; behind it a next folder sorts before a number, whatever its length.
    """
    pieces = _DIGITS.split(segment)
    for at in range(1, len(pieces), 2):
        run = pieces[at].lstrip("0")
        pieces[at] = f"{_END}{chr(ord(_NEXT_FOLDER) + 1 + len(run))}{run}"
    return "".join(pieces) + _END


def _take_date(text: str) -> tuple[date | None, str]:
    match = _DATE.match(text)
    if match is None:
        return None, text
    try:
        day = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:  # 20211399 is a number, not a day
        return None, text
    return day, text[match.end() :].lstrip(_SEPARATORS)


def _take_number(text: str, *, is_leading: bool) -> tuple[int | None, Decimal | None, str]:
    """Take season and number off the front; behind a date only a marked number (`#110`, `Ep. 12`) counts."""
    if match := _SEASON_AND_NUMBER.match(text):
        season = int(match["season"])
    elif _MONTH.match(text):
        return None, None, text
    elif match := (None if text[:1].isdigit() else _MARKED_NUMBER.match(text)) or (
        _BARE_NUMBER.match(text) if is_leading else None
    ):
        season = 0
    else:
        return None, None, text
    number = Decimal(match["number"])
    # Apple: itunes:episode and itunes:season are non-zero. `00 Trailer` only wants to be first.
    return season or None, number or None, text[match.end() :].lstrip(_SEPARATORS)


def _title(text: str, *, keep_hyphens: bool) -> str:
    spaced = text.replace("_", " ")
    if not keep_hyphens and " " not in spaced.strip():
        spaced = spaced.replace("-", " ")
    return " ".join(spaced.split()).strip(" -–—")
