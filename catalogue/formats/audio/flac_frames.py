"""Whether a FLAC file is whole, told from the headers of its last frames (RFC 9639, section 9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO

# At least three frames of what encoders make.
_WINDOW = 256 * 1024
_SYNC = re.compile(rb"\xff[\xf8\xf9]")
# Section 9.1.1: block sizes by their code; 6 and 7 mean that the size follows.
_BLOCK_SIZES = {1: 192, **{code: 144 << code for code in range(2, 6)}, **{code: 1 << code for code in range(8, 16)}}


def is_cut_off(stream: BinaryIO, stop: int, *, total_samples: int, block_size: int) -> bool:
    """Whether the frames before `stop` end before the samples that the file's head promises.

    `block_size` is that of a stream of equal blocks. Only two frame headers in a row prove it, because the
    sound may hold what looks like one.
    """
    start = max(0, stop - _WINDOW)
    stream.seek(start)
    stretches = list(_stretches(stream.read(stop - start), block_size))
    ends = {end for _, end in stretches}
    in_a_row = [end for begin, end in stretches if begin in ends]
    return total_samples > 0 and total_samples not in ends and bool(in_a_row) and max(in_a_row) < total_samples


def _stretches(view: bytes, block_size: int) -> Iterator[tuple[int, int]]:
    """Yield the first sample of each frame and the first after it."""
    for sync in _SYNC.finditer(view):
        header = view[sync.start() : sync.start() + 16]
        if len(header) < 16 or header[3] & 1 or header[3] >> 4 > 10 or header[2] & 15 == 15:
            continue
        number, used = _coded_number(header[4:])
        size, extra = _size(header, 4 + used)
        length = 4 + used + extra
        if used and size and _crc8(header[:length]) == header[length]:
            begin = number if header[1] & 1 else number * block_size
            yield begin, begin + size


def _coded_number(digits: bytes) -> tuple[int, int]:
    """The frame's or sample's number, coded like UTF-8 but up to 36 bits, and its bytes (0: it is none)."""
    lead = digits[0]
    used = 1 if lead < 0x80 else 8 - (lead ^ 0xFF).bit_length()
    if lead >= 0x80 and not 2 <= used <= 7:
        return 0, 0
    number = lead if used == 1 else lead & 0x7F >> used
    for digit in digits[1:used]:
        if digit & 0xC0 != 0x80:
            return 0, 0
        number = number << 6 | digit & 0x3F
    return number, used


def _size(header: bytes, at: int) -> tuple[int, int]:
    """The block's samples (0: reserved) and how many bytes its size and its sampling rate take after the number."""
    code, rate = header[2] >> 4, header[2] & 15
    size_bytes = {6: 1, 7: 2}.get(code, 0)
    rate_bytes = {12: 1, 13: 2, 14: 2}.get(rate, 0)
    stated = int.from_bytes(header[at : at + size_bytes], "big") + 1
    return (stated if size_bytes else _BLOCK_SIZES.get(code, 0)), size_bytes + rate_bytes


def _crc8(content: bytes) -> int:
    crc = 0
    for byte in content:
        crc = _crc8_table()[crc ^ byte]
    return crc


@cache
def _crc8_table() -> tuple[int, ...]:
    table = []
    for start in range(256):
        crc = start
        for _ in range(8):
            crc = (crc << 1 ^ 0x07 if crc & 0x80 else crc << 1) & 0xFF
        table.append(crc)
    return tuple(table)
