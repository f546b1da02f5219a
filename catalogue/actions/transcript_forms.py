"""A transcript in the form that somebody asks for, and what is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.transcripts.writing import FORMS, TranscriptForm

# How quickly people speak, in characters: for the last cue, where nothing says when it ends.
_CHARACTERS_PER_SECOND = 15
_SHORTEST = timedelta(seconds=1)


def render_transcript_as(
    cues: Sequence[Cue], form: str, *, path: str, language: str | None = None, length: timedelta | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Render cues as one of FORMS; gives UTF-8, and a sentence for each thing that is lost or had to be reckoned.

    `length` is that of the audio, or None. Raises TranscriptError, which names `path`, where the form needs times
    that nobody knows.
    """
    wanted = FORMS[form]
    if wanted.needs_times:
        _refuse_untimed(cues, form, path)
    remarks = tuple(_lost(cues, wanted, form))
    return wanted.render(_closed(cues, length) if wanted.needs_ends else cues, language), remarks


def _refuse_untimed(cues: Sequence[Cue], form: str, path: str) -> None:
    untimed = sum(cue.start is None for cue in cues)
    if untimed:
        raise TranscriptError(
            "transcript-untimed",
            "{untimed} of its {count} cues have no time, and {form} needs one for each. Begin with a transcript that "
            "has times, or ask for html or txt.",
            path=path,
            untimed=untimed,
            count=len(cues),
            form=form,
        )


def _lost(cues: Sequence[Cue], wanted: TranscriptForm, form: str) -> Iterator[str]:
    if not wanted.holds_times and any(cue.start is not None for cue in cues):
        yield f"Left out, as {form} has no place for it: all times."
    elif not wanted.holds_ends and any(cue.end is not None for cue in cues):
        yield f"Left out, as {form} has no place for it: when each cue ends."
    if not wanted.holds_speakers and any(cue.speaker for cue in cues):
        yield f"Speakers stand as names before their words, as {form} has no other place for them."
    open_cues = sum(cue.end is None for cue in cues)
    if wanted.needs_ends and open_cues:
        yield f"No end was stated for {open_cues} of {len(cues)} cues: each now ends where the next begins."


def _closed(cues: Sequence[Cue], length: timedelta | None) -> list[Cue]:
    """Cues that all have ends: the next later start, and for the last the audio's end or what its words take."""
    closed: list[Cue] = []
    latest: timedelta | None = None
    following: timedelta | None = None
    for cue in reversed(cues):
        start = cue.start or timedelta(0)
        if latest is not None and start < latest:
            following = latest
        latest = start
        closed.append(cue if cue.end is not None else replace(cue, end=following or _spoken_end(cue, start, length)))
    return closed[::-1]


def _spoken_end(cue: Cue, start: timedelta, length: timedelta | None) -> timedelta:
    spoken = start + max(_SHORTEST, timedelta(seconds=len(cue.text) / _CHARACTERS_PER_SECOND))
    return min(spoken, length) if length is not None and length > start else spoken
