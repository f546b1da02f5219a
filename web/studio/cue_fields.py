"""The cues of a transcript as fields of a form: filled, read, and laid beside what somebody else saved meanwhile."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from catalogue.actions.chapters.rows import short_clock
from catalogue.actions.cues.times import CueEdit, CueFault
from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.plain_text import one_line
from catalogue.formats.transcripts.spoken import find_time

_MILLISECOND = timedelta(milliseconds=1)
_KEY = re.compile(r"text-(\d{1,6})(?:-(\d{1,2}))?", re.ASCII)
_SECONDS = re.compile(r"([+\-\u2212]?)\s*(\d{1,6})(?:[.,](\d{1,3}))?\s*s?", re.ASCII)
NEW = "new"


@dataclass(frozen=True, kw_only=True)
class CueTexts:
    """A cue on the page, as somebody typed it; `number` is its place in the transcript.

    With a `rank` from 1 it is the rank-th new one behind that. `was` marks what it, or the one it stands behind, was
    filled from; `theirs` is what somebody else wrote there meanwhile, where both changed it.
    """

    number: int
    rank: int = 0
    start: str = ""
    end: str = ""
    speaker: str = ""
    text: str = ""
    was: str = ""
    theirs: str = ""

    @property
    def key(self) -> str:
        """What the names of its fields end in."""
        return f"{self.number}-{self.rank}" if self.rank else str(self.number)

    @property
    def words(self) -> str:
        return one_line(self.text)

    @property
    def begins_at(self) -> timedelta | None:
        return find_time(self.start)

    @property
    def is_changed(self) -> bool:
        """Whether somebody typed something else than it was filled with."""
        if self.rank:
            return bool(self.words)
        return self.was.partition("-")[2] != _digest(self)

    @property
    def cue(self) -> Cue:
        """The cue it is to be; a time that is none is none."""
        return Cue(text=self.words, speaker=self.speaker or None, start=find_time(self.start), end=find_time(self.end))


def marks_of(cues: Sequence[Cue]) -> list[str]:
    """What tells each cue from the others when some came or went: its start, and which of those that begin then.

    >>> marks_of([Cue(text="a"), Cue(text="b"), Cue(text="c", start=timedelta(seconds=1))])
    ['', '.1', '1000']
    """
    counts: Counter[str] = Counter()
    marks: list[str] = []
    for cue in cues:
        start = str(cue.start // _MILLISECOND) if cue.start is not None else ""
        marks.append(f"{start}.{counts[start]}" if counts[start] else start)
        counts[start] += 1
    return marks


def texts_of(number: int, cue: Cue, mark: str) -> CueTexts:
    """A cue as its fields are filled; `mark` is its one of `marks_of`."""
    start, end = (short_clock(one) if one is not None else "" for one in (cue.start, cue.end))
    found = CueTexts(number=number, start=start, end=end, speaker=cue.speaker or "", text=cue.text)
    return replace(found, was=f"{mark}-{_digest(found)}")


def rows_of(cues: Sequence[Cue], first: int, behind: int) -> tuple[CueTexts, ...]:
    """The rows of cues from a place up to another, as their fields are filled."""
    marks = marks_of(cues)[first:behind]
    return tuple(
        texts_of(at, cue, mark) for at, (cue, mark) in enumerate(zip(cues[first:behind], marks, strict=True), first)
    )


def read_cues(form: MultiDict[str, str]) -> tuple[CueTexts, ...]:
    """Read the cues that a browser sent, each under its key, in their order."""
    keys = filter(None, map(_KEY.fullmatch, form))
    found = [_read(form, int(key[1]), int(key[2] or 0)) for key in keys]
    return tuple(sorted(found, key=lambda one: (one.number, one.rank)))


def read_names(form: MultiDict[str, str]) -> Mapping[str, str]:
    """The speaker who is to be called otherwise, where the button beside that was pressed."""
    old, new = form.get("called", ""), one_line(form.get("called_now", ""))
    return {old: new} if form.get("act") == "rename" and old and new else {}


def read_shift(form: MultiDict[str, str]) -> timedelta | None:
    """By how much all is to be later, where the button beside that was pressed; None: that is no number."""
    if form.get("act") != "shift":
        return timedelta(0)
    found = _SECONDS.fullmatch(form.get("shift", "").strip())
    if found is None:
        return None
    by = timedelta(seconds=int(found[2]), milliseconds=int((found[3] or "").ljust(3, "0")))
    return by if found[1] in ("", "+") else -by


def edits_of(rows: Sequence[CueTexts]) -> tuple[tuple[CueEdit, ...], tuple[CueFault, ...]]:
    """What was changed of rows, and which of its times are none."""
    changed = [one for one in rows if one.is_changed]
    faults = [
        CueFault(number=one.number, rank=one.rank, field=name, error=_no_time(text))
        for one in changed
        for name, text in (("start", one.start), ("end", one.end))
        if one.words and text and find_time(text) is None
    ]
    return tuple(CueEdit(number=one.number, rank=one.rank, cue=one.cue) for one in changed), tuple(faults)


def compared(mine: Sequence[CueTexts], theirs: Sequence[Cue]) -> tuple[tuple[CueTexts, ...], tuple[CueTexts, ...]]:
    """Mine on their places in the transcript of today, theirs beneath where both changed; and mine that have none."""
    places = {mark: number for number, mark in enumerate(marks_of(theirs))}
    rows: list[CueTexts] = []
    lost: list[CueTexts] = []
    for one in mine:
        mark = one.was.partition("-")[0]
        number = places.get(mark)
        there = texts_of(number, theirs[number], mark) if number is not None else None
        if there is None:
            lost += [one] if one.is_changed else []
        elif one.rank:
            rows.append(replace(one, number=there.number))
        elif not one.is_changed:
            rows.append(there)
        else:
            is_other = there.was != one.was and _said(there) != _said(one)
            rows.append(replace(one, number=there.number, was=there.was, theirs=_told(there) * is_other))
    return tuple(rows), tuple(lost)


def _read(form: MultiDict[str, str], number: int, rank: int) -> CueTexts:
    key = CueTexts(number=number, rank=rank).key
    return CueTexts(
        number=number,
        rank=rank,
        start=form.get(f"start-{key}", "").strip(),
        end=form.get(f"end-{key}", "").strip(),
        speaker=one_line(form.get(f"speaker-{key}", "")),
        text=form[f"text-{key}"].strip().replace("\r\n", "\n"),
        was=form.get(f"was-{key}", ""),
    )


def _said(one: CueTexts) -> tuple[str, ...]:
    return (one.speaker, one.words, one.start, one.end)


def _told(one: CueTexts) -> str:
    said = f"{one.speaker}: {one.text}" if one.speaker else one.text
    times = " – ".join(filter(None, (one.start, one.end)))
    return f"{times} {said}".strip()


def _digest(one: CueTexts) -> str:
    return hashlib.sha256("\n".join(_said(one)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _no_time(text: str) -> TranscriptError:
    template = "“{text}” is not a time. Write it like 4:12 or 1:02:03."
    return TranscriptError("chapter-clock", template, path="", text=text[:40])
