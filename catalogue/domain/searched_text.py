"""The texts of a document as they are kept: one text, a line a passage, with where each passage stands.

From these the words of the index are made, and made again when a document leaves it; and from these come the
sentences shown. Compressed, as they lie beside the index and of ten thousand only ten are opened.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from catalogue.domain.search import Passage, Place

PLACES = tuple(Place)
# The index has four columns, as what is a name counts more than what is said once; the first counts most.
COLUMN_OF = {
    Place.TITLE: 0,
    Place.PERSON: 1,
    Place.CHAPTER: 1,
    Place.SUMMARY: 2,
    Place.NOTES: 2,
    Place.TRANSCRIPT: 3,
}
COLUMNS = 4
_LEVEL = 3  # 6 takes twice as long for a tenth less
_NO_MOMENT = -1


@dataclass(frozen=True)
class SearchedText:
    """Passages in the order of their places: `text` has a line for each; `starts` are milliseconds, -1: none.

    `voices` gives for each passage its speaker's number in `speakers`, whose first is nobody.
    """

    text: str
    places: bytes
    starts: array[int]
    voices: array[int]
    speakers: tuple[str, ...]

    @cached_property
    def ends(self) -> list[int]:
        """Where each passage ends in the text."""
        at, ends = -1, []
        for line in self.text.split("\n"):
            at += 1 + len(line)
            ends.append(at)
        return ends

    def place(self, number: int) -> Place:
        return PLACES[self.places[number]]

    def start(self, number: int) -> timedelta | None:
        start = self.starts[number]
        return None if start == _NO_MOMENT else timedelta(milliseconds=start)

    def speaker(self, number: int) -> str | None:
        return self.speakers[self.voices[number]] or None

    def columns(self) -> tuple[str, ...]:
        """The text of each column of the index."""
        columns: list[list[str]] = [[] for _ in range(COLUMNS)]
        if self.places:
            for line, place in zip(self.text.split("\n"), self.places, strict=True):
                columns[COLUMN_OF[PLACES[place]]].append(line)
        return tuple("\n".join(lines) for lines in columns)


def arrange(passages: Sequence[Passage]) -> SearchedText:
    """Put passages one after another, each on a line: composed letters, single spaces, empty ones left out."""
    kept = [(one, line) for one in passages if (line := _line(one.text))]
    kept.sort(key=lambda pair: PLACES.index(pair[0].place))
    speakers = {"": 0}
    return SearchedText(
        text="\n".join(line for _, line in kept),
        places=bytes(PLACES.index(one.place) for one, _ in kept),
        starts=array("q", (_milliseconds(one.start) for one, _ in kept)),
        voices=array("I", (speakers.setdefault(one.speaker or "", len(speakers)) for one, _ in kept)),
        speakers=tuple(speakers),
    )


def pack(text: SearchedText) -> tuple[bytes, bytes]:
    """Compress the text and what stands beside it."""
    beside = [text.starts.tolist(), text.voices.tolist(), text.speakers]
    marks = json.dumps(beside, separators=(",", ":")).encode("ascii") + b"\0" + text.places
    return zlib.compress(text.text.encode("utf-8", "surrogatepass"), _LEVEL), zlib.compress(marks, _LEVEL)


def unpack(text: bytes, marks: bytes) -> SearchedText:
    """Undo `pack`."""
    beside, _, places = zlib.decompress(marks).partition(b"\0")
    starts, voices, speakers = json.loads(beside)
    return SearchedText(
        text=zlib.decompress(text).decode("utf-8", "surrogatepass"),
        places=places,
        starts=array("q", starts),
        voices=array("I", voices),
        speakers=tuple(speakers),
    )


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _milliseconds(start: timedelta | None) -> int:
    return _NO_MOMENT if start is None else start // timedelta(milliseconds=1)
