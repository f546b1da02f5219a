"""Chapters as WebVTT (W3C, "Chapter cues"): what web players take for a `<track kind="chapters">`."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.domain.clock import clock
from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError, TranscriptError
from catalogue.formats.audio.tags import clean_line
from catalogue.formats.chapters.bounds import check_times, in_order, refuse_many
from catalogue.formats.transcripts.captions import escaped, read_vtt_cues


def read_vtt_chapters(text: str, path: str) -> tuple[Chapter, ...]:
    """Read each cue as a chapter, by their starts; raises ChaptersError where the text is no WebVTT, or a time none."""
    try:
        spoken = read_vtt_cues(text, path)
    except TranscriptError as error:
        raise ChaptersError(error.code, error.template, path=path, line=error.line, **error.params) from error
    if spoken.remarks:
        raise ChaptersError(spoken.remarks[0].code, "{what}", path=path, what=spoken.remarks[0].message)
    refuse_many(len(spoken.cues), path)
    chapters = [
        Chapter(start=cue.start, end=cue.end, title=clean_line(cue.text))
        for cue in spoken.cues
        if cue.start is not None
    ]
    for chapter in chapters:
        check_times(chapter.start, chapter.end, path=path, line=None)
    return in_order(chapters)


def render_vtt_chapters(chapters: Iterable[Chapter]) -> bytes:
    """Write a cue for each chapter, all of which have ends, in UTF-8."""
    cues = (f"\n{clock(one.start)} --> {clock(one.end or one.start)}\n{escaped(one.title)}\n" for one in chapters)
    return ("WEBVTT\n" + "".join(cues)).encode()
