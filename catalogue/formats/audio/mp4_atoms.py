"""Atoms (boxes) of an MP4 file: where the sound is, and whether there are moving pictures (ISO/IEC 14496-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

# A fragment a second makes twice as many for ten hours; mutagen keeps each in memory.
MOST_ATOMS = 80_000
_SAMPLE_KINDS = (b"minf", b"stbl", b"stsd")
# QTFF "Chapter lists", RFC 6381: still pictures in a video track are chapter art, not a film.
_STILLS = (b"jpeg", b"png ", b"mjpa", b"mjpb", b"tiff", b"gif ")


@dataclass(frozen=True, slots=True)
class Atom:
    """A name and the places where its content begins and should end."""

    name: bytes
    start: int
    stop: int


def iterate_atoms(stream: BinaryIO, start: int, stop: int) -> Iterator[Atom]:
    """Yield the atoms side by side between two places; the last may claim to end beyond."""
    position = start
    for _ in range(MOST_ATOMS + 1):
        if position + 8 > stop:
            return
        stream.seek(position)
        header = stream.read(16)
        if len(header) < 8:
            return
        length, content = int.from_bytes(header[:4], "big"), position + 8
        if length == 1:
            length, content = int.from_bytes(header[8:16], "big"), position + 16
        end = stop if length == 0 else position + length
        if end < content:
            return
        yield Atom(header[4:8], content, end)
        position = end


def count_atoms(stream: BinaryIO, size: int) -> int:
    """How many atoms lie side by side in the file; none is counted after one more than MOST_ATOMS."""
    return sum(1 for _ in iterate_atoms(stream, 0, size))


def iterate_mp4_audio(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield where the media data lies: tags live in `moov`, and moving that changes none of it."""
    for atom in iterate_atoms(stream, 0, size):
        if atom.name == b"mdat" and atom.start < atom.stop:
            yield atom.start, atom.stop


def has_video(stream: BinaryIO, size: int) -> bool:
    """Whether a track holds moving pictures."""
    return any(is_film(stream, track) for track in find_atoms(stream, size, (b"moov", b"trak")))


def is_film(stream: BinaryIO, track: Atom) -> bool:
    """Whether one track does."""
    return any(_shows_film(stream, media) for media in find_atoms(stream, track.stop, (b"mdia",), inside=track))


def has_sound(stream: BinaryIO, size: int) -> bool:
    """Whether a track holds sound; also true where no track can be seen, as in a file that is cut off."""
    handlers = find_atoms(stream, size, (b"moov", b"trak", b"mdia", b"hdlr"))
    is_whole = bool(find_atoms(stream, size, (b"moov",)))
    return not is_whole or any(_peek(stream, handler)[8:12] == b"soun" for handler in handlers)


def find_atoms(stream: BinaryIO, size: int, path: tuple[bytes, ...], *, inside: Atom | None = None) -> list[Atom]:
    """All atoms at a path of names, in the order of the file; none ends outside what holds it."""
    start, stop = (0, size) if inside is None else (inside.start, min(inside.stop, size))
    found = (atom for atom in iterate_atoms(stream, start, stop) if atom.name == path[0])
    named = [replace(atom, stop=min(atom.stop, stop)) for atom in found]
    if len(path) == 1:
        return named
    return [found for atom in named for found in find_atoms(stream, size, path[1:], inside=atom)]


def _shows_film(stream: BinaryIO, media: Atom) -> bool:
    handlers = [_peek(stream, atom)[8:12] for atom in find_atoms(stream, media.stop, (b"hdlr",), inside=media)]
    kinds = [_peek(stream, atom)[12:16] for atom in find_atoms(stream, media.stop, _SAMPLE_KINDS, inside=media)]
    return handlers[:1] == [b"vide"] and any(kind not in _STILLS for kind in kinds[:1])


def _peek(stream: BinaryIO, atom: Atom) -> bytes:
    stream.seek(atom.start)
    return stream.read(min(16, max(0, atom.stop - atom.start)))
