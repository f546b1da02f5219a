"""Where tag blocks lie before and after the frames of an MP3 or AAC file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

_TAGS_AT_ONCE = 32
# What a trailer shows of itself within the last 128 bytes: most files have none, and one look says so.
_TRAILER = re.compile(rb"\ATAG|APETAGEX|LYRICS(?:200|END)\Z|3DI")


def syncsafe(digits: bytes) -> int:
    """Seven bits a byte (ID3v2.4 structure, section 6.2).

    >>> syncsafe(bytes([0, 0, 2, 1]))
    257
    """
    number = 0
    for digit in digits:
        number = number << 7 | digit & 0x7F
    return number


def id3_length(header: bytes) -> int:
    """How long the ID3v2 tag with these first ten bytes is, header included; 0 if it is none."""
    if len(header) < 10 or not header.startswith(b"ID3") or max(header[6:10]) > 0x7F:
        return 0
    has_footer = header[3] >= 4 and header[5] & 0x10
    return 10 + syncsafe(header[6:10]) + (10 if has_footer else 0)


def audio_start(stream: BinaryIO) -> int:
    """Where the file goes on after its ID3v2 tags; some programs write several."""
    position = 0
    for _ in range(_TAGS_AT_ONCE):
        stream.seek(position)
        length = id3_length(stream.read(10))
        if length == 0:
            break
        position += length
    return position


def audio_stop(stream: BinaryIO, size: int) -> int:
    """Where the frames end and ID3v1, APEv2, Lyrics3 or a closing ID3v2.4 tag begins, in whatever order."""
    stop = size
    for _ in range(_TAGS_AT_ONCE):
        if not _TRAILER.search(_before(stream, stop, 128)):
            break
        length = next(filter(None, (measure(stream, stop) for measure in _TRAILERS)), 0)
        if not 0 < length <= stop:
            break
        stop -= length
    return stop


def _id3v1_length(stream: BinaryIO, stop: int) -> int:
    if _before(stream, stop, 128)[:3] != b"TAG":
        return 0
    return 128 + (227 if _before(stream, stop - 128, 227)[:4] == b"TAG+" else 0)


def _ape_length(stream: BinaryIO, stop: int) -> int:
    footer = _before(stream, stop, 32)
    if footer[:8] != b"APETAGEX":
        return 0
    has_header = footer[23] & 0x80
    return int.from_bytes(footer[12:16], "little") + (32 if has_header else 0)


def _lyrics_length(stream: BinaryIO, stop: int) -> int:
    end = _before(stream, stop, 15)
    if end[6:] == b"LYRICS200" and end[:6].isdigit():
        return int(end[:6]) + 15
    if end[6:] != b"LYRICSEND":
        return 0
    text = _before(stream, stop, 5100)  # Lyrics3 1.00: at most 5,100 bytes
    begins = text.find(b"LYRICSBEGIN")
    return len(text) - begins if begins >= 0 else 0


def _id3v24_length(stream: BinaryIO, stop: int) -> int:
    footer = _before(stream, stop, 10)
    return 20 + syncsafe(footer[6:10]) if footer[:3] == b"3DI" else 0


_TRAILERS: tuple[Callable[[BinaryIO, int], int], ...] = (_id3v1_length, _ape_length, _lyrics_length, _id3v24_length)


def _before(stream: BinaryIO, stop: int, length: int) -> bytes:
    """The last bytes before a place; fewer at the file's beginning, where no trailer fits."""
    start = max(0, stop - length)
    stream.seek(start)
    return stream.read(max(0, stop - start))
