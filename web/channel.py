"""A connection of waitress that sends bodies without copying them, and knows how long it has waited for what.

waitress reads a file's block into memory, sends what the socket takes and reads the rest again; and it copies large
bodies into temporary files for each listener. Here the kernel sends the file (`sendfile`), and a body of bytes is
shared by all who are sent it, so that a listener costs a socket and a descriptor, and no memory.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Any

from waitress.channel import HTTPChannel

from web.deadlines import Waiting
from web.exchange import Answer, Request
from web.segments import TURN_BYTES, FileSlice, Pieces, SegmentBuffer, send_slice

# Bodies of bytes from this size on are sent from where they lie.
SHARED_BYTES = 64 * 1024


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection. `active_at` and `asked_at` are on the monotonic clock, as no clock can be set back or ahead."""

    parser_class = Request
    task_class = Answer

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.active_at = time.monotonic()
        self.asked_at: float | None = None
        """Since when a request is half here; None while there is none, or it is whole."""
        self.is_held = False
        """Whether the next request waits until the answer before it has gone out."""
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
            is_answering=self.is_answering,
        )

    @property
    def is_answering(self) -> bool:
        """Whether a thread answers here, or will as soon as one is free."""
        return bool(self.requests) and not self.is_held

    def go_on(self) -> None:
        """Let the next request be answered."""
        self.is_held = False
        self.server.task_dispatcher.add_task(self)

    def service(self) -> None:
        """Answer one request, in a thread; where even that fails, only this connection ends."""
        try:
            super().service()
        except Exception:  # noqa: BLE001  (told there)
            self.server.tell_fault()
            self.requests.clear()
            self.will_close = True
            self.server.pull_trigger()

    def received(self, data: bytes) -> bool:
        self.active_at = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.asked_at = None
        elif self.asked_at is None or self.request.earns_time():  # a recording over a slow line takes an hour
            self.asked_at = self.active_at
        return taken

    def write_soon(self, data: Any) -> int:
        is_shared = isinstance(data, bytes) and len(data) >= SHARED_BYTES
        written: int = super().write_soon(SegmentBuffer(None, (data,), None) if is_shared else data)
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

    def send(self, data: FileSlice | Pieces | bytes, do_close: bool = True) -> int:
        """Send what the socket takes; 0 where it takes nothing now, or it is another's turn."""
        if self._turn_bytes <= 0:
            return 0
        try:
            sent = self._send(data)
        except BlockingIOError:
            return 0
        except (OSError, EOFError):  # this listener has gone, or the file is another now: no more can be said to it
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

    def handle_close(self) -> None:
        if self.is_held:  # nobody will go on
            self.is_held = False
            for request in self.requests:
                request.close()
            self.requests.clear()
        if self.request is not None:  # half here: what has come of it goes
            self.request.close()
        super().handle_close()

    def handle_error(self) -> None:
        """End this connection, whose handling failed: called in an `except` block."""
        self.server.part_with(self)

    def _give_up(self, *, do_close: bool) -> int:
        if do_close:
            self.handle_close()
        else:  # a thread that answers: the loop closes
            self.will_close = True
        return 0

    def _send(self, data: FileSlice | Pieces | bytes) -> int:
        if isinstance(data, FileSlice):
            return send_slice(self.socket, data)
        return self.socket.sendmsg(data) if isinstance(data, list) else int(self.socket.send(data))
