"""Chapters as lines of text, `4:12 Losing someone`: in front matter, in a file, in show notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from catalogue.domain.clock import clock
from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError
from catalogue.formats.audio.tags import clean_line
from catalogue.formats.chapters.bounds import LIMIT_CHAPTERS, in_order, refuse_many

# Apple, "Chapters on Apple Podcasts": three time stamps, the first at 0:00, before they are taken for chapters.
LEAST_IN_NOTES = 3

_LINE = re.compile(
    r"[\[(]?(?:(?P<hours>\d{1,3}):(?=\d\d:))?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)(?:[.,](?P<fraction>\d{1,3}))?[\])]?"
    r"(?:\s*[-–—:|]\s*|\s+)(?P<title>\S.*)"
)
# What stands before a line's time in a Markdown list or quotation.
_BULLET = re.compile(r"[ \t>]{0,20}(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(?=[*_(\[]{0,4}\d)")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,1000}\)")
_EMPHASIS = re.compile(r"\*\*|__|\*|`")


def read_chapter_line(text: str, path: str, line: int | None = None) -> Chapter:
    """Read `1:02:03 Title` or `4:12 Title`, in brackets or with a dash between too.

    Raises ChaptersError at `path` and `line`.

    >>> read_chapter_line("1:02:03 Losing someone", "episode.md").start
    datetime.timedelta(seconds=3723)
    """
    chapter = _find_chapter(clean_line(text))
    if chapter is None:
        raise ChaptersError(
            "chapter-line",
            "`{text}` is not a chapter. Write its time, then its title, such as 4:12 Losing someone.",
            path=path,
            line=line,
            text=clean_line(text)[:80],
        )
    return chapter


def read_list(text: str, path: str) -> tuple[Chapter, ...]:
    """Read a file of such lines, by their starts; a bullet may stand before each.

    Raises ContentErrors with every line that is none, ChaptersError where they are too many.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    refuse_many(len(lines), path)
    chapters: list[Chapter] = []
    errors: list[ChaptersError] = []
    for number, line in lines:
        try:
            chapters.append(read_chapter_line(_BULLET.sub("", line, count=1), path, number))
        except ChaptersError as error:
            errors.append(error)
    return in_order(chapters, errors)


def find_time_list(markdown: str) -> tuple[Chapter, ...]:
    r"""The chapters that show notes list, or none: three or more lines, from 0:00 on, each later than the one before.

    Fewer, or from a later time on, may be hours of the day.

    >>> [chapter.title for chapter in find_time_list("- 0:00 Hello\n- 4:12 **Loss**\n- 9:30 [Hope](/hope)")]
    ['Hello', 'Loss', 'Hope']
    """
    chapters = tuple(_listed(markdown))
    is_list = len(chapters) >= LEAST_IN_NOTES and chapters[0].start == timedelta(0)
    is_rising = all(earlier.start < later.start for earlier, later in pairwise(chapters))
    return chapters if is_list and is_rising else ()


def render_list(chapters: Iterable[Chapter]) -> bytes:
    """Write `00:04:12 Title` lines in UTF-8, to be put into show notes; parts of a second are dropped."""
    lines = (f"{_whole_seconds(chapter)} {chapter.title}\n" for chapter in chapters)
    return "".join(lines).encode()


def _whole_seconds(chapter: Chapter) -> str:
    return clock(chapter.start).partition(".")[0]


def _listed(markdown: str) -> Iterator[Chapter]:
    found = 0
    for line in markdown.split("\n"):
        begins = _BULLET.match(line)
        if begins is not None and found < LIMIT_CHAPTERS:
            plain = _EMPHASIS.sub("", _LINK.sub(r"\1", line[begins.end() : begins.end() + 2000]))
            chapter = _find_chapter(clean_line(plain.lstrip("_")))
            if chapter is not None:
                found += 1
                yield chapter


def _find_chapter(line: str) -> Chapter | None:
    match = _LINE.fullmatch(line)
    if match is None or (match["hours"] and int(match["minutes"]) > 59):
        return None
    start = timedelta(
        hours=int(match["hours"] or 0),
        minutes=int(match["minutes"]),
        seconds=int(match["seconds"]),
        milliseconds=int((match["fraction"] or "").ljust(3, "0")),
    )
    return Chapter(start=start, title=match["title"])
