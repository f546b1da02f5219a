"""A connection of waitress that sends bodies without copying them, and knows how long it has waited for what.

waitress reads a file's block into memory, sends what the socket takes and reads the rest again; and it copies large
bodies into temporary files for each listener. Here the kernel sends the file (`sendfile`), and a body of bytes is
shared by all who are sent it, so that a listener costs a socket and a descriptor, and no memory.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from typing import Any, BinaryIO, NamedTuple

from waitress.buffers import ReadOnlyFileBasedBuffer
from waitress.channel import HTTPChannel

from web.deadlines import Waiting
from web.ranges import Segment

# One listener with a fast line gives way to the others after so much.
TURN_BYTES = 4 * 1024 * 1024
# Bodies of bytes from this size on are sent from where they lie.
SHARED_BYTES = 64 * 1024


class FileSlice(NamedTuple):
    """So many bytes of an open file, for the kernel to send."""

    descriptor: int
    offset: int
    length: int


class SegmentBuffer(ReadOnlyFileBasedBuffer):  # type: ignore[misc]
    """Segments as an output buffer of waitress; owns the file, and is read by one channel."""

    def __init__(self, file: BinaryIO | None, segments: tuple[Segment, ...]) -> None:
        self.file = file
        self._segments: list[Segment | memoryview] = [segment for segment in segments if segment]
        self.remain = sum(map(len, self._segments))

    def prepare(self, size: int | None = None) -> int:  # noqa: ARG002  (waitress's signature)
        """How many bytes there are."""
        return self.remain

    def get(self, numbytes: int = -1, skip: bool = False) -> FileSlice | bytes | memoryview:  # noqa: ARG002
        """What comes next: a piece of the file, or bytes."""
        segment = self._segments[0]
        if isinstance(segment, range):
            assert self.file is not None
            return FileSlice(self.file.fileno(), segment.start, min(len(segment), TURN_BYTES))
        return memoryview(segment)[: max(numbytes, SHARED_BYTES)]

    def skip(self, numbytes: int, allow_prune: int = 0) -> None:  # noqa: ARG002
        """Pass over what was sent; never more than `get` gave."""
        self.remain -= numbytes
        segment = self._segments[0]
        if numbytes < len(segment):
            self._segments[0] = segment[numbytes:] if isinstance(segment, range) else memoryview(segment)[numbytes:]
        else:
            del self._segments[0]

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection. `active_at` and `asked_at` are on the monotonic clock, as no clock can be set back or ahead."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.active_at = time.monotonic()
        self.asked_at: float | None = None
        """Since when a request is half here; None while there is none, or it is whole."""
        self._turn_bytes = 0
        super().__init__(*arguments, **named)

    def del_channel(self, map: Any = None) -> None:  # noqa: A002  (waitress's name)
        self.server.loop.forget(self, self._fileno)
        super().del_channel(map)

    @property
    def waiting(self) -> Waiting:
        """What this connection waits for."""
        return Waiting(
            active_at=self.active_at,
            asked_at=self.asked_at,
            has_unsent=bool(self.total_outbufs_len),
            is_answering=bool(self.requests),
        )

    def received(self, data: bytes) -> bool:
        self.active_at = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.asked_at = None
        elif self.asked_at is None:
            self.asked_at = self.active_at
        return taken

    def write_soon(self, data: Any) -> int:
        is_shared = isinstance(data, bytes) and len(data) >= SHARED_BYTES
        written: int = super().write_soon(SegmentBuffer(None, (data,)) if is_shared else data)
        return written

    def writable(self) -> bool:
        """Whether the loop has something to send: not while a thread is at it, or the loop would wait for it awake."""
        if self.requests:
            if not self.outbuf_lock.acquire(blocking=False):
                return False
            self.outbuf_lock.release()
        return bool(super().writable())

    def _flush_some(self, do_close: bool = False) -> bool:
        # The loop says that it may close; a thread that answers "100 Continue" does not, and only the loop may.
        self._turn_bytes = TURN_BYTES
        flushed: bool = super()._flush_some(do_close=do_close)
        return flushed

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Let no thread wait for a slow listener: what is to be sent is shared or a file, and costs nothing to keep."""

    def send(self, data: FileSlice | bytes, do_close: bool = True) -> int:
        """Send what the socket takes; 0 where it takes nothing now, or it is another's turn."""
        if self._turn_bytes <= 0:
            return 0
        try:
            sent = self._send_slice(data) if isinstance(data, FileSlice) else self.socket.send(data)
        except BlockingIOError:
            return 0
        except (OSError, EOFError):  # this listener has gone, or the file is shorter now: no more can be said to it
            return self._give_up(do_close=do_close)
        self.active_at = time.monotonic()
        self._turn_bytes -= sent
        return sent

    def recv(self, buffer_size: int) -> bytes:
        try:
            received: bytes = self.socket.recv(buffer_size)
        except OSError:
            received = b""
        if not received:
            self.handle_close()
        return received

    def abandon(self) -> None:
        """End the connection at once, with what was not sent: the listener would not take it."""
        if self.total_outbufs_len:  # else the kernel would keep what is in its buffers for minutes more
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.handle_close()

    def _give_up(self, *, do_close: bool) -> int:
        if do_close:
            self.handle_close()
        else:  # a thread that answers: the loop closes
            self.will_close = True
        return 0

    def _send_slice(self, piece: FileSlice) -> int:
        sent = os.sendfile(self.socket.fileno(), piece.descriptor, piece.offset, piece.length)
        if not sent:
            raise EOFError
        return sent
