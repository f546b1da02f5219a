"""Captions, WebVTT and SubRip, as cues.

webvtt-py knows the two grammars, but leaves out a cue whose times it cannot read without a word, and takes the
half of `3.5` for 5 milliseconds. So every line of times is read here first and written out in full; what
remains unreadable is named with its line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.library.plain_text import one_line

_TIME = r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d)(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?![\d:.,])(.*)", re.ASCII)
_STAMP = re.compile(r"(\d+):(\d\d):(\d\d)\.(\d{3})", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)*\s+([^<>]*)>")
# Tags of either format, and the position codes some tools leave in SubRip: {\an8}.
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_LANGUAGE = re.compile(r"language\s*:\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Captions:
    """Cues in the order of the file, the language its header names, and the lines whose times are unreadable."""

    cues: tuple[Cue, ...]
    language: str | None
    unreadable: tuple[int, ...]


def read_captions(text: str, path: str, *, kind: str) -> Captions:
    """Read captions of the given kind, `vtt` or `srt`; styles, positions and markup are left out.

    A cue in which several voices speak gives a cue for each. Raises TranscriptError where the text is not
    of that kind at all. Sources: W3C WebVTT; SubRip has none.
    """
    lines, unreadable = _with_full_times(text.split("\n"))
    try:
        read = webvtt.from_buffer(lines, format=kind)
    except (MalformedFileError, MalformedCaptionError) as error:
        raise _not_captions(path, kind) from error
    cues = tuple(cue for caption in read.captions for cue in _cues(caption))
    languages = (_LANGUAGE.fullmatch(line.strip()) for line in read.metadata)
    return Captions(
        cues=cues, language=next((found[1] for found in languages if found), None), unreadable=tuple(unreadable)
    )


def _with_full_times(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines from the first that is not blank, times as 00:00:00.000, and the numbers of those that have none."""
    full: list[str] = []
    unreadable: list[int] = []
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            if full or line.strip():
                full.append(line)
            continue
        times = _TIMES.fullmatch(line)
        if times is None:
            unreadable.append(number)
            full.append(line)
        else:
            parts = times.groups()
            full.append(f"{_full(*parts[:4])} --> {_full(*parts[4:8])}{parts[8]}")
    return full, unreadable


def _full(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> str:
    """A time with hours and three digits after the point; minutes may run past 59, as some tools write them.

    >>> _full(None, "75", "3", "5")
    '01:15:03.500'
    """
    whole_hours = int(hours or 0) + int(minutes) // 60
    return f"{whole_hours:02}:{int(minutes) % 60:02}:{int(seconds):02}.{(fraction or '')[:3].ljust(3, '0')}"


def _cues(caption: webvtt.Caption) -> Iterator[Cue]:
    start, end = _moment(caption.start), _moment(caption.end)
    words, *voices = _VOICE.split(caption.raw_text)
    spans = [("", words), *zip(voices[::2], voices[1::2], strict=True)]
    for speaker, span in spans:
        text = one_line(html.unescape(_MARKUP.sub("", span)))
        if text:
            yield Cue(
                text=text,
                start=start,
                end=end if end > start else None,
                speaker=one_line(html.unescape(speaker)) or None,
            )


def _moment(stamp: str) -> timedelta:
    found = _STAMP.fullmatch(stamp)
    assert found is not None, stamp  # webvtt-py writes its times so
    hours, minutes, seconds, milliseconds = map(int, found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds)


def _not_captions(path: str, kind: str) -> TranscriptError:
    mends = {
        "vtt": "Its first line must be WEBVTT; if these are SubRip captions, name the file .srt.",
        "srt": "It must begin with a 1, then a line such as 00:00:01,000 --> 00:00:04,000.",
    }
    return TranscriptError(
        "transcript-kind", "This is not .{kind}. {mend}", path=path, line=1, kind=kind, mend=mends[kind]
    )
