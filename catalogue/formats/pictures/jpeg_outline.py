"""A plain JPEG's size, read from its markers, where these alone show that it can be decoded to its end.

Decoding a cover to find that nothing is wrong with it costs as much as reading the file it is in. So what nearly
every encoder writes, a baseline JPEG of one scan with its tables in order, is taken by its outline; about
anything else this says nothing, and it is decoded. Source: ITU-T T.81, annexes B and C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

_FRAME, _HUFFMAN, _QUANTISATION, _RESTART, _SCAN, _END = 0xC0, 0xC4, 0xDB, 0xDD, 0xDA, 0xD9
# Application data and comments, which no decoder needs; but Adobe's (14) may change what the colours mean.
_PASSED_OVER: frozenset[int] = frozenset({*range(0xE0, 0xEE), 0xEF, 0xFE})
# In the scan, all that may follow FF without ending it: zero, and the marks of a restart.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SAMPLINGS: dict[int, list[tuple[int, ...]]] = {
    1: [(0x11,), (0x21,), (0x22,)],
    3: [(y, 0x11, 0x11) for y in (0x11, 0x12, 0x21, 0x22)],
}


@dataclass
class _Outline:
    width: int = 0
    height: int = 0
    components: tuple[int, ...] = ()
    tables: set[tuple[str, int]] = field(default_factory=set)
    """Those defined: ("quantisation", n), ("dc", n), ("ac", n)."""
    needed: set[tuple[str, int]] = field(default_factory=set)


def find_jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None for what only decoding can judge."""
    outline, position = _Outline(), 2
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4], "big")
        segment = content[position + 4 : position + 2 + length]
        position += 2 + length
        if marker == _SCAN:
            is_whole = _is_scan_sound(segment, outline) and _ends_with_scan(content, position)
            return (outline.width, outline.height) if is_whole else None
        if length < 2 or not _take(marker, segment, outline):
            return None
    return None


def _take(marker: int, segment: bytes, outline: _Outline) -> bool:
    """Whether a segment before the scan is one that every decoder takes."""
    if marker == _FRAME:
        return not outline.components and _take_frame(segment, outline)
    if marker == _HUFFMAN:
        return _take_huffman(segment, outline)
    if marker == _QUANTISATION:
        return _take_quantisation(segment, outline)
    return marker in _PASSED_OVER or (marker == _RESTART and len(segment) == 2)


def _take_frame(segment: bytes, outline: _Outline) -> bool:
    count = segment[5] if len(segment) > 5 else 0
    if len(segment) != 6 + 3 * count or segment[0] != 8 or count not in _SAMPLINGS:
        return False
    outline.height, outline.width = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big")
    outline.components = tuple(segment[6::3])
    outline.needed |= {("quantisation", table) for table in segment[8::3]}
    has_usual_sampling = tuple(segment[7::3]) in _SAMPLINGS[count]
    return has_usual_sampling and bool(outline.width and outline.height) and len(set(outline.components)) == count


def _take_huffman(segment: bytes, outline: _Outline) -> bool:
    tables = _huffman_tables(segment)
    outline.tables |= tables or set()
    return tables is not None


@lru_cache(maxsize=256)
def _huffman_tables(segment: bytes) -> frozenset[tuple[str, int]] | None:
    """The tables that a segment defines, None where one is none; most encoders write those of annex K."""
    position, tables = 0, set[tuple[str, int]]()
    while position < len(segment):
        kind, counts = segment[position], segment[position + 1 : position + 17]
        symbols = segment[position + 17 : position + 17 + sum(counts)]
        is_dc = kind < 0x10
        if len(symbols) < sum(counts) or kind & 15 > 3 or kind > 0x13 or not _is_code(counts):
            return None
        if is_dc and any(symbol > 11 for symbol in symbols):
            return None
        tables.add(("dc" if is_dc else "ac", kind & 15))
        position += 17 + len(symbols)
    return frozenset(tables) if position == len(segment) else None


def _is_code(counts: bytes) -> bool:
    """Whether as many codes of each length fit side by side (annex C)."""
    code = 0
    for length, count in enumerate(counts, start=1):
        code += count
        if code > 1 << length:
            return False
        code <<= 1
    return len(counts) == 16 and 0 < sum(counts) <= 256


def _take_quantisation(segment: bytes, outline: _Outline) -> bool:
    tables = [segment[start : start + 65] for start in range(0, len(segment), 65)]
    outline.tables |= {("quantisation", table[0]) for table in tables}
    return all(len(table) == 65 and table[0] < 4 and 0 not in table[1:] for table in tables)


def _is_scan_sound(segment: bytes, outline: _Outline) -> bool:
    """Whether the one scan holds all components, with tables that are there."""
    count = len(outline.components)
    if not count or len(segment) != 4 + 2 * count or segment[0] != count or segment[-3:] != b"\x00\x3f\x00":
        return False
    pairs = segment[1 : 1 + 2 * count]
    used = {("dc", table >> 4) for table in pairs[1::2]} | {("ac", table & 15) for table in pairs[1::2]}
    return tuple(pairs[::2]) == outline.components and outline.needed | used <= outline.tables


def _ends_with_scan(content: bytes, position: int) -> bool:
    """Whether nothing but the end of the image follows the scan, and something is in it."""
    marker = _MARKER.search(content, position)
    is_end = marker is not None and marker[0][-1] == _END and marker.start() > position
    return is_end and marker is not None and not content[marker.end() :].strip(b"\x00")
