"""What the tags of any family say, typed: one table of fields, one reader each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from catalogue.domain.facts import Remark
from catalogue.domain.markup import find_heavy_line
from catalogue.domain.media import Chapter
from catalogue.formats.language_codes import find_language

LINE_LIMIT = 1_000
NOTES_LIMIT_BYTES = 1024 * 1024
_NUMBER_LIMIT = 100_000

# What XML 1.0 forbids, with all other control characters but tab and line feed: none means anything in a tag.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029")
_NUMBER = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*(?:/|$)", re.ASCII)
_DAY = r"(\d{4})[-/.]?(\d\d?)[-/.]?(\d\d?)"
_MOMENT = re.compile(
    _DAY + r"(?:[T ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?\b.*", re.ASCII | re.DOTALL
)


@dataclass(frozen=True, kw_only=True)
class RawTags:
    """A file's tags before they are typed.

    `texts` has, for each field of FIELDS (and `published`, `summary`, `notes`), all that could stand there,
    the most fitting first. `picture` is the front cover's bytes.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()
    picture: bytes | None = None
    remarks: tuple[Remark, ...] = ()


def read_fields(raw: RawTags) -> dict[str, Any]:
    """The fields of AudioFacts that are text in a tag, typed; what cannot be read is None."""
    published = _published(raw.texts.get("published", ()))
    summary, notes = _descriptions(raw)
    return {
        **{name: read(raw.texts.get(name, ())) for name, read in FIELDS.items()},
        "published_at": published if isinstance(published, datetime) else None,
        "published_on": None if isinstance(published, datetime) else published,
        "summary": summary,
        "notes": notes,
    }


def remarks_on(raw: RawTags) -> tuple[Remark, ...]:
    """What had to be left out of the texts."""
    return tuple(remark for is_so, remark in _NOTES_REMARKS if any(map(is_so, raw.texts.get("notes", ()))))


def _is_too_long(text: str) -> bool:
    return len(text) * 4 > NOTES_LIMIT_BYTES and len(text.encode(errors="replace")) > NOTES_LIMIT_BYTES


def _is_too_heavy(text: str) -> bool:
    return find_heavy_line(text) is not None


_NOTES_REMARKS = (
    (_is_too_long, Remark(code="notes-cut", message="The notes in its tags are over 1 MiB; the rest was left out.")),
    (
        _is_too_heavy,
        Remark(code="notes-markup", message="The notes in its tags have more markup than can be shown; write shorter."),
    ),
)


def clean_text(text: str) -> str:
    """Text without control characters, with line feeds alone as line ends, at most 1 MiB of UTF-8."""
    plain = (text if text.isprintable() else _CONTROL.sub("", _LINE_END.sub("\n", text))).strip()
    is_short = len(plain) * 4 <= NOTES_LIMIT_BYTES
    return plain if is_short else plain.encode()[:NOTES_LIMIT_BYTES].decode(errors="ignore")


def clean_line(text: str) -> str:
    r"""Text as one line of at most 1,000 characters.

    >>> clean_line(" Meet\r\nthe\x0b husbands ")
    'Meet the husbands'
    """
    return " ".join(clean_text(text).split())[:LINE_LIMIT].rstrip()


def read_moment(text: str) -> datetime | date | None:
    """A date tag with a day: a datetime where it has a time (UTC if it names a zone, else naive), else a date.

    A year or a month alone says nothing about publication, so it is None.

    >>> read_moment("2018-05-03T10:00:00+02:00"), read_moment("2018-05-03"), read_moment("2018-05")
    (datetime.datetime(2018, 5, 3, 8, 0, tzinfo=datetime.timezone.utc), datetime.date(2018, 5, 3), None)
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    *day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return date(*map(int, day))
        clock = f"{int(hour):02}:{minute}:{second or '00'}"
        offset = {None: "", "Z": "+00:00", "UTC": "+00:00"}.get(zone, zone or "")
        moment = datetime.fromisoformat(f"{'-'.join(part.zfill(2) for part in day)}T{clock}{offset}")
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # the thirtieth of February
        return None


def find_web_address(text: str) -> str | None:
    """An http or https address on one line, or None."""
    address = clean_line(text)
    if not re.fullmatch(r"https?://[^\s<>\"]+", address, re.IGNORECASE):
        return None
    try:
        return address if urlsplit(address).hostname else None
    except ValueError:  # such as http://[
        return None


def _first(read: Callable[[str], Any]) -> Callable[[Iterable[str]], Any]:
    """A reader that takes the first text of which `read` makes something."""
    return lambda texts: next((value for value in map(read, texts) if value), None)


def _number(text: str) -> Decimal | None:
    """The episode's number of `3/12` or `03`; nought is how taggers write "none"."""
    found = _NUMBER.match(text)
    number = Decimal(found[1]) if found else Decimal(0)
    return number if 0 < number < _NUMBER_LIMIT else None


def _season(text: str) -> int | None:
    """A whole number; not disc one of one, which music programs write into everything."""
    number = _number(text) if text.strip() not in ("1/1", "01/01") else None
    return int(number) if number is not None and number == int(number) else None


FIELDS: dict[str, Callable[[Iterable[str]], Any]] = {
    "title": _first(clean_line),
    "author": _first(clean_line),
    "album": _first(clean_line),
    "number": _first(_number),
    "season": _first(_season),
    "language": _first(find_language),
    "guid": _first(clean_line),
    "feed_url": _first(find_web_address),
}
_published = _first(read_moment)


def _descriptions(raw: RawTags) -> tuple[str | None, str | None]:
    """Summary and notes: the notes are the longest text; a summary of several paragraphs is one of them."""
    summaries = [text for text in map(clean_text, raw.texts.get("summary", ())) if text]
    several = [text for text in summaries if "\n" in text]
    candidates = [text for text in map(clean_text, raw.texts.get("notes", ())) if text and not _is_too_heavy(text)]
    notes = max(candidates + several, key=len, default=None)
    summary = " ".join(summaries[0].split("\n", 1)[0].split()) if summaries else None
    return summary, None if notes == summary else notes
