"""What every kind of transcript is read into before it is put in order: cues, a language, remarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from catalogue.domain.facts import Remark
from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError

LIMIT_CUES = 100_000

# Groups: hours, minutes, seconds, fraction. Minutes may run past 59 where there are no hours.
TIME = r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d)(?:[.,](\d{1,9}))?"
_TIME = re.compile(TIME, re.ASCII)
# A name before a colon: up to four words, the first with a letter in front. The full-width colon is Chinese and
# Japanese. Whether it is a speaker, and not the start of a sentence, only its repetition tells.
_NAMED = re.compile("([^\\W\\d_][^\\s:\uff1a]{0,30}(?: [^\\s:\uff1a]{1,30}){0,3})(?:: |\uff1a\\s?)(\\S.*)")


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """The cues in the order of the file, the language as the file states it, and what could not be used."""

    cues: tuple[Cue, ...]
    language: str | None = None
    remarks: tuple[Remark, ...] = ()


def find_time(text: str) -> timedelta | None:
    """A time such as `1:02:03`, `4:12` or `00:04:12.500`, or None.

    >>> find_time("4:12.5")
    datetime.timedelta(seconds=252, microseconds=500000)
    """
    found = _TIME.fullmatch(text.strip())
    return moment_of(*found.groups()) if found else None


def moment_of(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> timedelta:
    """The moment that the four groups of TIME name, to the millisecond."""
    milliseconds = int((fraction or "")[:3].ljust(3, "0"))
    return timedelta(hours=int(hours or 0), minutes=int(minutes), seconds=int(seconds), milliseconds=milliseconds)


def with_named_speakers(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Take `Name:` off the beginning of cues and make it their speaker, where it begins more than one of them."""
    found = [(cue, _NAMED.fullmatch(cue.text) if cue.speaker is None else None) for cue in cues]
    counts = Counter(named[1] for _, named in found if named)
    return tuple(
        replace(cue, speaker=named[1], text=named[2]) if named and counts[named[1]] > 1 else cue for cue, named in found
    )


def refuse_count(count: int, path: str) -> None:
    """Raise TranscriptError where there are no cues, or more than anybody reads."""
    if count == 0:
        raise TranscriptError(
            "transcript-empty", "No spoken words are in it. Delete the file, or write them into it.", path=path
        )
    if count > LIMIT_CUES:
        raise TranscriptError(
            "transcript-too-long",
            "It has more than {limit} cues. Let each cue be a sentence, not a word.",
            path=path,
            limit=LIMIT_CUES,
        )
