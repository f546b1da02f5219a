"""Chapters by the hundred have pages: each is saved by itself, and leaves those of the others as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import request

from catalogue.domain.media import Chapter

# A form takes no more fields than those of so many rows (`bodies.MOST_FIELDS`).
MOST_ROWS = 200
PAGE_ROWS = 100
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class ChapterPage:
    """Which chapters a page is about: those that begin from `since` on and before `until` (None: to the end).

    By times, not by places: somebody else may have added chapters before them meanwhile.
    """

    number: int = 1
    last: int = 1
    since: timedelta = timedelta(0)
    until: timedelta | None = None

    def own(self, chapters: Sequence[Chapter]) -> list[Chapter]:
        """The chapters of this page."""
        return [one for one in chapters if self._holds(one)]

    def around(self, chapters: Sequence[Chapter]) -> tuple[list[Chapter], list[Chapter]]:
        """Those before the page, and those behind it."""
        others = [one for one in chapters if not self._holds(one)]
        return [one for one in others if one.start < self.since], [one for one in others if one.start >= self.since]

    @property
    def marks(self) -> dict[str, str]:
        """What the form carries of it."""
        until = "" if self.until is None else str(self.until // _MILLISECOND)
        return {"since": str(self.since // _MILLISECOND), "until": until}

    def _holds(self, chapter: Chapter) -> bool:
        return chapter.start >= self.since and (self.until is None or chapter.start < self.until)


def page_of(chapters: Sequence[Chapter]) -> ChapterPage:
    """The page that is asked for; as many as fit in a form have one."""
    if len(chapters) <= MOST_ROWS:
        return ChapterPage()
    last = -(-len(chapters) // PAGE_ROWS)
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    first, end = (number - 1) * PAGE_ROWS, number * PAGE_ROWS
    since = chapters[first].start if first else timedelta(0)
    return ChapterPage(number=number, last=last, since=since, until=chapters[end].start if number < last else None)


def sent_page(chapters: Sequence[Chapter]) -> ChapterPage:
    """The page that a form was filled from."""
    known = page_of(chapters)
    since, until = (request.form.get(name, type=int) for name in ("since", "until"))
    return ChapterPage(
        number=known.number,
        last=known.last,
        since=min(since or 0, 10**9) * _MILLISECOND,
        until=None if until is None else min(until, 10**9) * _MILLISECOND,
    )
