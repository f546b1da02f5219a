"""Cues that somebody changed, and what is wrong with their times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.actions.chapters.rows import short_clock
from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.transcripts.writing import TranscriptForm

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class CueEdit:
    """A cue as it is to be: that at `number` of the sheet, or (`rank` from 1) the rank-th new one behind it."""

    number: int
    cue: Cue
    rank: int = 0

    def written(self) -> list[object]:
        """As the sandbox takes it."""
        times = (one // _MILLISECOND if one is not None else None for one in (self.cue.start, self.cue.end))
        return [self.number, self.rank, self.cue.speaker or "", self.cue.text, *times]


@dataclass(frozen=True, kw_only=True)
class CueFault:
    """What is wrong with a cue (its number and rank), and in which of its fields: `start`, `end` or `text`.

    Of no cue: `number` is None, and `field` is `shift`.
    """

    number: int | None
    field: str
    error: TranscriptError
    rank: int = 0


def find_time_faults(cues: Sequence[Cue], edits: Sequence[CueEdit], form: TranscriptForm) -> Iterator[CueFault]:
    """Find what is wrong with the times of edited cues that have words: none, an end too early, out of order."""
    if not form.holds_times:
        return
    whole = _in_order(cues, edits)
    for place, (one, is_edited) in enumerate(whole):
        cue = one.cue
        if not is_edited or not cue.text:
            continue
        if cue.start is None and form.needs_times:
            yield _fault(one, "start", "cue-start", "This sentence has no time. Write it like 4:12 or 1:02:03.5.")
        elif cue.end is None and form.needs_ends:
            yield _fault(one, "end", "cue-end", "This sentence has no end. Write it like 4:12 or 1:02:03.5.")
        elif cue.start is not None and cue.end is not None and cue.end <= cue.start:
            template = "It ends at {end}, which is not after it begins."
            yield _fault(one, "end", "cue-backwards", template, end=short_clock(cue.end))
        elif (other := _out_of_order(whole, place, cues)) is not None:
            template = "Sentences stand in the order of their times, and one beside it begins at {time}."
            yield _fault(one, "start", "cue-order", template, time=short_clock(other))


def find_shift_fault(cues: Sequence[Cue], edits: Sequence[CueEdit], shift: timedelta) -> Iterator[CueFault]:
    """Find out whether a sentence would begin before the recording does."""
    starts = [one.cue.start for one, _ in _in_order(cues, edits) if one.cue.text and one.cue.start is not None]
    first = min(starts, default=timedelta(0))
    if shift and first + shift < timedelta(0):
        template = "The first sentence begins at {time}: all can be earlier by that at most."
        error = TranscriptError("cue-shift", template, path="", time=short_clock(first))
        yield CueFault(number=None, field="shift", error=error)


def split_cue(cue: Cue, first: str, second: str) -> tuple[Cue, Cue]:
    """Make two of a cue, whose time is shared by how long their words are."""
    middle = None
    if cue.start is not None and cue.end is not None:
        part = (cue.end - cue.start) * (len(first) / max(1, len(first) + len(second)))
        middle = cue.start + part // _MILLISECOND * _MILLISECOND
    return (
        Cue(text=first, speaker=cue.speaker, start=cue.start, end=middle),
        Cue(text=second, speaker=cue.speaker, start=middle if middle is not None else cue.start, end=cue.end),
    )


def _in_order(cues: Sequence[Cue], edits: Sequence[CueEdit]) -> list[tuple[CueEdit, bool]]:
    """All cues as they are to be, in their order, and whether somebody edited each."""
    asked = {(one.number, one.rank): one for one in edits}
    all_places = sorted({*asked, *((number, 0) for number in range(len(cues)))})
    return [
        (asked[place], True) if place in asked else (CueEdit(number=place[0], cue=cues[place[0]]), False)
        for place in all_places
    ]


def _out_of_order(whole: Sequence[tuple[CueEdit, bool]], place: int, cues: Sequence[Cue]) -> timedelta | None:
    """The start of a neighbour that is on the wrong side; what stood so in the file already is nobody's fault."""
    one = whole[place][0]
    start = one.cue.start
    if start is None or (not one.rank and cues[one.number].start == start):
        return None
    spoken = [other.cue for other, _ in whole[:place] if other.cue.text and other.cue.start is not None]
    before = spoken[-1].start if spoken else None
    after = next((other.cue.start for other, _ in whole[place + 1 :] if other.cue.text and other.cue.start), None)
    return before if before is not None and before > start else after if after is not None and after < start else None


def _fault(one: CueEdit, field: str, code: str, template: str, **params: str) -> CueFault:
    error = TranscriptError(code, template, path="", line=None, **params)
    return CueFault(number=one.number, rank=one.rank, field=field, error=error)
