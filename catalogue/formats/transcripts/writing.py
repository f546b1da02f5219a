"""Cues as a transcript of any kind: a table of what each kind can hold, one writer each.

WebVTT holds all of it. SubRip and plain text have no speakers but a name before a colon, HTML has no ends, plain
text no times (podcast namespace, transcripts).
"""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from catalogue.domain.clock import clock
from catalogue.domain.media import Cue
from catalogue.formats.transcripts.captions import escaped

# Podcast namespace, transcripts: how long a line of captions may be, in characters.
_VTT_LINE, _SRT_LINE = 65, 32


@dataclass(frozen=True, kw_only=True)
class TranscriptForm:
    """A kind of transcript; `render` takes cues and their language (BCP 47, or None) and gives UTF-8.

    With `needs_times` every cue has a start, with `needs_ends` an end, too.
    """

    render: Callable[[Sequence[Cue], str | None], bytes]
    needs_times: bool = True
    needs_ends: bool = False
    holds_times: bool = True
    holds_ends: bool = True
    holds_speakers: bool = True


def _render_vtt(cues: Sequence[Cue], language: str | None) -> bytes:
    head = f"WEBVTT\nLanguage: {language}\n" if language else "WEBVTT\n"
    return (head + "".join(f"\n{_times(cue, '.')}\n{vtt_words(cue)}\n" for cue in cues)).encode()


def _render_srt(cues: Sequence[Cue], language: str | None) -> bytes:
    del language  # SubRip has no place for it
    blocks = (f"{number}\n{_times(cue, ',')}\n{srt_words(cue)}\n" for number, cue in enumerate(cues, start=1))
    return "\n".join(blocks).encode()


def _render_json(cues: Sequence[Cue], language: str | None) -> bytes:
    document = {
        "version": "1.0.0",
        **({"language": language} if language else {}),
        "segments": [dict(_segment(cue)) for cue in cues],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _render_html(cues: Sequence[Cue], language: str | None) -> bytes:
    lang = f' lang="{html.escape(language)}"' if language else ""
    head = f'<!doctype html>\n<html{lang}>\n<head><meta charset="utf-8"><title>Transcript</title></head>\n<body>\n'
    return (head + "".join(_paragraphs(cues)) + "</body>\n</html>\n").encode()


def _render_txt(cues: Sequence[Cue], language: str | None) -> bytes:
    del language  # plain text has no place for it
    return ("\n\n".join(map(_named, cues)) + "\n").encode()


FORMS: dict[str, TranscriptForm] = {
    "vtt": TranscriptForm(render=_render_vtt, needs_ends=True),
    "srt": TranscriptForm(render=_render_srt, needs_ends=True, holds_speakers=False),
    "json": TranscriptForm(render=_render_json),
    "html": TranscriptForm(render=_render_html, needs_times=False, holds_ends=False),
    "txt": TranscriptForm(
        render=_render_txt, needs_times=False, holds_times=False, holds_ends=False, holds_speakers=False
    ),
}


def vtt_words(cue: Cue) -> str:
    """The words of a cue as WebVTT has them, in lines of no more than its length."""
    words = _wrapped(escaped(cue.text), _VTT_LINE)
    return f"<v {escaped(cue.speaker)}>{words}" if cue.speaker else words


def srt_words(cue: Cue) -> str:
    """The same as SubRip has them: a speaker is a name before a colon."""
    return _wrapped(escaped(_named(cue)), _SRT_LINE)


def _times(cue: Cue, decimal: str) -> str:
    if cue.start is None or cue.end is None:
        raise ValueError("a cue without times")  # the form's `needs_times` and `needs_ends` were not asked
    return f"{clock(cue.start, decimal)} --> {clock(cue.end, decimal)}"


def _named(cue: Cue) -> str:
    return f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _segment(cue: Cue) -> Iterator[tuple[str, object]]:
    if cue.speaker:
        yield "speaker", cue.speaker
    if cue.start is not None:
        yield "startTime", round(cue.start.total_seconds(), 3)
    if cue.end is not None:
        yield "endTime", round(cue.end.total_seconds(), 3)
    yield "body", cue.text


def _paragraphs(cues: Sequence[Cue]) -> Iterator[str]:
    speaker: str | None = None
    for cue in cues:
        if cue.speaker:
            yield f"<cite>{html.escape(cue.speaker, quote=False)}:</cite>\n"
        elif speaker:  # a name holds until the next, and an empty one is nobody's
            yield "<cite></cite>\n"
        speaker = cue.speaker
        if cue.start is not None:
            yield f"<time>{clock(cue.start)}</time>\n"
        yield f"<p>{html.escape(cue.text, quote=False)}</p>\n"
