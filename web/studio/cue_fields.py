"""The cues of a transcript as fields of a form: filled, read, and laid beside what somebody else saved meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from catalogue.actions.chapters.rows import short_clock
from catalogue.domain.media import Cue
from catalogue.formats.plain_text import one_line

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class CueTexts:
    """A cue on the page; `number` is its place in the transcript, `was` marks what it was filled from.

    `theirs` is what somebody else wrote there meanwhile, where both changed it.
    """

    number: int
    start: timedelta | None
    speaker: str
    text: str
    was: str
    theirs: str = ""

    @property
    def time(self) -> str:
        return short_clock(self.start) if self.start is not None else ""

    @property
    def is_changed(self) -> bool:
        """Whether somebody typed something else than it was filled with."""
        return self.was.partition("-")[2] != _digest(self.speaker, self.text)


def texts_of(number: int, cue: Cue) -> CueTexts:
    """A cue as its fields are filled."""
    speaker = cue.speaker or ""
    was = f"{_start_mark(cue)}-{_digest(speaker, cue.text)}"
    return CueTexts(number=number, start=cue.start, speaker=speaker, text=cue.text, was=was)


def read_cues(form: MultiDict[str, str]) -> tuple[CueTexts, ...]:
    """Read the cues that a browser sent, each under its number, in their order."""
    numbers = (key.removeprefix("text-") for key in form if key.startswith("text-"))
    found = [_read(form, number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 7]
    return tuple(sorted(found, key=lambda one: one.number))


def read_names(form: MultiDict[str, str]) -> Mapping[str, str]:
    """The speaker who is to be called otherwise, where the button beside that was pressed."""
    old, new = form.get("called", ""), one_line(form.get("called_now", ""))
    return {old: new} if form.get("act") == "rename" and old and new else {}


def compared(mine: Sequence[CueTexts], theirs: Sequence[Cue]) -> tuple[tuple[CueTexts, ...], tuple[CueTexts, ...]]:
    """Mine on their places in the transcript of today, theirs beneath where both changed; and mine that have none."""
    today = {_start_mark(cue): texts_of(number, cue) for number, cue in enumerate(theirs)}
    rows: list[CueTexts] = []
    lost: list[CueTexts] = []
    for one in mine:
        there = today.get(one.was.partition("-")[0])
        if there is None:
            lost += [one] if one.is_changed else []
        elif not one.is_changed:
            rows.append(there)
        else:
            is_other = there.was != one.was and (there.speaker, there.text) != (one.speaker, one.text)
            said = f"{there.speaker}: {there.text}" if there.speaker else there.text
            texts = {"speaker": one.speaker, "text": one.text}
            rows.append(
                CueTexts(number=there.number, start=there.start, was=there.was, theirs=said * is_other, **texts)
            )
    return tuple(rows), tuple(lost)


def _read(form: MultiDict[str, str], number: str) -> CueTexts:
    was = form.get(f"was-{number}", "")
    return CueTexts(
        number=int(number),
        start=_start_of(was),
        speaker=one_line(form.get(f"speaker-{number}", "")),
        text=one_line(form[f"text-{number}"]),
        was=was,
    )


def _start_mark(cue: Cue) -> str:
    return str(cue.start // _MILLISECOND) if cue.start is not None else ""


def _start_of(was: str) -> timedelta | None:
    number = was.partition("-")[0]
    return int(number) * _MILLISECOND if number.isascii() and number.isdigit() and len(number) < 12 else None


def _digest(speaker: str, text: str) -> str:
    return hashlib.sha256(f"{speaker}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
