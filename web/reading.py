"""A transcript set for reading: sentences gathered into paragraphs, a heading where the speaker changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.domain.media import Cue, Transcript

# Long enough to read on, short enough to find a time in the margin.
PARAGRAPH_CHARACTERS = 420
LONGEST_PARAGRAPH = 900
SENTENCE_ENDS = (".", "?", "!", "…", "。", "؟", '."', ".”", "?”", "!”", ".»")
# Formats with times and speakers are read from first, whatever else is there.
READING_ORDER = ("vtt", "json", "srt", "html", "txt")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph; `speaker` only where somebody else begins to speak."""

    text: str
    start: timedelta | None = None
    speaker: str | None = None


def passages(cues: Iterable[Cue]) -> tuple[Passage, ...]:
    """Gather cues into paragraphs that end with a sentence or a speaker."""
    found: list[Passage] = []
    speaking: str | None = None
    for group in _grouped(cues):
        first = group[0]
        speaker = first.speaker if first.speaker != speaking else None
        speaking = first.speaker
        found.append(Passage(text=" ".join(cue.text.strip() for cue in group), start=first.start, speaker=speaker))
    return tuple(found)


def readable(transcripts: Sequence[Transcript], language: str) -> tuple[Transcript, ...]:
    """List a language's transcripts, the one to read from first; the case of the tag does not matter."""
    ours = [t for t in transcripts if t.language.lower() == language.lower()]
    return tuple(sorted(ours, key=lambda t: READING_ORDER.index(t.format)))


def languages(transcripts: Iterable[Transcript]) -> tuple[str, ...]:
    """List the languages of transcripts, each once, in their order."""
    return tuple(dict.fromkeys(transcript.language for transcript in transcripts))


def _grouped(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    group: list[Cue] = []
    for cue in cues:
        if group and (cue.speaker != group[0].speaker or _is_full(group)):
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


def _is_full(group: list[Cue]) -> bool:
    characters = sum(len(cue.text) for cue in group)
    ends_sentence = group[-1].text.rstrip().endswith(SENTENCE_ENDS)
    return characters >= LONGEST_PARAGRAPH or (characters >= PARAGRAPH_CHARACTERS and ends_sentence)
