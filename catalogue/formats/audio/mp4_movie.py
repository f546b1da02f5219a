"""An atom put into an MP4's `moov` / `udta`, with every offset into the sound moved along where `moov` grows.

mutagen does the same for `ilst` alone. Source: ISO/IEC 14496-12, sections 8.1.2, 8.7.5, 8.10.1; QuickTime File Format,
"Chapter lists".
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from catalogue.formats.audio.mp4_atoms import find_atoms, iterate_atoms
from catalogue.formats.audio.mp4_chapters import find_chapter_tracks

# Ten hours of AAC need 6 MB.
MOST_MOVIE_BYTES = 64 * 1024**2
_TABLES = (b"trak", b"mdia", b"minf", b"stbl")
_OFFSETS = {b"stco": "I", b"co64": "Q"}
_BLOCK = 1 << 20


def has_narrow_offsets(stream: BinaryIO, size: int) -> bool:
    """Whether a track says with 32 bits where its sound lies."""
    return bool(find_atoms(stream, size, (b"moov", *_TABLES, b"stco")))


def put_user_atom(stream: BinaryIO, name: bytes, content: bytes) -> None:
    """Write the file in place with this atom in `udta`, instead of others of its name, and without chapter tracks.

    The file must have a `moov` and be in one piece: fragments have offsets of their own.
    """
    size = os.fstat(stream.fileno()).st_size
    movie = find_atoms(stream, size, (b"moov",))[0]
    stream.seek(movie.start)
    old = stream.read(movie.stop - movie.start)
    retired = {track.start - movie.start for track in find_chapter_tracks(stream, size)}
    new = bytearray(_movie(old, _atom(name, content), retired=retired))
    stream.seek(movie.start - 8)
    header = 16 if stream.read(8)[4:] != b"moov" else 8
    shift = 8 + len(new) - header - len(old)
    _shift_offsets(new, shift, beyond=movie.stop)
    _move_tail(stream, movie.stop, shift, size=size)
    stream.seek(movie.start - header)
    stream.write(_atom(b"moov", bytes(new)))


def _movie(old: bytes, atom: bytes, *, retired: set[int]) -> bytes:
    """The content of `moov` with `atom` in front of what the first `udta` holds."""
    kept, user, tail = [], b"", b""
    for start, name, whole in _atoms_of(old):
        if name == b"udta":
            # zeros at its end are QuickTime's sign of the end: nothing could follow them
            parts = _atoms_of(_content(whole))
            user += b"".join(one for _, inner, one in parts if inner != atom[4:8] and (inner or one.strip(b"\0")))
        elif not name:
            tail = whole
        elif start in retired:
            kept.append(_freed(whole))
        else:
            kept.append(_without_chapters(whole) if name == b"trak" and retired else whole)
    return b"".join((*kept, _atom(b"udta", atom + user), tail))


def _without_chapters(track: bytes) -> bytes:
    """A track that no longer names another as its chapters; as long as it was."""
    header = track[: len(track) - len(_content(track))]
    parts = [_no_reference(whole) if name == b"tref" else whole for _, name, whole in _atoms_of(_content(track))]
    return header + b"".join(parts)


def _no_reference(whole: bytes) -> bytes:
    inner = list(_atoms_of(_content(whole)))
    if all(name in (b"chap", b"") for _, name, _ in inner):
        return _freed(whole)
    header = whole[: len(whole) - len(_content(whole))]
    return header + b"".join(_freed(one) if name == b"chap" else one for _, name, one in inner)


def _freed(whole: bytes) -> bytes:
    """The atom as free space: its name stands behind its length, however that is written."""
    return whole[:4] + b"free" + whole[8:]


def _atoms_of(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Where each atom's content begins, its name, and all of it; what is left at the end has no name."""
    position = 0
    for atom in iterate_atoms(BytesIO(content), 0, len(content)):
        yield atom.start, atom.name, content[position : atom.stop]
        position = atom.stop
    if position < len(content):
        yield position, b"", content[position:]


def _content(whole: bytes) -> bytes:
    return whole[16 if whole[:4] == b"\0\0\0\1" else 8 :]


def _atom(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def _shift_offsets(movie: bytearray, shift: int, *, beyond: int) -> None:
    """Add `shift` to every offset to what lies behind the movie."""
    stream = BytesIO(movie)
    for name, kind in _OFFSETS.items():
        for table in find_atoms(stream, len(movie), (*_TABLES, name)):
            room = (table.stop - table.start - 8) // struct.calcsize(kind)
            count = min(room, int.from_bytes(movie[table.start + 4 : table.start + 8], "big"))
            row = struct.Struct(f">{max(0, count)}{kind}")
            moved = [at + shift if at >= beyond else at for at in row.unpack_from(movie, table.start + 8)]
            row.pack_into(movie, table.start + 8, *moved)


def _move_tail(stream: BinaryIO, start: int, shift: int, *, size: int) -> None:
    """Move all from `start` to the end of the file; a block is read before it is written over."""
    blocks = list(range(start, size, _BLOCK))
    for at in reversed(blocks) if shift > 0 else blocks:
        stream.seek(at)
        block = stream.read(min(_BLOCK, size - at))
        stream.seek(at + shift)
        stream.write(block)
    stream.truncate(size + shift)
