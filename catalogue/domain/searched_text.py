"""The texts of a document as they are kept: one text, a line a passage, with where each passage stands.

From these the words of the index are made, and made again when a document leaves it; and from these come the
sentences shown. Not compressed: opening ten would take as long as finding them among ten thousand.
"""

from __future__ import annotations

import json
import struct
import sys
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

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
MOST_SPEAKERS = 60_000
_NO_MOMENT = -1
# How the number of passages, each's start and each's speaker are kept.
_HEAD, _STARTS, _VOICES = struct.Struct("<I"), array("q"), array("H")


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
        starts=array(_STARTS.typecode, (_milliseconds(one.start) for one, _ in kept)),
        voices=array(_VOICES.typecode, (_voice(speakers, one.speaker) for one, _ in kept)),
        speakers=tuple(speakers),
    )


def pack(text: SearchedText) -> tuple[bytes, bytes]:
    """Give the text and what stands beside it as bytes."""
    speakers = json.dumps(text.speakers).encode("ascii")
    beside = b"".join((_HEAD.pack(len(text.places)), text.places, _bytes(text.starts), _bytes(text.voices), speakers))
    return text.text.encode("utf-8", "surrogatepass"), beside


def unpack(text: bytes, marks: bytes) -> SearchedText:
    """Undo `pack`."""
    (count,) = _HEAD.unpack_from(marks)
    starts_at = _HEAD.size + count
    voices_at = starts_at + count * _STARTS.itemsize
    speakers_at = voices_at + count * _VOICES.itemsize
    return SearchedText(
        text=text.decode("utf-8", "surrogatepass"),
        places=marks[_HEAD.size : starts_at],
        starts=_array(_STARTS.typecode, marks[starts_at:voices_at]),
        voices=_array(_VOICES.typecode, marks[voices_at:speakers_at]),
        speakers=tuple(json.loads(marks[speakers_at:])),
    )


def _bytes(numbers: array[int]) -> bytes:
    return _little_endian(numbers).tobytes()


def _array(kind: str, content: bytes) -> array[int]:
    numbers = array(kind)
    numbers.frombytes(content)
    return _little_endian(numbers)


def _little_endian(numbers: array[int]) -> array[int]:
    """The numbers as they are kept, whichever machine reads them."""
    if sys.byteorder == "little":
        return numbers
    turned = array(numbers.typecode, numbers)
    turned.byteswap()
    return turned


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _milliseconds(start: timedelta | None) -> int:
    return _NO_MOMENT if start is None else start // timedelta(milliseconds=1)


def _voice(speakers: dict[str, int], name: str | None) -> int:
    """A speaker's number; of a crowd of thousands, as a broken file may have, the last are nobody."""
    if name and name not in speakers and len(speakers) < MOST_SPEAKERS:
        speakers[name] = len(speakers)
    return speakers.get(name or "", 0)
