"""Cues that are split, joined, added and removed on the page; nothing of it is saved before somebody saves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from catalogue.actions.chapters.rows import short_clock
from catalogue.actions.cues.times import split_cue
from catalogue.formats.plain_text import one_line
from catalogue.formats.transcripts.spoken import find_time
from web.studio.cue_fields import NEW, CueTexts

# A form takes no more fields than those of so many rows (`bodies.MOST_FIELDS`).
MOST_ROWS = 150
# How long a new cue lasts where nothing follows it, or that begins at once.
NEW_LASTS = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Rearranged:
    """Rows as they are then, and which (by key) somebody goes on with; `fault` is a key of the studio's words."""

    rows: tuple[CueTexts, ...]
    at: str
    fault: str = ""


def rearranged(
    rows: Sequence[CueTexts], act: str, *, following: Callable[[int], Sequence[CueTexts]]
) -> Rearranged | None:
    """Do what a button such as `split-12` asks for; None: it asks for something else.

    `following` gives the rows behind those of the page, from a number on: what the last one is joined with.
    """
    deed, _, key = act.partition("-")
    place = next((place for place, one in enumerate(rows) if one.key == key), None)
    if deed not in _DEEDS or place is None:
        return None
    if deed in ("split", "add") and len(rows) >= MOST_ROWS:
        return Rearranged(rows=tuple(rows), at=key, fault="cues_many")
    if deed == "join" and not any(one.words for one in rows[place + 1 :]):
        rows = (*rows, *following(rows[-1].number + 1))
    return _DEEDS[deed](rows, place)


def _split(rows: Sequence[CueTexts], place: int) -> Rearranged:
    """Split a cue where somebody put a line break."""
    one = rows[place]
    first, *rest = filter(None, map(one_line, one.text.split("\n"))) if one.words else ("",)
    if not rest:
        return Rearranged(rows=tuple(rows), at=one.key, fault="cues_split_where")
    above, below = split_cue(one.cue, first, " ".join(rest))
    second = replace(_new_behind(one), start=_text(below.start), end=one.end, speaker=one.speaker, text=below.text)
    changed = replace(one, text=first, end=_text(above.end) or one.end)
    return _put(rows, place, changed, second)


def _join(rows: Sequence[CueTexts], place: int) -> Rearranged:
    """Put the words of the next cue behind those of one; the next goes when that is saved."""
    one = rows[place]
    following = next((later for later in range(place + 1, len(rows)) if rows[later].words), None)
    if following is None:
        return Rearranged(rows=tuple(rows), at=one.key, fault="cues_join_what")
    other = rows[following]
    left = () if other.rank else (replace(other, text=""),)
    changed = replace(one, text=f"{one.words} {other.words}".strip(), end=other.end)
    joined = (*rows[:place], changed, *rows[place + 1 : following], *left, *rows[following + 1 :])
    return Rearranged(rows=joined, at=one.key)


def _add(rows: Sequence[CueTexts], place: int) -> Rearranged:
    """Make room for a new cue behind one, in the time until the next where there is any."""
    one, following = rows[place], rows[place + 1 : place + 2]
    start = find_time(one.end) or find_time(one.start)
    until = find_time(following[0].start) if following else None
    end = None if start is None else until if until is not None and until > start else start + NEW_LASTS
    fresh = replace(_new_behind(one), start=_text(start), end=_text(end))
    return _put(rows, place, one, fresh)


def _drop(rows: Sequence[CueTexts], place: int) -> Rearranged:
    """Take a new cue away, or the words of another, which goes when that is saved."""
    one = rows[place]
    left = () if one.rank else (replace(one, text=""),)
    near = rows[place + 1] if place + 1 < len(rows) else rows[place - 1]
    return Rearranged(rows=(*rows[:place], *left, *rows[place + 1 :]), at=one.key if left else near.key)


_DEEDS = {"split": _split, "join": _join, "add": _add, "drop": _drop}


def _put(rows: Sequence[CueTexts], place: int, changed: CueTexts, fresh: CueTexts) -> Rearranged:
    """Put a new cue behind another; those behind it of the same place are counted on."""
    behind = [
        replace(one, rank=one.rank + 1) if one.number == fresh.number and one.rank >= fresh.rank else one
        for one in rows[place + 1 :]
    ]
    return Rearranged(rows=(*rows[:place], changed, fresh, *behind), at=fresh.key)


def _new_behind(one: CueTexts) -> CueTexts:
    return CueTexts(number=one.number, rank=one.rank + 1, was=f"{one.was.partition('-')[0]}-{NEW}")


def _text(moment: timedelta | None) -> str:
    return short_clock(moment) if moment is not None else ""
