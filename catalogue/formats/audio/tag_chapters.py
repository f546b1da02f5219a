"""Chapters as tags hold them, with the nonsense left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from catalogue.domain.facts import Remark
from catalogue.domain.media import Chapter
from catalogue.formats.audio.tags import clean_line, find_web_address

CHAPTER_LIMIT = 2_000
# Encoders round; a chapter may be said to end this much after the sound does.
_SLACK = timedelta(seconds=2)
_CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?", re.ASCII)
_VORBIS_KEY = re.compile(r"chapter(\d{3})", re.ASCII)


def check_chapters(
    chapters: Iterable[Chapter], *, duration: timedelta | None
) -> tuple[tuple[Chapter, ...], tuple[Remark, ...]]:
    """The chapters that can be true, in their order, and a remark on those that cannot.

    Left out are those that start after the sound's end, before or with the chapter in front of them,
    and those with neither title nor link.
    """
    kept: list[Chapter] = []
    found = list(chapters)
    for chapter in found[:CHAPTER_LIMIT]:
        in_order = not kept or chapter.start > kept[-1].start
        in_time = duration is None or chapter.start < duration
        if in_order and in_time and (chapter.title or chapter.url):
            kept.append(_with_plausible_end(chapter, duration))
    lost = len(found) - len(kept)
    if lost == 0:
        return tuple(kept), ()
    sentence = f"{lost} of {len(found)} chapters in its tags were left out: their times or titles make no sense."
    return tuple(kept), (Remark(code="chapters", message=sentence),)


def read_vorbis_chapters(comments: Mapping[str, str]) -> list[Chapter]:
    """Chapters of `CHAPTER001=00:01:02.500` with NAME and URL, in the order of their numbers.

    Keys are lower-case. Source: the Vorbis "Chapter Extension" note of Xiph.Org. An unreadable time gives a
    chapter that `check_chapters` leaves out.
    """
    numbers = sorted(found[1] for key in comments if (found := _VORBIS_KEY.fullmatch(key)))
    return [
        Chapter(
            start=start if (start := read_clock(comments[f"chapter{number}"])) is not None else timedelta.max,
            title=clean_line(comments.get(f"chapter{number}name", "")) if start is not None else "",
            url=find_web_address(comments.get(f"chapter{number}url", "")) if start is not None else None,
        )
        for number in numbers
    ]


def read_clock(text: str) -> timedelta | None:
    """A time such as `01:02:03.500`, or None.

    >>> read_clock("01:02:03.5")
    datetime.timedelta(seconds=3723, microseconds=500000)
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = map(int, found.groups()[:3])
    fraction = float(f"0.{found[4] or 0}")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds + fraction)


def _with_plausible_end(chapter: Chapter, duration: timedelta | None) -> Chapter:
    end = chapter.end
    if end is None or (end > chapter.start and (duration is None or end <= duration + _SLACK)):
        return chapter
    return replace(chapter, end=None)
