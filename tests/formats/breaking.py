"""Mutants through the box, with what was seen: how many gave facts, were refused, ended their reader."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from formats.mutants import Seed, mutants

from catalogue.domain.facts import AudioFacts
from catalogue.errors import ChaptersError, ContentError, ContentErrors, SandboxFailure
from catalogue.feed_reading import read_feed_file
from catalogue.formats.audio.reading import LONGEST, read_audio
from catalogue.formats.calendars.reading import read_calendar
from catalogue.formats.chapters import read_chapters
from catalogue.formats.chapters.reading import read_chapters_file
from catalogue.formats.pictures.picture_facts import read_image
from catalogue.formats.transcripts.reading import read_transcript
from catalogue.sandbox import Answer, Box

READERS = {
    "audio": read_audio,
    "image": read_image,
    "transcript": read_transcript,
    "chapters-file": read_chapters_file,
    "calendar": read_calendar,
    "feed": read_feed_file,
}
# More files than can wait at all workers, so that none is written while it is read.
_SLOTS = 256


@dataclass
class Record:
    """What was seen: outcomes, the failures by what they say, and the longest wait for an answer in seconds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    longest_wait: float = 0.0
    seconds: float = 0.0


def break_files(box: Box, folder: Path, *, count: int, seed: int) -> Record:
    """Let `count` mutants be read; raises AssertionError for an answer that no file may give."""
    record, began = Record(), time.monotonic()
    by_reader: dict[str, list[Seed]] = {}
    stream = mutants(random.Random(seed))
    while count > 0:
        part = list(islice(stream, min(count, 500)))
        count -= len(part)
        by_reader = {name: [one for one in part if one.reader == name] for name in (*READERS, "chapters")}
        for one in by_reader.pop("chapters"):
            record.outcomes[_read_chapters(one.content)] += 1
        for name, broken in by_reader.items():
            _read(box, name, broken, folder, record)
    record.seconds = time.monotonic() - began
    return record


def _read(box: Box, name: str, broken: list[Seed], folder: Path, record: Record) -> None:
    last = time.monotonic()
    for answer in box.run(READERS[name], _written(broken, folder)):
        now = time.monotonic()
        record.longest_wait, last = max(record.longest_wait, now - last), now
        record.outcomes[_outcome(answer)] += 1
        if isinstance(answer.error, SandboxFailure):
            record.failures[answer.error.sentence] += 1


def _written(broken: list[Seed], folder: Path) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(broken):
        file = folder / f"{number % _SLOTS}.{one.ending}"
        file.write_bytes(one.content)
        yield str(file), f"library/{number}.{one.ending}"


def _outcome(answer: Answer) -> str:
    if answer.error is None:
        _check(answer.value)
        return "read"
    assert isinstance(answer.error, ContentError | ContentErrors | SandboxFailure), answer.error
    assert str(answer.error).strip()
    return "failed" if isinstance(answer.error, SandboxFailure) else "refused"


def _check(value: Any) -> None:
    if isinstance(value, AudioFacts):
        assert value.duration is None or timedelta(0) < value.duration <= LONGEST
        assert value.bitrate_kbps is None or value.bitrate_kbps > 0
        assert all(chapter.start >= timedelta(0) for chapter in value.chapters)


def _read_chapters(content: bytes) -> str:
    try:
        read_chapters(content, "chapters.json")
    except (ChaptersError, ContentErrors):
        return "refused"
    return "read"
