"""Bodies made of parts of a file: opened only while it is what was indexed, and sent in the server's best way."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from catalogue.errors import MediaError
from web.ranges import Segment

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

BLOCK_BYTES = 64 * 1024
# Where our own server puts its way to send segments, which copies nothing (`web.channel`).
SENDER = "castalogue.send_segments"
Sender = Callable[[BinaryIO | None, tuple[Segment, ...], "Version | None"], Iterable[bytes]]


class Version(NamedTuple):
    """What a file is as long as nobody writes it."""

    size_bytes: int
    mtime_ns: int


def open_unchanged(path: Path, version: Version) -> BinaryIO:
    """Open a file, without a buffer, that is still what was indexed; raises MediaError for any other, and symlinks."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.fdopen(os.open(path, flags), "rb", buffering=0)
    except OSError as error:
        raise MediaError("media-unreadable", "This file cannot be read right now. Try again in a minute.") from error
    if not is_unchanged(file.fileno(), version):
        file.close()
        raise MediaError("media-changed", "This file is being changed. Try again in a minute.")
    return file


def is_unchanged(file: int | Path, version: Version) -> bool:
    """Whether a file, open or by its path, is still what it was; a link never is, nor what cannot be looked at."""
    try:
        facts = os.fstat(file) if isinstance(file, int) else file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and (facts.st_size, facts.st_mtime_ns) == version


def segments_body(
    environ: WSGIEnvironment, file: BinaryIO, segments: tuple[Segment, ...], version: Version
) -> Iterable[bytes]:
    """Give an iterable of the segments that closes the file, and ends early where the file is written meanwhile.

    The server's own way to send a file comes first: then no thread waits for a slow phone. Where that way is not ours
    (`wsgi.file_wrapper`), nobody looks at the file again.
    """
    sender: Sender | None = environ.get(SENDER)
    if sender is not None:
        return sender(file, segments, version)
    wrapper = environ.get("wsgi.file_wrapper")
    if wrapper is not None and len(segments) == 1 and isinstance(segments[0], range):
        file.seek(segments[0].start)
        wrapped: Iterable[bytes] = wrapper(file, BLOCK_BYTES)  # it ends at Content-Length
        return wrapped
    return SegmentBlocks(file, segments, version)


def pieces_body(environ: WSGIEnvironment, pieces: tuple[bytes, ...]) -> Iterable[bytes]:
    """Give an iterable of bytes that many are sent: our own server keeps no copy of them for each."""
    sender: Sender | None = environ.get(SENDER)
    return sender(None, pieces, None) if sender is not None and pieces else list(pieces)


class SegmentBlocks:
    """Segments in blocks, for servers that have no way of their own; closes the file."""

    def __init__(self, file: BinaryIO, segments: tuple[Segment, ...], version: Version) -> None:
        self._file, self._segments, self._version = file, segments, version

    def __iter__(self) -> Iterator[bytes]:
        for segment in self._segments:
            if isinstance(segment, bytes):
                yield segment
            elif not (yield from self._read(segment)):
                return

    def _read(self, part: range) -> Generator[bytes, None, bool]:
        """Give a part of the file, and in the end whether all of it was there."""
        self._file.seek(part.start)
        left = len(part)
        while left and is_unchanged(self._file.fileno(), self._version):
            block = self._file.read(min(BLOCK_BYTES, left))
            if not block:
                break
            left -= len(block)
            yield block
        return not left

    def close(self) -> None:
        self._file.close()
