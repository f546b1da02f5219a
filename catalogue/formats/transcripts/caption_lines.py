"""The lines of a caption file, WebVTT or SubRip, with those of single cues changed and all others left as they are.

Settings, notes, styles, identifiers and whatever else a file holds stays. In SubRip the numbers of cues are counted
anew where one came or went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from catalogue.domain.clock import clock
from catalogue.domain.media import Cue
from catalogue.formats.transcripts.captions import settings_of, times_of, voices_of
from catalogue.formats.transcripts.spoken import find_time
from catalogue.formats.transcripts.writing import srt_words, vtt_words

_DECIMALS = {"vtt": ".", "srt": ","}
_INNER_TIME = re.compile(r"<((?:\d{1,4}:)?\d\d:\d\d\.\d{3})>")


@dataclass(frozen=True)
class Wanted:
    """A cue as it was, as it is to be, and what is to come behind it. Without words it goes."""

    old: Cue
    new: Cue
    added: tuple[Cue, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the cue itself is another."""
        return self.old != self.new

    @property
    def says_other(self) -> bool:
        """Whether its words or who speaks them are others."""
        return (self.old.text, self.old.speaker) != (self.new.text, self.new.speaker)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A cue of a caption file: the lines of its words (from 0, the last not among them), and who says what.

    Its times stand in the line above.
    """

    first: int
    last: int
    cues: tuple[Cue, ...]


@dataclass
class Lines:
    """A caption file, line by line, with its cues."""

    lines: list[str]
    blocks: list[Block] = field(default_factory=list)

    @property
    def cues(self) -> tuple[Cue, ...]:
        return tuple(cue for block in self.blocks for cue in block.cues)


def read_lines(text: str, kind: str) -> Lines:
    """Find the cues of WebVTT or SubRip (`kind`) in its lines."""
    found = Lines(lines=text.split("\n"))
    starts = [number for number, line in enumerate(found.lines) if times_of(line) is not None]
    for number, following in zip(starts, [*starts[1:], len(found.lines)], strict=True):
        last = _end_of_words(found.lines, number + 1, following, kind)
        times = times_of(found.lines[number])
        assert times is not None
        cues = tuple(_cues("\n".join(found.lines[number + 1 : last]), times))
        if cues:
            found.blocks.append(Block(first=number + 1, last=last, cues=cues))
    return found


def spliced_lines(found: Lines, wanted: Sequence[Wanted], kind: str) -> list[str]:
    """The lines with changed blocks in place of theirs, from the end, so that numbers of lines hold."""
    lines, place = list(found.lines), len(wanted)
    is_other_count = False
    for block in reversed(found.blocks):
        place -= len(block.cues)
        own = wanted[place : place + len(block.cues)]
        if any(one.is_changed or one.added for one in own):
            is_other_count |= _write(lines, block, own, kind)
    return _numbered(lines) if is_other_count and kind == "srt" else lines


def shifted_lines(lines: Sequence[str], shift_ms: int, kind: str) -> list[str]:
    """All times moved, those between words and of cues that say nothing too; none to before 0:00."""

    def later(moment: timedelta) -> timedelta:
        return max(timedelta(0), moment + timedelta(milliseconds=shift_ms))

    def moved(line: str) -> str:
        times = times_of(line)
        if times is not None:
            return _times_line(later(times[0]), later(times[1]), kind, settings_of(line))
        return _INNER_TIME.sub(lambda found: f"<{clock(later(find_time(found[1]) or timedelta(0)))}>", line)

    return [moved(line) for line in lines]


def _write(lines: list[str], block: Block, own: Sequence[Wanted], kind: str) -> bool:
    """Write a block anew where it is another; says whether the file has more or fewer of them then."""
    inside, behind = _words_of(block, own, kind), [cue for one in own for cue in one.added]
    if kind == "vtt":  # of a cue that several speak, what comes between two is spoken in it
        behind = [cue for one in own[:-1] for cue in one.added if not cue.speaker] + list(own[-1].added)
    blocks = [_new_block(cue, kind) for cue in behind]
    if inside:
        lines[block.last : block.last] = [line for new in blocks for line in ("", *new)]
        if any(one.says_other for one in own) or len(blocks) < sum(len(one.added) for one in own):
            lines[block.first : block.last] = inside
        _write_times(lines, block.first - 1, own, kind)
    else:
        at = _take_away(lines, block)
        lines[at:at] = [line for new in blocks for line in (*new, "")]
    return bool(blocks) or not inside


def _words_of(block: Block, own: Sequence[Wanted], kind: str) -> list[str]:
    """The lines of a block's words; none where nothing is left of it."""
    words: list[str] = []
    for place, (one, raw) in enumerate(zip(own, block.cues, strict=True)):
        if one.new.text:
            words += _words(one.old, one.new, raw, kind).split("\n")
        if kind == "vtt" and place < len(own) - 1:
            words += [line for cue in one.added if cue.speaker for line in vtt_words(cue).split("\n")]
    return words


def _words(old: Cue, new: Cue, raw: Cue, kind: str) -> str:
    """A cue's words as its file writes them: a name before a colon stays one as long as it is that name."""
    if kind == "srt":
        return srt_words(new)
    is_named = old.speaker is not None and raw.speaker is None and new.speaker == old.speaker
    return vtt_words(replace(new, speaker=None, text=f"{new.speaker}: {new.text}") if is_named else new)


def _write_times(lines: list[str], at: int, own: Sequence[Wanted], kind: str) -> None:
    """Write the line of times where somebody changed them; of a cue that several speak, the first who did counts."""
    other = next((one.new for one in own if (one.new.start, one.new.end) != (one.old.start, one.old.end)), None)
    if other is not None and other.start is not None and other.end is not None:
        lines[at] = _times_line(other.start, other.end, kind, settings_of(lines[at]))


def _times_line(start: timedelta, end: timedelta, kind: str, settings: str = "") -> str:
    return f"{clock(start, _DECIMALS[kind])} --> {clock(end, _DECIMALS[kind])}{settings}"


def _new_block(cue: Cue, kind: str) -> list[str]:
    """The lines of a new cue; in SubRip its number is counted afterwards."""
    assert cue.start is not None
    assert cue.end is not None
    number = ["0"] if kind == "srt" else []
    words = srt_words(cue) if kind == "srt" else vtt_words(cue)
    return [*number, _times_line(cue.start, cue.end, kind), *words.split("\n")]


def _numbered(lines: list[str]) -> list[str]:
    """SubRip with its cues counted from 1; one that had no number gets none."""
    count = 0
    for at, line in enumerate(lines):
        if times_of(line) is not None:
            count += 1
            if at and lines[at - 1].strip().isdecimal():
                lines[at - 1] = str(count)
    return lines


def _take_away(lines: list[str], block: Block) -> int:
    """Take a cue out with its line of times, its identifier and one blank line; gives the line where it began."""
    first = block.first - 1
    if first > 0 and lines[first - 1].strip() and not lines[first - 1].startswith("WEBVTT"):
        first -= 1
    last = block.last + 1 if block.last < len(lines) and not lines[block.last].strip() else block.last
    del lines[first:last]
    return first


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
