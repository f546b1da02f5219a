"""Chapters in the form that somebody asks for: a table of forms, what each can hold, and what is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError
from catalogue.feed.chapters import render_json_chapters
from catalogue.feed.podlove import render_podlove
from catalogue.formats.chapters.audacity import render_labels
from catalogue.formats.chapters.lines import render_list
from catalogue.formats.chapters.webvtt import render_vtt_chapters

_SHORTEST = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class ChapterForm:
    """A form of chapters; `holds` names what of a chapter beside start and title it has a place for."""

    render: Callable[[Sequence[Chapter]], bytes]
    holds: frozenset[str] = frozenset()


# What a form may have no place for → how that is told, and whether a chapter has it.
_DETAILS: dict[str, tuple[str, Callable[[Chapter], object]]] = {
    "silent": ("silent chapters", lambda chapter: not chapter.is_listed),
    "ends": ("ends", lambda chapter: chapter.end),
    "links": ("links", lambda chapter: chapter.url),
    "pictures": ("pictures", lambda chapter: chapter.image_url),
    "fractions": ("parts of a second", lambda chapter: chapter.start.microseconds),
}
FORMS: dict[str, ChapterForm] = {
    "json": ChapterForm(render=render_json_chapters, holds=frozenset(_DETAILS)),
    "psc": ChapterForm(render=render_podlove, holds=frozenset(("links", "pictures", "fractions"))),
    "vtt": ChapterForm(render=render_vtt_chapters, holds=frozenset(("ends", "fractions"))),
    "audacity": ChapterForm(render=render_labels, holds=frozenset(("ends", "fractions"))),
    "text": ChapterForm(render=render_list),
}
# Forms in which every chapter has an end.
_CLOSED = ("vtt",)


def render_chapters_as(
    chapters: Sequence[Chapter], form: str, *, path: str, length: timedelta | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Render chapters as one of FORMS; gives UTF-8, and a sentence on what it has no place for.

    `length` is that of the audio, for forms in which the last chapter must end. Raises ChaptersError, which names
    `path`, where nothing would be left, or where that end is unknown.
    """
    wanted = FORMS[form]
    kept = [one for one in chapters if one.is_listed or "silent" in wanted.holds]
    if not kept:
        sentence = "There are no chapters that .{form} could hold. Give a chapter a time and a title."
        raise ChaptersError("no-chapters", sentence, path=path, form=form)
    remarks = tuple(_lost(chapters, kept, wanted, form))
    return wanted.render(_closed(kept, length, path) if form in _CLOSED else kept), remarks


def _lost(chapters: Sequence[Chapter], kept: Sequence[Chapter], wanted: ChapterForm, form: str) -> list[str]:
    counts = {
        told: sum(bool(has(one)) for one in (chapters if name == "silent" else kept))
        for name, (told, has) in _DETAILS.items()
        if name not in wanted.holds
    }
    lost = [f"{told} ({count})" for told, count in counts.items() if count]
    return [f"Left out, as {form} has no place for it: {', '.join(lost)}."] if lost else []


def _closed(chapters: Sequence[Chapter], length: timedelta | None, path: str) -> list[Chapter]:
    """Chapters that all have ends: each without one ends where the next begins, the last with the audio."""
    ordered = sorted(chapters, key=lambda chapter: chapter.start)
    last = ordered[-1].end or length
    if last is None or last <= ordered[-1].start:
        sentence = "The last chapter has no end, and how long the audio is is not known. Say it: --length 1:02:03."
        raise ChaptersError("chapter-open", sentence, path=path)
    ends = [one.end or following.start for one, following in pairwise(ordered)] + [last]
    return [replace(one, end=max(end, one.start + _SHORTEST)) for one, end in zip(ordered, ends, strict=True)]
