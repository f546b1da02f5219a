"""Chapters as Audacity's labels: start and end in seconds and a title, with tabs between (its manual, "Labels")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError
from catalogue.formats.audio.tags import clean_line
from catalogue.formats.chapters.bounds import check_times, in_order, refuse_many

# Some versions write the decimal comma of the system's language.
_SECONDS = r"(\d{1,9}(?:[.,]\d{1,12})?)"
_LABEL = re.compile(rf"{_SECONDS}\t{_SECONDS}(?:\t(.*))?", re.ASCII)
# The second line of a label on some frequencies alone.
_FREQUENCIES = "\\"


def has_labels(text: str) -> bool:
    """Whether the first line that is not blank is a label."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return _LABEL.fullmatch(first) is not None


def read_labels(text: str, path: str) -> tuple[Chapter, ...]:
    """Read labels by their starts; one that marks a point has no end, one without a title is not listed.

    Raises ContentErrors with every line that is none, ChaptersError where they are too many.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    refuse_many(len(lines), path)
    chapters: list[Chapter] = []
    errors: list[ChaptersError] = []
    for number, line in lines:
        try:
            if not line.startswith(_FREQUENCIES):
                chapters.append(_chapter(line, path, number))
        except ChaptersError as error:
            errors.append(error)
    return in_order(chapters, errors)


def render_labels(chapters: Iterable[Chapter]) -> bytes:
    """Write labels in UTF-8; a chapter without an end becomes a point."""
    lines = (f"{_seconds(one.start)}\t{_seconds(one.end or one.start)}\t{one.title}\n" for one in chapters)
    return "".join(lines).encode()


def _chapter(line: str, path: str, number: int) -> Chapter:
    label = _LABEL.fullmatch(line)
    if label is None:
        raise ChaptersError(
            "chapter-label",
            "This is no label. Write start and end in seconds and the title, with tabs between.",
            path=path,
            line=number,
        )
    start, end, title = _moment(label[1]), _moment(label[2]), clean_line(label[3] or "")
    check_times(start, end, path=path, line=number)
    return Chapter(start=start, end=end if end > start else None, title=title, is_listed=bool(title))


def _moment(text: str) -> timedelta:
    return timedelta(milliseconds=round(float(text.replace(",", ".")) * 1000))


def _seconds(moment: timedelta) -> str:
    return f"{moment.total_seconds():.6f}"
