"""A transcript set for reading: sentences gathered into paragraphs, and these under times and chapters.

Who speaks stands before their words and is no heading: a talk has hundreds of turns, and a list of hundreds of
headings leads nowhere. The headings of a transcript are the chapters of its episode.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.domain.media import READING_ORDER, Chapter, Cue, Transcript

# A time in the margin for each half minute: enough to find a place, few enough to read past.
PARAGRAPH = timedelta(seconds=30)
LONGEST = timedelta(seconds=60)
# … where a format has no times, or all the same.
PARAGRAPH_CHARACTERS = 420
LONGEST_CHARACTERS = 1800
SENTENCE_ENDS = (".", "?", "!", "…", "。", "؟", '."', ".”", "?”", "!”", ".»")
# Beyond this many turns a page would be all elements and hardly words: they then follow one another in the line.
MOST_TURNS = 3000
# More than the first paragraphs ever take.
OPENING_CUES = 600


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one person says without a break; `speaker` only where somebody else begins to speak."""

    text: str
    speaker: str | None = None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """At least half a minute of talk under one time, but for a chapter's end; None where the format has no times."""

    turns: tuple[Turn, ...]
    start: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """The passages of a chapter; `chapter` None: those before the first, or of a transcript without any."""

    chapter: Chapter | None
    passages: tuple[Passage, ...]


def passages(cues: Iterable[Cue], breaks: Sequence[timedelta] = ()) -> tuple[Passage, ...]:
    """Gather cues into paragraphs that end with a sentence or a speaker, and these into passages.

    Short turns stand together under one time. `breaks` (sorted) are moments at which something new begins.
    """
    groups = list(_paragraphs(cues, breaks))
    gathered = _gathered(groups, breaks)
    write = _run_in if len(groups) > MOST_TURNS else _one_each
    named = _named(groups)
    return tuple(Passage(turns=write([next(named) for _ in held]), start=held[0][0].start) for held in gathered)


def opening(cues: Sequence[Cue], count: int) -> tuple[Passage, ...]:
    """Give the first passages of a transcript, in the time they alone take."""
    return passages(cues[:OPENING_CUES])[:count]


def sections(cues: Iterable[Cue], chapters: Sequence[Chapter]) -> tuple[Section, ...]:
    """Set a transcript under the chapters of its episode; a chapter in which nothing is said is left out."""
    ordered = sorted(chapters, key=lambda chapter: chapter.start)
    starts = [chapter.start for chapter in ordered]
    held: dict[int, list[Passage]] = {}
    place = 0
    for passage in passages(cues, starts):
        place = place if passage.start is None else bisect_right(starts, passage.start)
        held.setdefault(place, []).append(passage)
    return tuple(
        Section(chapter=ordered[place - 1] if place else None, passages=tuple(found)) for place, found in held.items()
    )


def readable(transcripts: Sequence[Transcript], language: str) -> tuple[Transcript, ...]:
    """List a language's transcripts, the one to read from first; the case of the tag does not matter."""
    ours = [t for t in transcripts if t.language.lower() == language.lower()]
    return tuple(sorted(ours, key=lambda t: READING_ORDER.index(t.format)))


def languages(transcripts: Iterable[Transcript]) -> tuple[str, ...]:
    """List the languages of transcripts, each once, in their order."""
    return tuple(dict.fromkeys(transcript.language for transcript in transcripts))


def _paragraphs(cues: Iterable[Cue], breaks: Sequence[timedelta]) -> Iterator[list[Cue]]:
    group: list[Cue] = []
    characters = 0
    for cue in cues:
        if group and (
            cue.speaker != group[0].speaker or _is_full(group, characters, cue) or _parts(group, cue, breaks)
        ):
            yield group
            group, characters = [], 0
        group.append(cue)
        characters += len(cue.text)
    if group:
        yield group


def _gathered(groups: Iterable[list[Cue]], breaks: Sequence[timedelta]) -> Iterator[list[list[Cue]]]:
    held: list[list[Cue]] = []
    for group in groups:
        if held and (_is_apart(held[0][0], group[0]) or _parts(held[0], group[0], breaks)):
            yield held
            held = []
        held.append(group)
    if held:
        yield held


def _is_full(group: list[Cue], characters: int, cue: Cue) -> bool:
    """Whether a paragraph has gone on for long enough to end before a cue."""
    first, ends_sentence = group[0], group[-1].text.rstrip().endswith(SENTENCE_ENDS)
    if first.start is None or cue.start is None:
        return characters >= LONGEST_CHARACTERS or (characters >= PARAGRAPH_CHARACTERS and ends_sentence)
    spoken = cue.start - first.start
    return spoken >= LONGEST or characters >= LONGEST_CHARACTERS or (spoken >= PARAGRAPH and ends_sentence)


def _is_apart(first: Cue, cue: Cue) -> bool:
    return first.start is None or cue.start is None or cue.start - first.start >= PARAGRAPH


def _parts(group: list[Cue], cue: Cue, breaks: Sequence[timedelta]) -> bool:
    """Whether something new begins between the beginning of a group and a cue."""
    first = group[0].start
    if not breaks or first is None or cue.start is None:
        return False
    return bisect_right(breaks, first) != bisect_right(breaks, cue.start)


def _named(groups: Iterable[list[Cue]]) -> Iterator[Turn]:
    speaking: str | None = None
    for group in groups:
        speaker = group[0].speaker
        text = " ".join(cue.text.strip() for cue in group)
        yield Turn(text=text, speaker=speaker if speaker != speaking else None)
        speaking = speaker


def _one_each(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    return tuple(turns)


def _run_in(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    said = (f"{turn.speaker}: {turn.text}" if turn.speaker and place else turn.text for place, turn in enumerate(turns))
    return (Turn(text=" ".join(said), speaker=turns[0].speaker),)
