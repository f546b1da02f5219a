"""How long the sound of an MP4 plays: as its edits say, or in one that is made of fragments, as these add up to.

mutagen gives the length of the media, with the silence that the encoder put in front, and nothing for fragments.
Source: ISO/IEC 14496-12, sections 8.2.2, 8.3.2, 8.4.2, 8.8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from catalogue.formats.audio.mp4_atoms import Atom, find_atoms, iterate_atoms

_HEAD = 36
_RUN_LIMIT_BYTES = 1 << 20
# Flags of `tfhd` and `trun`: what stands there before what is wanted.
_TFHD_FIELDS, _TFHD_DURATION = ((0x1, 8), (0x2, 4)), 0x8
_TRUN_FIELDS, _TRUN_DURATION, _TRUN_COLUMNS = ((0x1, 4), (0x4, 4)), 0x100, (0x100, 0x200, 0x400, 0x800)


def presented_seconds(stream: BinaryIO, size: int) -> float | None:
    """Seconds that the first sound track is presented for; None where nothing of the kind is stated."""
    scale = next((_times(_head(stream, atom))[0] for atom in find_atoms(stream, size, (b"moov", b"mvhd"))), 0)
    track = _sound_track(stream, size)
    if track is None or not scale:
        return None
    header = next((_head(stream, atom) for atom in find_atoms(stream, size, (b"tkhd",), inside=track)), b"")
    at, length = (28, 8) if header[:1] == b"\x01" else (20, 4)
    duration = int.from_bytes(header[at : at + length], "big")
    is_unknown = duration in (0, (1 << 8 * length) - 1)
    return None if is_unknown else duration / scale


def fragment_seconds(stream: BinaryIO, size: int) -> float | None:
    """Seconds of sound in all fragments; None where there are none."""
    track = _sound_track(stream, size)
    if track is None:
        return None
    number = _number(stream, size, track)
    scale = next((_times(_head(stream, one))[0] for one in _inside(stream, size, track, b"mdia", b"mdhd")), 0)
    usual = _usual_duration(stream, size, number)
    fragments = (atom for atom in iterate_atoms(stream, 0, size) if atom.name == b"moof")
    ticks = sum(_ticks(stream, size, fragment, number=number, usual=usual) for fragment in fragments)
    return ticks / scale if ticks and scale else None


def _sound_track(stream: BinaryIO, size: int) -> Atom | None:
    for track in find_atoms(stream, size, (b"moov", b"trak")):
        if any(_head(stream, atom)[8:12] == b"soun" for atom in _inside(stream, size, track, b"mdia", b"hdlr")):
            return track
    return None


def _inside(stream: BinaryIO, size: int, atom: Atom, *path: bytes) -> list[Atom]:
    return find_atoms(stream, size, path, inside=atom)


def _head(stream: BinaryIO, atom: Atom) -> bytes:
    stream.seek(atom.start)
    return stream.read(min(_HEAD, max(0, atom.stop - atom.start)))


def _times(head: bytes) -> tuple[int, int]:
    """Time scale and duration of `mvhd` or `mdhd`, which begin alike."""
    if head[:1] == b"\x01":
        return int.from_bytes(head[20:24], "big"), int.from_bytes(head[24:32], "big")
    return int.from_bytes(head[12:16], "big"), int.from_bytes(head[16:20], "big")


def _number(stream: BinaryIO, size: int, track: Atom) -> int:
    header = next((_head(stream, atom) for atom in _inside(stream, size, track, b"tkhd")), b"")
    return int.from_bytes(header[20:24] if header[:1] == b"\x01" else header[12:16], "big")


def _usual_duration(stream: BinaryIO, size: int, number: int) -> int:
    """What a sample of the track lasts where its fragment does not say it."""
    for atom in find_atoms(stream, size, (b"moov", b"mvex", b"trex")):
        head = _head(stream, atom)
        if int.from_bytes(head[4:8], "big") == number:
            return int.from_bytes(head[12:16], "big")
    return 0


def _ticks(stream: BinaryIO, size: int, fragment: Atom, *, number: int, usual: int) -> int:
    """The duration of the track's runs in one fragment, in the track's time scale."""
    ticks = 0
    for part in _inside(stream, size, fragment, b"traf"):
        head = next((_head(stream, atom) for atom in _inside(stream, size, part, b"tfhd")), b"")
        if int.from_bytes(head[4:8], "big") != number:
            continue
        flags = int.from_bytes(head[1:4], "big")
        at = 8 + sum(length for flag, length in _TFHD_FIELDS if flags & flag)
        each = int.from_bytes(head[at : at + 4], "big") if flags & _TFHD_DURATION else usual
        for run in _inside(stream, size, part, b"trun"):
            stream.seek(run.start)
            ticks += sum(_durations(stream.read(min(run.stop - run.start, _RUN_LIMIT_BYTES)), each))
    return ticks


def _durations(run: bytes, each: int) -> Iterator[int]:
    flags, count = int.from_bytes(run[1:4], "big"), int.from_bytes(run[4:8], "big")
    at = 8 + sum(length for flag, length in _TRUN_FIELDS if flags & flag)
    if not flags & _TRUN_DURATION:
        yield count * each
        return
    columns = sum(bool(flags & flag) for flag in _TRUN_COLUMNS)
    rows = min(count, (len(run) - at) // (4 * columns))
    yield from (row[0] for row in struct.iter_unpack(f">{columns}I", run[at : at + rows * 4 * columns]))
