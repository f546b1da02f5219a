"""Chapters as a file of their own: JSON chapters 1.2 (Podcasting 2.0, `jsonChapters`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import Chapter
from catalogue.feed.element import ascii_address, one_line

VERSION = "1.2.0"


def render_chapters(episode: Episode) -> bytes:
    """Render an episode's chapters as UTF-8 JSON, earliest first; the same chapters give the same bytes.

    Nothing but the chapters goes in: a new title of the episode does not change the file's address.
    """
    return render_json_chapters(episode.chapters)


def render_json_chapters(chapters: Iterable[Chapter]) -> bytes:
    """Render chapters as `render_chapters` does, whosever they are."""
    in_order = sorted(chapters, key=lambda chapter: chapter.start)
    document = {"version": VERSION, "chapters": [dict(_fields(chapter)) for chapter in in_order]}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def chapters_address(episode: Episode, links: Links) -> str | None:
    """Give the address of the chapters file, made of its bytes' hash; None without chapters."""
    if not episode.chapters:
        return None
    return links.chapters(episode, hashlib.sha256(render_chapters(episode)).hexdigest())


def _fields(chapter: Chapter) -> Iterable[tuple[str, object]]:
    yield "startTime", _seconds(chapter.start)
    yield "title", one_line(chapter.title)
    if chapter.end is not None:
        yield "endTime", _seconds(chapter.end)
    if chapter.url:
        yield "url", ascii_address(chapter.url)
    if chapter.image_url:
        yield "img", ascii_address(chapter.image_url)
    if not chapter.is_listed:
        yield "toc", False


def _seconds(moment: timedelta) -> int | float:
    seconds = round(moment.total_seconds(), 3)
    return int(seconds) if seconds.is_integer() else seconds
