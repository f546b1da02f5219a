"""Transcripts of every kind in use, as cues: a table of kinds, one reader each.

Called in the sandbox. What is published is the producer's own file; the cues are for pages and search.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from catalogue.domain.facts import Remark, TranscriptFacts
from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.language_codes import find_language
from catalogue.formats.plain_text import decode_text, one_line
from catalogue.formats.transcripts.captions import read_srt, read_vtt
from catalogue.formats.transcripts.html import read_html
from catalogue.formats.transcripts.json_segments import read_json
from catalogue.formats.transcripts.spoken import LIMIT_CUES, Spoken, refuse_count, with_named_speakers

LIMIT_BYTES = 10 * 1024 * 1024
# A cue takes four or five lines in captions, eight in indented JSON.
LIMIT_LINES = 8 * LIMIT_CUES

_ALSO_USUAL = {"htm": "html"}
# How files begin that were saved under another kind's name.
_BEGINNINGS = (("webvtt", "WebVTT", "vtt"), ("<!doctype html", "HTML", "html"), ("<html", "HTML", "html"))


def read_transcript(file: str, path: str) -> TranscriptFacts:
    """Read the local `file`; its ending (a key of TRANSCRIPT_TYPES) says of which kind it is.

    Cues come in the order of their times, where the kind has times. In captions and plain text a name
    before a colon is the speaker if it begins more than one of them. What is left out is a remark.
    Raises TranscriptError, which names `path`, where nothing can be read at all.
    """
    content = _read_bytes(file, path)
    kind = _kind_of(path)
    text = decode_text(content, path, error=TranscriptError)
    _refuse_other_kind(text, path, kind=kind)
    _refuse_lines(text, path)
    spoken = _READERS[kind](text, path)
    if spoken.remarks and not spoken.cues:
        raise TranscriptError("transcript-unreadable", "{remark}", path=path, remark=spoken.remarks[0].message)
    refuse_count(len(spoken.cues), path)
    cues, remarks = _in_order(spoken.cues)
    return TranscriptFacts(
        format=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        language=find_language(spoken.language or ""),
        cues=cues,
        remarks=spoken.remarks + remarks,
    )


def _kind_of(path: str) -> str:
    ending = path.rpartition(".")[2].lower()
    kind = _ALSO_USUAL.get(ending, ending)
    if kind not in _READERS:
        raise TranscriptError(
            "transcript-ending",
            "Transcripts are files named .vtt, .srt, .json, .html or .txt, not .{ending}.",
            path=path,
            ending=ending,
        )
    return kind


def _read_bytes(file: str, path: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise TranscriptError(
            "transcript-closed", "It cannot be opened: {why}.", path=path, why=error.strerror
        ) from error
    if len(content) > LIMIT_BYTES:
        raise TranscriptError(
            "transcript-too-large", "The transcript is larger than 10 MiB. Split or shorten it.", path=path
        )
    return content


def _refuse_other_kind(text: str, path: str, *, kind: str) -> None:
    beginning = text[:200].lstrip().lower()
    for words, name, ending in _BEGINNINGS:
        if beginning.startswith(words) and ending != kind:
            raise TranscriptError(
                "transcript-kind",
                "This is {name}, not .{kind}. Name the file .{ending}.",
                path=path,
                line=1,
                name=name,
                kind=kind,
                ending=ending,
            )


def _refuse_lines(text: str, path: str) -> None:
    if not text.strip():
        refuse_count(0, path)
    if text.count("\n") > LIMIT_LINES:
        raise TranscriptError(
            "transcript-too-long",
            "It has more than {limit} lines. Export the transcript again.",
            path=path,
            limit=LIMIT_LINES,
        )


def _in_order(cues: tuple[Cue, ...]) -> tuple[tuple[Cue, ...], tuple[Remark, ...]]:
    """The cues by their starts; a cue without a time stays behind the one in front of it."""
    starts: list[timedelta] = []
    for cue in cues:
        starts.append(cue.start if cue.start is not None else starts[-1] if starts else timedelta(0))
    order = sorted(range(len(cues)), key=starts.__getitem__)
    moved = sum(later < earlier for earlier, later in pairwise(starts))
    if moved == 0:
        return cues, ()
    sentence = f"Its cues were put in the order of their times; {moved} stood after a later one."
    return tuple(cues[index] for index in order), (Remark(code="transcript-order", message=sentence),)


def _read_txt(text: str, path: str) -> Spoken:
    """Paragraphs between blank lines; where there are none, each line is one."""
    del path  # nothing can be wrong with plain text
    paragraphs = re.split(r"\n[^\S\n]*\n", text.strip())
    if len(paragraphs) == 1:
        paragraphs = text.split("\n")
    cues = (Cue(text=line) for line in map(one_line, filter(str.strip, paragraphs)) if line)
    return Spoken(cues=with_named_speakers(cues))


_READERS: dict[str, Callable[[str, str], Spoken]] = {
    "vtt": read_vtt,
    "srt": read_srt,
    "json": read_json,
    "txt": _read_txt,
    "html": read_html,
}
