"""A transcript to be corrected cue by cue: read as it stands in the file, and written with those lines alone changed.

In captions (WebVTT, SubRip) only what was changed of a cue is written anew (`caption_lines.py`); other kinds are
written anew as a whole. Both are called in the sandbox, and so take what JSON holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.plain_text import decode_text, one_line
from catalogue.formats.transcripts.caption_lines import Wanted, read_lines, shifted_lines, spliced_lines
from catalogue.formats.transcripts.reading import LIMIT_BYTES, read_transcript
from catalogue.formats.transcripts.spoken import refuse_count, with_named_speakers
from catalogue.formats.transcripts.writing import FORMS

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


def read_cue_sheet(file: str, path: str) -> CueSheet:
    """Read the local `file` by the ending of `path`; raises TranscriptError as `read_transcript`."""
    facts = read_transcript(file, path)
    if facts.format not in SPLICED:
        return CueSheet(format=facts.format, language=facts.language, cues=facts.cues)
    found = read_lines(_text_of(file, path), facts.format)
    return CueSheet(format=facts.format, language=facts.language, cues=with_named_speakers(found.cues))


def edit_cue_sheet(
    file: str, path: str, edits: list[list[object]], names: dict[str, str], shift_ms: int = 0
) -> EditedSheet:
    """Give the transcript with cues changed.

    `edits` are (place in the sheet, 0 for that cue or n for the n-th new one behind it, speaker, words, start and end
    in milliseconds, each may be None), `names` speakers whose name is another now in all of it; all times move by
    `shift_ms`. A cue without words is taken away. Raises TranscriptError where none would be left.
    """
    sheet = read_cue_sheet(file, path)
    wanted = _wanted(sheet.cues, edits, names)
    changed = sum(one.is_changed for one in wanted) + sum(len(one.added) for one in wanted)
    kept = [cue for one in wanted for cue in (one.new, *one.added) if cue.text]
    refuse_count(len(kept), path)
    if sheet.format in SPLICED:
        lines = spliced_lines(read_lines(_text_of(file, path), sheet.format), wanted, sheet.format)
        text = "\n".join(shifted_lines(lines, shift_ms, sheet.format) if shift_ms else lines)
    else:
        text = FORMS[sheet.format].render([_shifted(cue, shift_ms) for cue in kept], sheet.language).decode()
    return EditedSheet(text=_with_line_ends(file, text), changed=len(kept) if shift_ms else changed)


def _wanted(cues: Sequence[Cue], edits: list[list[object]], names: dict[str, str]) -> list[Wanted]:
    new, added = list(cues), [list[Cue]() for _ in cues]
    for place, rank, speaker, words, start, end in sorted(edits, key=lambda one: (str(one[0]), str(one[1]).zfill(6))):
        if not isinstance(place, int) or not 0 <= place < len(new):
            continue
        text, who = one_line(str(words)), one_line(str(speaker)) or None
        cue = Cue(text=text, speaker=who, start=_moment(start), end=_moment(end))
        if not rank:
            new[place] = cue
        elif text:
            added[place].append(cue)
    named = (replace(cue, speaker=names.get(cue.speaker or "", cue.speaker)) for cue in new)
    return [Wanted(*three) for three in zip(cues, named, map(tuple, added), strict=True)]


def _moment(milliseconds: object) -> timedelta | None:
    return timedelta(milliseconds=milliseconds) if isinstance(milliseconds, int) else None


def _shifted(cue: Cue, shift_ms: int) -> Cue:
    by = timedelta(milliseconds=shift_ms)
    start, end = (None if one is None else one + by for one in (cue.start, cue.end))
    return replace(cue, start=start, end=end)


def _text_of(file: str, path: str) -> str:
    with Path(file).open("rb") as opened:
        return decode_text(opened.read(LIMIT_BYTES + 1), path, error=TranscriptError)


def _with_line_ends(file: str, text: str) -> str:
    """The text with the line ends that the file has."""
    with Path(file).open("rb") as opened:
        return text.replace("\n", "\r\n") if b"\r\n" in opened.read(64 * 1024) else text
