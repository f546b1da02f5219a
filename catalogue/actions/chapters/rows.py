"""Chapters as rows of a form: plain texts, and back, with everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.domain.media import Chapter
from catalogue.errors import CatalogueError, ChaptersError
from catalogue.formats.audio.tags import clean_line, find_web_address
from catalogue.formats.chapters.bounds import LONGEST
from catalogue.formats.chapters.json_edits import EditedChapter, mark_of
from catalogue.formats.transcripts.spoken import find_time

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class ChapterTexts:
    """A row as somebody typed it; `was` marks the chapter that it was filled from (`mark_of`), empty for a new one."""

    time: str = ""
    title: str = ""
    url: str = ""
    is_hidden: bool = False
    was: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, so that there is to be no such chapter."""
        return not (self.time or self.title or self.url)


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """What is wrong with a row (from 0), and in which of its fields: `time`, `title`, `url` or `hidden`."""

    row: int
    field: str
    error: CatalogueError


def fill_rows(chapters: Iterable[Chapter]) -> tuple[ChapterTexts, ...]:
    """Chapters as rows, in their order."""
    return tuple(
        ChapterTexts(
            time=short_clock(one.start),
            title=one.title,
            url=one.url or "",
            is_hidden=not one.is_listed,
            was=mark_of(one),
        )
        for one in chapters
    )


def short_clock(moment: timedelta) -> str:
    """A moment as people write it, with parts of a second only where there are any.

    >>> short_clock(timedelta(seconds=252)), short_clock(timedelta(hours=1, seconds=3.5))
    ('4:12', '1:00:03.5')
    """
    seconds, milliseconds = divmod(round(moment / _MILLISECOND), 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    fraction = f".{milliseconds:03}".rstrip("0") if milliseconds else ""
    return (f"{hours}:{minutes:02}" if hours else f"{minutes}") + f":{seconds % 60:02}{fraction}"


def read_rows(
    rows: Sequence[ChapterTexts], *, length: timedelta | None, may_hide: bool = True
) -> tuple[tuple[EditedChapter, ...], tuple[RowFault, ...]]:
    """Read rows, empty ones left out, by their times; `length` is that of the audio, None where nobody knows it.

    Gives the faults of all rows in their order beside those that are none: a time that is none, that two chapters
    have or that lies behind the end, a title that is missing, a link that is none.
    """
    edited: list[EditedChapter] = []
    faults: list[RowFault] = []
    taken: dict[timedelta, int] = {}
    for number, row in enumerate(rows):
        if row.is_empty:
            continue
        start = find_time(row.time)
        faults += _faults(number, row, start, length=length, may_hide=may_hide)
        if start is None:
            continue
        if start in taken:
            faults.append(_fault(number, "time", "chapter-double", "Another chapter begins at {time}.", time=row.time))
        taken[start] = number
        edited.append(EditedChapter(chapter=_chapter(row, start), was=row.was))
    return tuple(sorted(edited, key=lambda one: one.chapter.start)), tuple(faults)


def _faults(
    number: int, row: ChapterTexts, start: timedelta | None, *, length: timedelta | None, may_hide: bool
) -> list[RowFault]:
    found: list[RowFault] = []
    end = length if length is not None else LONGEST
    if start is None:
        template = "“{text}” is not a time. Write it like 4:12 or 1:02:03."
        found.append(_fault(number, "time", "chapter-clock", template, text=row.time[:40]))
    elif start >= end:
        template = "The recording ends at {end}, before this chapter begins."
        found.append(_fault(number, "time", "chapter-beyond", template, end=short_clock(end)))
    if not clean_line(row.title) and not row.is_hidden:
        template = "This chapter has no title. Write one, or say that it is not in the list."
        found.append(_fault(number, "title", "chapter-untitled", template))
    if row.is_hidden and not may_hide:
        template = "Chapters that stand in the note are all in the list. Leave this one out, or show it."
        found.append(_fault(number, "hidden", "chapter-hidden", template))
    if row.url and find_web_address(row.url) is None:
        template = "“{text}” is not a web address. Write it whole, such as https://example.org/page."
        found.append(_fault(number, "url", "chapter-address", template, text=row.url[:80]))
    return found


def _fault(number: int, field: str, code: str, template: str, **params: str) -> RowFault:
    return RowFault(row=number, field=field, error=ChaptersError(code, template, path="", line=None, **params))


def _chapter(row: ChapterTexts, start: timedelta) -> Chapter:
    return Chapter(start=start, title=clean_line(row.title), url=find_web_address(row.url), is_listed=not row.is_hidden)
