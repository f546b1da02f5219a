"""Bodies made of parts of a file: opened only while it is what was indexed, and sent in the server's best way."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from catalogue.errors import MediaError
from web.ranges import Segment

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

BLOCK_BYTES = 64 * 1024
# Where our own server puts its way to send segments, which copies nothing (`web.channel`).
SENDER = "castalogue.send_segments"
Sender = Callable[[BinaryIO | None, tuple[Segment, ...]], Iterable[bytes]]


def open_unchanged(path: Path, *, size_bytes: int, mtime_ns: int) -> BinaryIO:
    """Open a file, without a buffer, that is still what was indexed; raises MediaError for any other, and symlinks."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.fdopen(os.open(path, flags), "rb", buffering=0)
    except OSError as error:
        raise MediaError("media-unreadable", "This file cannot be read right now. Try again in a minute.") from error
    facts = os.fstat(file.fileno())
    if not stat.S_ISREG(facts.st_mode) or (facts.st_size, facts.st_mtime_ns) != (size_bytes, mtime_ns):
        file.close()
        raise MediaError("media-changed", "This file is being changed. Try again in a minute.")
    return file


def segments_body(environ: WSGIEnvironment, file: BinaryIO | None, segments: tuple[Segment, ...]) -> Iterable[bytes]:
    """Give an iterable of the segments that closes the file; `file` is None where all segments are bytes.

    The server's own way to send a file comes first: then no thread waits for a slow phone.
    """
    sender: Sender | None = environ.get(SENDER)
    if sender is not None:
        return sender(file, segments)
    wrapper = environ.get("wsgi.file_wrapper")
    if file is not None and wrapper is not None and len(segments) == 1 and isinstance(segments[0], range):
        file.seek(segments[0].start)
        wrapped: Iterable[bytes] = wrapper(file, BLOCK_BYTES)  # it ends at Content-Length
        return wrapped
    return SegmentBlocks(file, segments)


class SegmentBlocks:
    """Segments in blocks, for servers that have no way of their own; closes the file."""

    def __init__(self, file: BinaryIO | None, segments: tuple[Segment, ...]) -> None:
        self._file, self._segments = file, segments

    def __iter__(self) -> Iterator[bytes]:
        for segment in self._segments:
            yield from (segment,) if isinstance(segment, bytes) else self._read(segment)

    def _read(self, part: range) -> Iterator[bytes]:
        assert self._file is not None
        self._file.seek(part.start)
        left = len(part)
        while left and (block := self._file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
