"""A transcript to be corrected cue by cue: read as it stands in the file, and written with those lines alone changed.

In captions (WebVTT, SubRip) only the words of a cue that was changed are written anew: times, settings, notes, styles,
identifiers and every other line stay. Other kinds are written anew as a whole. Both are called in the sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.plain_text import decode_text, one_line
from catalogue.formats.transcripts.captions import times_of, voices_of
from catalogue.formats.transcripts.reading import LIMIT_BYTES, read_transcript
from catalogue.formats.transcripts.spoken import refuse_count, with_named_speakers
from catalogue.formats.transcripts.writing import FORMS, srt_words, vtt_words

SPLICED = ("vtt", "srt")
"""Kinds of which only the changed lines are written."""


@dataclass(frozen=True, kw_only=True)
class CueSheet:
    """The cues of a transcript in the order of the file; `format` is a key of TRANSCRIPT_TYPES."""

    format: str
    language: str | None
    cues: tuple[Cue, ...]


@dataclass(frozen=True, kw_only=True)
class EditedSheet:
    """The text of a transcript after it was edited, and how many cues are other ones now."""

    text: str
    changed: int


@dataclass(frozen=True, kw_only=True)
class _Block:
    """A cue of a caption file: the lines of its words (from 0, the last not among them), and who says what."""

    first: int
    last: int
    cues: tuple[Cue, ...]


@dataclass
class _Lines:
    lines: list[str]
    blocks: list[_Block] = field(default_factory=list)

    @property
    def cues(self) -> tuple[Cue, ...]:
        return tuple(cue for block in self.blocks for cue in block.cues)


def read_cue_sheet(file: str, path: str) -> CueSheet:
    """Read the local `file` by the ending of `path`; raises TranscriptError as `read_transcript`."""
    facts = read_transcript(file, path)
    if facts.format not in SPLICED:
        return CueSheet(format=facts.format, language=facts.language, cues=facts.cues)
    found = _read_lines(file, path, facts.format)
    return CueSheet(format=facts.format, language=facts.language, cues=with_named_speakers(found.cues))


def edit_cue_sheet(file: str, path: str, edits: list[list[object]], names: dict[str, str]) -> EditedSheet:
    """Give the transcript with cues changed: `edits` are (place in the sheet, speaker, words), `names` speakers whose
    name is another now in all of it.

    A cue without words is taken away. Raises TranscriptError where none would be left.
    """
    sheet = read_cue_sheet(file, path)
    wanted = _edited(sheet.cues, edits, names)
    changed = sum(old != new for old, new in zip(sheet.cues, wanted, strict=True))
    refuse_count(sum(bool(cue.text) for cue in wanted), path)
    if sheet.format in SPLICED:
        text = _spliced(_read_lines(file, path, sheet.format), wanted, sheet)
    else:
        kept = [cue for cue in wanted if cue.text]
        text = FORMS[sheet.format].render(kept, sheet.language).decode()
    return EditedSheet(text=_with_line_ends(file, text), changed=changed)


def _edited(cues: Sequence[Cue], edits: list[list[object]], names: dict[str, str]) -> list[Cue]:
    wanted = list(cues)
    for place, speaker, words in edits:
        if isinstance(place, int) and 0 <= place < len(wanted):
            wanted[place] = replace(wanted[place], speaker=one_line(str(speaker)) or None, text=one_line(str(words)))
    return [replace(cue, speaker=names.get(cue.speaker or "", cue.speaker)) for cue in wanted]


def _spliced(found: _Lines, wanted: Sequence[Cue], sheet: CueSheet) -> str:
    """The lines with the words of changed blocks in place of theirs, from the end, so that numbers of lines hold."""
    lines, place = list(found.lines), len(wanted)
    for block in reversed(found.blocks):
        place -= len(block.cues)
        old, new = sheet.cues[place : place + len(block.cues)], wanted[place : place + len(block.cues)]
        if list(old) == list(new):
            continue
        words = [_words(*pair, sheet.format) for pair in zip(old, new, block.cues, strict=True) if pair[1].text]
        if words:
            lines[block.first : block.last] = "\n".join(words).split("\n")
        else:
            _take_away(lines, block)
    return "\n".join(lines)


def _words(old: Cue, new: Cue, raw: Cue, kind: str) -> str:
    """A cue's words as its file writes them: a name before a colon stays one as long as it is that name."""
    if kind == "srt":
        return srt_words(new)
    is_named = old.speaker is not None and raw.speaker is None and new.speaker == old.speaker
    return vtt_words(replace(new, speaker=None, text=f"{new.speaker}: {new.text}") if is_named else new)


def _take_away(lines: list[str], block: _Block) -> None:
    """Take a cue out with its line of times, its identifier and one blank line."""
    first = block.first - 1
    if first > 0 and lines[first - 1].strip() and not lines[first - 1].startswith("WEBVTT"):
        first -= 1
    last = block.last + 1 if block.last < len(lines) and not lines[block.last].strip() else block.last
    del lines[first:last]


def _read_lines(file: str, path: str, kind: str) -> _Lines:
    found = _Lines(lines=_text_of(file, path).split("\n"))
    starts = [number for number, line in enumerate(found.lines) if times_of(line) is not None]
    for number, following in zip(starts, [*starts[1:], len(found.lines)], strict=True):
        last = _end_of_words(found.lines, number + 1, following, kind)
        times = times_of(found.lines[number])
        assert times is not None
        cues = tuple(_cues("\n".join(found.lines[number + 1 : last]), times))
        if cues:
            found.blocks.append(_Block(first=number + 1, last=last, cues=cues))
    return found


def _end_of_words(lines: Sequence[str], first: int, following: int, kind: str) -> int:
    """Where the words of a cue end: at a blank line, in SubRip at the number of the next cue and the blanks before."""
    if kind == "vtt":
        return next((number for number in range(first, following) if not lines[number].strip()), following)
    last = following
    if last < len(lines) and last > first and lines[last - 1].strip().isdecimal():
        last -= 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return last


def _cues(words: str, times: tuple[timedelta, timedelta]) -> Iterator[Cue]:
    start, end = times
    for speaker, text in voices_of(words):
        yield Cue(text=text, start=start, end=end if end > start else None, speaker=speaker or None)


def _text_of(file: str, path: str) -> str:
    with Path(file).open("rb") as opened:
        return decode_text(opened.read(LIMIT_BYTES + 1), path, error=TranscriptError)


def _with_line_ends(file: str, text: str) -> str:
    """The text with the line ends that the file has."""
    with Path(file).open("rb") as opened:
        return text.replace("\n", "\r\n") if b"\r\n" in opened.read(64 * 1024) else text
