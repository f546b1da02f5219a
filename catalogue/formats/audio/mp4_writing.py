"""Title, numbers, chapters and cover as atoms of an MP4 file, as iTunes and Nero have them.

mutagen writes all but the chapters, and reads Nero's: at most 255, a title of at most 255 bytes each. A file that had
others in a text track says them twice then, so that track is retired: it stays where it is, as free space.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from mutagen.mp4 import MP4Cover

from catalogue.domain.facts import NewTags
from catalogue.domain.media import Chapter
from catalogue.formats.audio.mp4_atoms import find_atoms
from catalogue.formats.audio.mp4_chapters import read_track_chapters
from catalogue.formats.audio.mp4_movie import MOST_MOVIE_BYTES, has_narrow_offsets, put_user_atom
from catalogue.formats.audio.tags_mp4 import LenientMP4, read_mp4

# `chpl` counts its chapters in a byte, and the bytes of a title in another.
MOST_CHAPTERS = MOST_TITLE_BYTES = 255
_MICROSECOND = timedelta(microseconds=1)
# Version 1: flags, then four bytes that nobody uses (libavformat, movenc.c).
_HEAD = b"\x01" + bytes(7)
# Below where a 32-bit place ends: room for what is written.
_FARTHEST_NARROW = (1 << 32) - (1 << 24)


def find_obstacle(file: str, tags: NewTags) -> str | None:
    """Say why chapters cannot be written into this file; None where they can, or need not be."""
    with Path(file).open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if not _fitting(tags.chapters) or _says_it(file, stream, size, tags.chapters):
            return None
        if find_atoms(stream, size, (b"moof",)) or find_atoms(stream, size, (b"moov", b"mvex")):
            return "it is an MP4 in fragments, which has no place for chapters. Export it without fragments."
        movies = find_atoms(stream, size, (b"moov",))
        if not movies or movies[0].stop - movies[0].start > MOST_MOVIE_BYTES:
            return "its table of contents is too large for an episode. Export it again."
        if size > _FARTHEST_NARROW and has_narrow_offsets(stream, size):
            return "it is too large to make room in it for chapters. Export it smaller, or with 64-bit offsets."
    return None


def write_mp4(file: str, tags: NewTags, cover: bytes | None) -> None:
    """Write the atoms; those that are not ours stay. What `find_obstacle` names must have been asked for."""
    with Path(file).open("r+b") as stream:
        size = os.fstat(stream.fileno()).st_size
        if _fitting(tags.chapters) and not _says_it(file, stream, size, tags.chapters):
            put_user_atom(stream, b"chpl", _render(tags.chapters))
    movie: Any = LenientMP4(file)  # type: ignore[no-untyped-call]
    if movie.tags is None:
        movie.add_tags()
    movie["©nam"] = [tags.title]
    if tags.number is not None and tags.number == int(tags.number):
        totals = [total for _, total in movie.get("trkn", [])] or [0]
        movie["tves"] = [int(tags.number)]
        if tags.number <= 0xFFFF:
            movie["trkn"] = [(int(tags.number), totals[0])]
    if tags.season is not None:
        movie["tvsn"] = [tags.season]
    if cover is not None:
        # The first is the front; others, as of a booklet, stay.
        movie["covr"] = [MP4Cover(cover, imageformat=MP4Cover.FORMAT_JPEG), *movie.get("covr", [])[1:]]
    movie.save()


def _fitting(chapters: Sequence[Chapter]) -> list[tuple[timedelta, str]]:
    """Starts and titles as far as there is a place for them; a title is cut between two letters."""
    listed = [chapter for chapter in chapters if chapter.is_listed][:MOST_CHAPTERS]
    return [(one.start, one.title.encode()[:MOST_TITLE_BYTES].decode(errors="ignore")) for one in listed]


def _says_it(file: str, stream: BinaryIO, size: int, chapters: Sequence[Chapter]) -> bool:
    """Whether the file has these chapters already, wherever it keeps them."""
    movie: Any = LenientMP4(file)  # type: ignore[no-untyped-call]
    found = [(one.start, one.title) for one in read_mp4(movie, read_track_chapters(stream, size)).chapters]
    return found in ([(one.start, one.title) for one in chapters if one.is_listed], _fitting(chapters))


def _render(chapters: Sequence[Chapter]) -> bytes:
    """The content of `chpl`: starts in units of 100 nanoseconds."""
    fitting = _fitting(chapters)
    rows = [
        struct.pack(">QB", start // _MICROSECOND * 10, len(title.encode())) + title.encode() for start, title in fitting
    ]
    return _HEAD + bytes([len(rows)]) + b"".join(rows)
