"""A body made of parts of a file and of bytes, sent from where they lie: nothing of it is copied for a listener."""

from __future__ import annotations

import os
import socket
from collections import deque
from itertools import islice
from typing import BinaryIO, NamedTuple

from waitress.buffers import ReadOnlyFileBasedBuffer

from web.file_bodies import Version, is_unchanged
from web.ranges import Segment

# One listener with a fast line gives way to the others after so much.
TURN_BYTES = 4 * 1024 * 1024
# Pieces of bytes that are sent in one call; Linux takes 1,024.
PIECES_AT_ONCE = 64
Pieces = list[bytes | memoryview]


class FileSlice(NamedTuple):
    """So many bytes of an open file, for the kernel to send as long as the file is of this version."""

    descriptor: int
    offset: int
    length: int
    version: Version


class SegmentBuffer(ReadOnlyFileBasedBuffer):  # type: ignore[misc]
    """Segments as an output buffer of waitress; owns the file, and is read by one channel.

    `version` is what the file must stay while it is sent; None where there is no file.
    """

    def __init__(self, file: BinaryIO | None, segments: tuple[Segment, ...], version: Version | None) -> None:
        self.file = file
        self._version = version
        self._segments: deque[Segment | memoryview] = deque(segment for segment in segments if segment)
        self.remain = sum(map(len, self._segments))

    def prepare(self, size: int | None = None) -> int:  # noqa: ARG002  (waitress's signature)
        """How many bytes there are."""
        return self.remain

    def get(self, numbytes: int = -1, skip: bool = False) -> FileSlice | Pieces:  # noqa: ARG002
        """What comes next: a piece of the file, or the bytes up to the next one."""
        segment = self._segments[0]
        if isinstance(segment, range):
            assert self.file is not None
            assert self._version is not None
            return FileSlice(self.file.fileno(), segment.start, min(len(segment), TURN_BYTES), self._version)
        pieces: Pieces = []
        for piece in islice(self._segments, PIECES_AT_ONCE):
            if isinstance(piece, range):
                break
            pieces.append(piece)
        return pieces

    def skip(self, numbytes: int, allow_prune: int = 0) -> None:  # noqa: ARG002
        """Pass over what was sent; never more than `get` gave."""
        self.remain -= numbytes
        while numbytes:
            segment = self._segments.popleft()
            if numbytes < len(segment):
                rest = segment[numbytes:] if isinstance(segment, range) else memoryview(segment)[numbytes:]
                self._segments.appendleft(rest)
            numbytes -= min(numbytes, len(segment))

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


def send_slice(to: socket.socket, piece: FileSlice) -> int:
    """Let the kernel send what the socket takes of a file; raises EOFError where the file is not what it was.

    A file that is written in place keeps its descriptor: without a look at it, a listener would get the beginning of
    one recording and the end of another.
    """
    if not is_unchanged(piece.descriptor, piece.version):
        raise EOFError
    sent = os.sendfile(to.fileno(), piece.descriptor, piece.offset, piece.length)
    if not sent:
        raise EOFError
    return sent
