"""What every kind of chapter file is held to: its size, its encoding, how many chapters, how late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError, ContentErrors
from catalogue.formats.plain_text import decode_text

LIMIT_BYTES = 1024 * 1024
LIMIT_CHAPTERS = 5000
LONGEST = timedelta(days=30)


def decode_chapters(content: bytes, path: str) -> str:
    """The text of a chapter file; raises ChaptersError where it is too large, empty or no UTF-8."""
    if len(content) > LIMIT_BYTES:
        raise ChaptersError("chapters-too-large", "The chapters are larger than 1 MiB. Shorten them.", path=path)
    text = decode_text(content, path, error=ChaptersError)
    if not text.strip():
        raise ChaptersError("chapters-empty", "The file is empty. Delete it, or write the chapters into it.", path=path)
    return text


def refuse_many(count: int, path: str) -> None:
    """Raise ChaptersError where there are more chapters than anybody looks for."""
    if count > LIMIT_CHAPTERS:
        raise ChaptersError(
            "chapters-too-many",
            "There are more than {limit} chapters. Keep those a listener would look for.",
            path=path,
            limit=LIMIT_CHAPTERS,
        )


def in_order(chapters: Iterable[Chapter], errors: Sequence[ChaptersError] = ()) -> tuple[Chapter, ...]:
    """The chapters by their starts; raises ContentErrors where any could not be read."""
    if errors:
        raise ContentErrors(tuple(errors))
    return tuple(sorted(chapters, key=lambda chapter: chapter.start))


def check_times(start: timedelta, end: timedelta | None, *, path: str, line: int | None) -> None:
    """Raise ChaptersError for a chapter that lies beyond any episode, or ends before it starts."""
    if start > LONGEST or (end is not None and end > LONGEST):
        raise ChaptersError("chapter-time", "No episode lasts that long. Correct its time.", path=path, line=line)
    if end is not None and end < start:
        raise ChaptersError("chapter-time", "The chapter ends before it starts. Correct its end.", path=path, line=line)
