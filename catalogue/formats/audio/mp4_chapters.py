"""Chapters of MP4 files as a text track, which Apple's tools and most podcast tools write; mutagen reads Nero's alone.

Source: QuickTime File Format, "Chapter lists", "Text sample data", "Sample table atoms".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import BinaryIO

from catalogue.domain.media import Chapter
from catalogue.formats.audio.mp4_atoms import Atom, find_atoms, is_film
from catalogue.formats.audio.tags import clean_line

_SAMPLE_LIMIT = 2_000
_TABLE_LIMIT_BYTES = 1 << 20
# What a seek takes; a file may state more.
_FARTHEST = 1 << 62
_TEXT_HANDLERS = (b"text", b"sbtl")


def read_track_chapters(stream: BinaryIO, size: int) -> list[Chapter]:
    """Read the first text track that another track names as its chapters; none gives an empty list."""
    for track in _named_tracks(stream, size):
        if _handler(stream, track) in _TEXT_HANDLERS:
            return list(_chapters(stream, track))
    return []


def find_chapter_tracks(stream: BinaryIO, size: int) -> list[Atom]:
    """Find the tracks that hold nothing but chapters: their titles, and their pictures."""
    tracks = _named_tracks(stream, size)
    kinds = (*_TEXT_HANDLERS, b"vide")
    return [one for one in tracks if _handler(stream, one) in kinds and not is_film(stream, one)]


def _named_tracks(stream: BinaryIO, size: int) -> list[Atom]:
    """The tracks that other tracks name as their chapters."""
    tracks = find_atoms(stream, size, (b"moov", b"trak"))
    named = {number for track in tracks for number in _chapter_tracks(stream, track)}
    return [track for track in tracks if _track_number(stream, track) in named]


def _chapters(stream: BinaryIO, track: Atom) -> Iterator[Chapter]:
    media = _table(stream, track, b"mdia", b"mdhd")
    timescale = int.from_bytes(media[20:24] if media[:1] == b"\x01" else media[12:16], "big")
    if timescale == 0:
        return
    ticks = 0
    samples = zip(_durations(stream, track), _sizes(stream, track), _offsets(stream, track), strict=False)
    for duration, length, offset in islice(samples, _SAMPLE_LIMIT):
        start, ticks = ticks, ticks + duration
        yield Chapter(
            start=timedelta(seconds=start / timescale),
            end=timedelta(seconds=ticks / timescale),
            title=_title(stream, offset, length),
        )


def _title(stream: BinaryIO, offset: int, length: int) -> str:
    stream.seek(min(offset, _FARTHEST))
    sample = stream.read(min(length, 4096))
    text = sample[2 : 2 + int.from_bytes(sample[:2], "big")]
    is_utf16 = text.startswith((b"\xfe\xff", b"\xff\xfe"))
    return clean_line(text.decode("utf-16" if is_utf16 else "utf-8", errors="replace"))


def _durations(stream: BinaryIO, track: Atom) -> Iterator[int]:
    for count, duration in _rows(_sample_table(stream, track, b"stts"), start=8, shape=">II"):
        yield from (duration for _ in range(min(count, _SAMPLE_LIMIT)))


def _sizes(stream: BinaryIO, track: Atom) -> Iterator[int]:
    table = _sample_table(stream, track, b"stsz")
    equal = int.from_bytes(table[4:8], "big")
    if equal:
        yield from (equal for _ in range(_SAMPLE_LIMIT))
    yield from (size for (size,) in _rows(table, start=12, shape=">I"))


def _offsets(stream: BinaryIO, track: Atom) -> Iterator[int]:
    """Where each sample lies: chunks have addresses, and `stsc` says how many samples a run of chunks has."""
    wide = _sample_table(stream, track, b"co64")
    narrow = _sample_table(stream, track, b"stco")
    chunks = [at for (at,) in (_rows(wide, start=8, shape=">Q") if wide else _rows(narrow, start=8, shape=">I"))]
    per_chunk = {
        first: count for first, count, _ in _rows(_sample_table(stream, track, b"stsc"), start=8, shape=">III")
    }
    sizes, count = _sizes(stream, track), 0
    for number, offset in enumerate(chunks[:_SAMPLE_LIMIT], start=1):
        count = per_chunk.get(number, count)
        for size in islice(sizes, min(count, _SAMPLE_LIMIT)):
            yield offset
            offset += size  # noqa: PLW2901  # the next sample of the same chunk


def _rows(table: bytes, *, start: int, shape: str) -> Iterator[tuple[int, ...]]:
    """The rows of a table as far as they are whole; a table may be cut short or say nonsense about its length."""
    whole = (len(table) - start) // struct.calcsize(shape) * struct.calcsize(shape)
    if whole > 0:
        yield from struct.iter_unpack(shape, table[start : start + whole])


def _sample_table(stream: BinaryIO, track: Atom, name: bytes) -> bytes:
    return _table(stream, track, b"mdia", b"minf", b"stbl", name)


def _table(stream: BinaryIO, track: Atom, *path: bytes) -> bytes:
    for atom in find_atoms(stream, track.stop, path, inside=track):
        stream.seek(atom.start)
        return stream.read(min(atom.stop - atom.start, _TABLE_LIMIT_BYTES))
    return b""


def _track_number(stream: BinaryIO, track: Atom) -> int:
    header = _table(stream, track, b"tkhd")
    return int.from_bytes(header[20:24] if header[:1] == b"\x01" else header[12:16], "big")


def _handler(stream: BinaryIO, track: Atom) -> bytes:
    return _table(stream, track, b"mdia", b"hdlr")[8:12]


def _chapter_tracks(stream: BinaryIO, track: Atom) -> list[int]:
    return [number for (number,) in _rows(_table(stream, track, b"tref", b"chap"), start=0, shape=">I")]
