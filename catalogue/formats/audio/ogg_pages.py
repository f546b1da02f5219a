"""Ogg pages: whose they are and where the sound in them is (RFC 3533)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_HEADER = 27
_BEGINS, _ENDS = 2, 4
# A header, 255 lengths and as many times 255 bytes.
_LARGEST_PAGE = 65_307
_CAPTURE = re.compile(rb"OggS\x00(.)", re.DOTALL)
# 40 MB of comments in pages of 4 kB, as the strictest writers make them.
_MOST_HEADER_PAGES = 10_000

CODECS = {
    b"\x01vorbis": "vorbis",
    b"OpusHead": "opus",
    b"\x7fFLAC": "flac",
    b"\x80theora": "theora",
    b"Speex   ": "speex",
}
# Vorbis I section 4.2.1, RFC 7845 section 3; Ogg FLAC says it itself.
_HEADER_PACKETS = {"vorbis": 3, "opus": 2}


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `payload` is where its packets begin, `lacing` their lengths in its own manner."""

    flags: int
    serial: int
    payload: int
    lacing: bytes

    @property
    def stop(self) -> int:
        return self.payload + sum(self.lacing)


def iterate_pages(stream: BinaryIO, start: int = 0) -> Iterator[Page]:
    """Yield pages from `start` until the file ends or something that is no page comes."""
    position = start
    while True:
        stream.seek(position)
        header = stream.read(_HEADER)
        if len(header) < _HEADER or not header.startswith(b"OggS"):
            return
        lacing = stream.read(header[26])
        page = Page(header[5], int.from_bytes(header[14:18], "little"), position + _HEADER + len(lacing), lacing)
        yield page
        position = page.stop


def has_endless_headers(stream: BinaryIO, start: int = 0) -> bool:
    """Whether the packets before the sound go on over more pages than any comment or picture fills."""
    ended: dict[int, int] = {}
    for number, page in enumerate(iterate_pages(stream, start)):
        ended[page.serial] = ended.get(page.serial, 0) + sum(length < 255 for length in page.lacing)
        if min(ended.values()) > 2:
            return False
        if number >= _MOST_HEADER_PAGES:
            return True
    return False


def says_its_end(stream: BinaryIO, size: int) -> bool:
    """Whether a page near the file's end says that it is the last of its stream; a copy cut between pages does not."""
    start = max(0, size - _LARGEST_PAGE)
    stream.seek(start)
    return any(flags & _ENDS for flags in (match[1][0] for match in _CAPTURE.finditer(stream.read(size - start))))


def read_codecs(stream: BinaryIO, start: int = 0) -> dict[int, str]:
    """The streams' serial numbers and codecs, in the order of their first pages."""
    codecs = {}
    for page in iterate_pages(stream, start):
        if not page.flags & _BEGINS:
            break
        codecs[page.serial] = _codec(stream, page)
    return codecs


def iterate_ogg_audio(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield where packets after the header packets lie, so that moved page borders of comments change nothing."""
    headers: dict[int, int] = {}
    for page in iterate_pages(stream):
        if page.payload > size:
            return
        if page.flags & _BEGINS:
            headers[page.serial] = _header_packets(stream, page)
        left = headers.get(page.serial, -1)
        if left < 0:
            continue
        start, headers[page.serial] = _after_headers(page, left)
        if start < page.stop:
            yield start, page.stop


def _after_headers(page: Page, left: int) -> tuple[int, int]:
    """Where sound begins in the page, and how many header packets are still to end after it."""
    position = page.payload
    for length in page.lacing:
        if left == 0:
            break
        position += length
        left -= length < 255
    return position, left


def _header_packets(stream: BinaryIO, page: Page) -> int:
    """How many packets precede the sound; -1 for a stream that is none of ours."""
    codec = _codec(stream, page)
    if codec == "flac":  # Ogg FLAC mapping 1.0: bytes 7 and 8 count the packets after the first
        stream.seek(page.payload + 7)
        return 1 + int.from_bytes(stream.read(2), "big")
    return _HEADER_PACKETS.get(codec, -1)


def _codec(stream: BinaryIO, page: Page) -> str:
    stream.seek(page.payload)
    first = stream.read(8)
    return next((codec for magic, codec in CODECS.items() if first.startswith(magic)), "unknown")
