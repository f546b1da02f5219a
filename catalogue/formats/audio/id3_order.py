"""Chapter frames in the order of their times: mutagen writes the frames of one kind by their length.

Programs that list chapters as they come in the file (libavformat among them) would show them mixed up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from catalogue.formats.audio.id3_blocks import id3_length, syncsafe

_HEADER = 10


def order_chapters(stream: BinaryIO, start: int) -> None:
    """Put the CHAP frames of the tag at `start` in order, in place.

    The tag is one that mutagen wrote: no flags, no extended header. Source: ID3v2.4 and 2.3 structure, section 4 and
    3.3; ID3v2 Chapter Frame Addendum, section 3.1.
    """
    stream.seek(start)
    header = stream.read(_HEADER)
    tag = stream.read(max(0, id3_length(header) - _HEADER))
    frames = list(_frames(tag, is_old=header[3:4] == b"\x03"))
    ordered = iter(sorted((frame for frame in frames if _is_chapter(frame)), key=_starts_at))
    stream.seek(start + _HEADER)
    stream.write(b"".join(next(ordered) if _is_chapter(frame) else frame for frame in frames))


def _frames(tag: bytes, *, is_old: bool) -> Iterator[bytes]:
    position = 0
    while position + _HEADER <= len(tag) and tag[position]:
        digits = tag[position + 4 : position + 8]
        stop = position + _HEADER + (int.from_bytes(digits, "big") if is_old else syncsafe(digits))
        yield tag[position:stop]
        position = stop


def _is_chapter(frame: bytes) -> bool:
    return frame.startswith(b"CHAP")


def _starts_at(frame: bytes) -> int:
    _, _, times = frame[_HEADER:].partition(b"\0")
    return int.from_bytes(times[:4], "big")
