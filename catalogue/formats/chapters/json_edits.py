"""JSON chapters edited in place: what a form does not ask for stays in the document and in each chapter of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from catalogue.domain.media import Chapter
from catalogue.formats.chapters.bounds import decode_chapters
from catalogue.formats.chapters.json_chapters import read_chapters, read_entry

VERSION = "1.2.0"
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class EditedChapter:
    """A chapter as it is to be: start, title, link, whether it is listed; `was` marks the one it was made of."""

    chapter: Chapter
    was: str = ""


def mark_of(chapter: Chapter) -> str:
    """What tells a chapter from the others of its file, whatever is changed around it."""
    return f"{round(chapter.start / _MILLISECOND)} {chapter.title}"


def edit_json_chapters(content: bytes, edited: Sequence[EditedChapter], path: str) -> bytes:
    """Give the document with these chapters in place of its own, `content` empty for a new one.

    Keys that stand beside those of `EditedChapter` are kept, of the document and of each chapter that is known by its
    mark; so are numbers and titles that were not changed. The same chapters give the same bytes. Raises ChaptersError
    and ContentErrors as `read_chapters`.
    """
    document: dict[str, Any] = {"version": VERSION, "chapters": []}
    if content:
        read_chapters(content, path)
        document = json.loads(decode_chapters(content, path))
    known: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(document["chapters"], start=1):
        known.setdefault(mark_of(read_entry(entry, number, path)), entry)
    changed = document | {"chapters": [_entry(one, known.get(one.was, {}), path) for one in edited]}
    if content and changed == document:
        return content
    is_on_lines = not content or b"\n" in content.strip()
    text = json.dumps(
        changed,
        ensure_ascii=False,
        indent=1 if is_on_lines else None,
        separators=None if is_on_lines else (",", ":"),
    )
    return (text + "\n" * is_on_lines).encode("utf-8", "surrogatepass")


def _entry(edited: EditedChapter, old: dict[str, Any], path: str) -> dict[str, Any]:
    """A chapter's table: the old one with what was changed in it."""
    new, entry = edited.chapter, dict(old)
    was = read_entry(old, 0, path) if old else None
    if was is None or was.start != new.start:
        entry["startTime"] = _seconds(new.start)
    if was is None or was.title != new.title:
        entry["title"] = new.title
    if new.url is None:
        if was is None or was.url is not None:
            entry.pop("url", None)
    elif was is None or was.url != new.url:
        entry["url"] = new.url
    if new.is_listed:
        entry = {key: value for key, value in entry.items() if (key, value) != ("toc", False)}
    elif was is None or was.is_listed or new.title:
        entry["toc"] = False
    if was is not None and was.end is not None and was.end <= new.start:
        entry.pop("endTime")  # else it would end before it starts
    return entry


def _seconds(moment: timedelta) -> int | float:
    seconds = round(moment.total_seconds(), 3)
    return int(seconds) if seconds.is_integer() else seconds
