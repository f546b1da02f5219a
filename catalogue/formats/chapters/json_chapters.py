"""Chapters as JSON chapters 1.2 (podcast namespace, jsonChapters): the kind that carries all we have a place for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError
from catalogue.formats.audio.tags import clean_line, find_web_address
from catalogue.formats.chapters.bounds import LONGEST, decode_chapters, in_order, refuse_many

_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def read_chapters(content: bytes, path: str) -> tuple[Chapter, ...]:
    """Read JSON chapters 1.2 (podcast namespace, jsonChapters), sorted by their start.

    A chapter without a title changes picture or link and is not listed. Of `url` and `img` only http(s)
    addresses are kept. Raises ChaptersError where the file is no such document, ContentErrors with every
    chapter that cannot be read, each with its line.
    """
    text = decode_chapters(content, path)
    document = _document(text, path)
    chapters: list[Chapter] = []
    errors: list[ChaptersError] = []
    for index, entry in enumerate(document):
        try:
            chapters.append(read_entry(entry, index + 1, path))
        except ChaptersError as error:
            errors.append(error)
    return in_order(chapters, tuple(_with_lines(errors, text, document)) if errors else ())


def _document(text: str, path: str) -> list[Any]:
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ChaptersError("chapters-json", "The JSON is nested too deeply.", path=path) from error
    except ValueError as error:  # JSONDecodeError, or a number of more digits than Python reads
        raise ChaptersError(
            "chapters-json",
            "This is not JSON: {why}. Write it as JSON chapters 1.2.",
            path=path,
            line=getattr(error, "lineno", None),
            why=getattr(error, "msg", "a number is too long"),
        ) from error
    entries = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise ChaptersError(
            "chapters-missing",
            'There is no list of chapters. Write {{"version": "1.2.0", "chapters": […]}}.',
            path=path,
        )
    refuse_many(len(entries), path)
    return entries


def read_entry(entry: object, number: int, path: str) -> Chapter:
    """Read one entry of the list, the `number`-th; raises ChaptersError."""
    if not isinstance(entry, dict):
        raise _wrong(number, path, "it is not in braces", 'Write {"startTime": 0, "title": "Welcome"}.')
    start = _moment(entry, "startTime", number, path)
    if start is None:
        raise _wrong(number, path, "it has no `startTime`", "Write the seconds it starts at, such as 272.5.")
    end = _moment(entry, "endTime", number, path)
    if end is not None and end < start:
        raise _wrong(number, path, "it ends before it starts", "Correct `endTime`, or leave it out.")
    title = entry.get("title")
    if not isinstance(title, str | None):
        raise _wrong(number, path, "its `title` is no text", "Put the title in quotation marks.")
    title = clean_line(title or "")
    return Chapter(
        start=start,
        title=title,
        end=end,
        url=find_web_address(str(entry.get("url", ""))),
        image_url=find_web_address(str(entry.get("img", ""))),
        is_listed=bool(title) and entry.get("toc") is not False,
    )


def _moment(entry: dict[str, Any], key: str, number: int, path: str) -> timedelta | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(number, path, f"its `{key}` is no number", "Write seconds without quotation marks, such as 272.5.")
    if not 0 <= value <= LONGEST.total_seconds():  # NaN is not either
        raise _wrong(number, path, f"its `{key}` is not within an episode", "Write seconds from 0, such as 272.5.")
    return timedelta(milliseconds=round(value * 1000))


def _wrong(number: int, path: str, why: str, mend: str) -> ChaptersError:
    return ChaptersError("chapter", "Chapter {number}: {why}. {mend}", path=path, number=number, why=why, mend=mend)


def _with_lines(errors: list[ChaptersError], text: str, entries: list[Any]) -> Iterator[ChaptersError]:
    lines = _lines(text, entries)
    for error in errors:
        error.line = lines.get(int(str(error.params["number"])))
        yield error


def _lines(text: str, entries: list[Any]) -> dict[int, int]:
    """The line on which each chapter (from 1) begins; empty where the text does not tell for certain."""
    array = re.search(r'"chapters"\s*:\s*\[', text)
    position = array.end() if array else len(text)
    lines: dict[int, int] = {}
    line, counted = 1, 0
    for number in range(1, len(entries) + 1):
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
        try:
            _, end = _DECODER.raw_decode(text, position)
        except ValueError:
            return {}
        line, counted = line + text.count("\n", counted, position), position
        lines[number], position = line, end
    return lines
