"""Captions, WebVTT and SubRip, as cues.

webvtt-py knows the grammar, but leaves out a cue whose times it cannot read without a word, and takes the
half of `3.5` for 5 milliseconds. So every line of times is read here first and written out in full; what
remains unreadable is named with its line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from catalogue.domain.facts import Remark
from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.plain_text import one_line
from catalogue.formats.transcripts.spoken import TIME, Spoken, find_time, moment_of, refuse_count, with_named_speakers

_TIMES = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}(?![\d:.,])(.*)", re.ASCII)
# Where a file was cut off in a line of times.
_CUT_TIMES = re.compile(r"\s*(?:\d{1,4}:)?\d{1,4}:\d\d[.,]\d{3}\s*-{0,2}", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
# Tags of either format, and the position codes some tools leave in SubRip: {\an8}.
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_LANGUAGE = re.compile(r"language\s*:\s*(\S+)", re.IGNORECASE)


def read_vtt(text: str, path: str) -> Spoken:
    """Read WebVTT (W3C); styles, notes, positions and markup are left out.

    A cue in which several voices speak gives a cue for each; without voices, `Name:` at the beginning of
    more than one cue is the speaker. Raises TranscriptError where the text is not WebVTT.
    """
    spoken = read_vtt_cues(text, path)
    return replace(spoken, cues=with_named_speakers(spoken.cues))


def read_vtt_cues(text: str, path: str) -> Spoken:
    """As `read_vtt`, but only a voice is a speaker: a title such as `Part two: hope` stays whole."""
    lines, remarks = _with_full_times(text, path)
    return _spoken(lines, remarks, path, mend="Its first line must be WEBVTT; SubRip captions are named .srt.")


def read_srt(text: str, path: str) -> Spoken:
    """Read SubRip, which has no specification: numbers may be missing, blank lines may stand inside a cue.

    `Name:` at the beginning of more than one cue is the speaker. Raises TranscriptError for anything else.
    """
    lines, remarks = _with_full_times(text, path)
    mend = "They must begin with a 1, then a line such as 00:00:01,000 --> 00:00:04,000."
    spoken = _spoken(_webvtt_of_srt(lines), remarks, path, mend=mend)
    return replace(spoken, cues=with_named_speakers(spoken.cues))


def escaped(text: str) -> str:
    """Words as captions hold them, in which `<`, `>` and `&` would be markup.

    >>> escaped("R&D --> <b>")
    'R&amp;D --&gt; &lt;b&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("{\\", "&#123;\\")


def voices_of(words: str) -> Iterator[tuple[str, str]]:
    """Who says what in the words of a cue, the speaker empty where no voice is named; without markup."""
    first, *voices = _VOICE.split(words)
    for speaker, span in [("", first), *zip(voices[::2], voices[1::2], strict=True)]:
        text = one_line(html.unescape(_MARKUP.sub("", span)))
        if text:
            yield one_line(html.unescape(speaker)), text


def times_of(line: str) -> tuple[timedelta, timedelta] | None:
    """Start and end of a line of times; None for any other line."""
    found = _TIMES.fullmatch(line) if "-->" in line else None
    if found is None:
        return None
    parts = found.groups()
    return moment_of(*parts[:4]), moment_of(*parts[4:8])


def settings_of(line: str) -> str:
    """What stands behind the times of a line of times, such as ` align:start`."""
    found = _TIMES.fullmatch(line)
    return found[9] if found else ""


def _with_full_times(text: str, path: str) -> tuple[list[str], tuple[Remark, ...]]:
    """The lines with times as 00:00:00.000, and a remark on those whose times cannot be read."""
    refuse_count(max(1, text.count("-->")), path)  # before so many are built
    lines = text.split("\n")
    unreadable: list[int] = []
    for index, line in enumerate(lines):
        if _is_times(line):
            times = _TIMES.fullmatch(line)
            if times is None:
                unreadable.append(index + 1)
            else:
                *parts, settings = times.groups()
                lines[index] = f"{_full(*parts[:4])} --> {_full(*parts[4:])}{settings}"
    return lines, _remarks(unreadable)


def _is_times(line: str) -> bool:
    return "-->" in line or _CUT_TIMES.fullmatch(line) is not None


def _full(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> str:
    """A time as WebVTT has it at its longest.

    >>> _full(None, "75", "3", "5")
    '01:15:03.500'
    """
    whole_hours = int(hours or 0) + int(minutes) // 60
    return f"{whole_hours:02}:{int(minutes) % 60:02}:{int(seconds):02}.{(fraction or '')[:3].ljust(3, '0')}"


def _remarks(unreadable: list[int]) -> tuple[Remark, ...]:
    if not unreadable:
        return ()
    some = ", ".join(map(str, unreadable[:5])) + (" …" if unreadable[5:] else "")
    sentence = f"Cues without readable times were left out: line {some}. Write 00:00:01.000 --> 00:00:04.000."
    return (Remark(code="transcript-times", message=sentence),)


def _webvtt_of_srt(lines: list[str]) -> list[str]:
    """SubRip as WebVTT: a cue runs to the next line of times, over blank lines too; its number is left out.

    webvtt-py's own reader of SubRip passes over every cue without a number.
    """
    first = next((line.strip() for line in lines if line.strip()), "")
    if not (first.isdecimal() or "-->" in first):
        return []
    blocks = ["WEBVTT"]
    for line in lines:
        if _is_times(line):
            if blocks[-1].strip().isdecimal():
                blocks.pop()
            blocks.append("")
        if line.strip():
            blocks.append(line)
    return blocks


def _spoken(lines: list[str], remarks: tuple[Remark, ...], path: str, *, mend: str) -> Spoken:
    try:
        read = webvtt.from_buffer(lines)
    except (MalformedFileError, MalformedCaptionError) as error:
        raise TranscriptError(
            "transcript-kind", "These are not the captions that the name says. {mend}", path=path, line=1, mend=mend
        ) from error
    languages = (_LANGUAGE.fullmatch(line.strip()) for line in read.metadata)
    return Spoken(
        cues=tuple(cue for caption in read.captions for cue in _cues(caption)),
        language=next((found[1] for found in languages if found), None),
        remarks=remarks,
    )


def _cues(caption: webvtt.Caption) -> Iterator[Cue]:
    start, end = find_time(caption.start), find_time(caption.end)
    for speaker, text in voices_of(caption.raw_text):
        yield Cue(
            text=text,
            start=start,
            end=end if start is not None and end is not None and end > start else None,
            speaker=speaker or None,
        )
