"""How much a request may bring, and where that is kept until the request is whole.

Questions bring next to nothing, and forms of the studio some text. A recording is taken only at an address that
somebody who is signed in was given (its ticket is in it): nobody else can fill the disk. What is large lies in a file
without a name in the data folder, which is gone with the request, however that ends.
"""

from __future__ import annotations

import copy
import errno
import json
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from waitress.buffers import FileBasedBuffer, OverflowableBuffer
from waitress.utilities import Error

from catalogue.actions.scratch import FULL
from catalogue.actions.uploads import RESERVE_BYTES

# The form of an episode: notes may have 1 MiB, and a browser writes a letter as up to nine characters.
LARGEST_FORM_BYTES = 4 * 1024**2
# Of each body, for anybody may send a form on every connection there is: the rest lies in a file.
IN_MEMORY_BYTES = 64 * 1024
# Of a form that must come to earn it more time: one that drips in would keep its connection for ever.
EARNING_BYTES = 16 * 1024
# Forms at a time that lie in memory whole because the disk is full.
MOST_STAYING = 8
_STAYING = threading.BoundedSemaphore(MOST_STAYING)
# Said to the application of a body that was let by: it comes empty.
NO_ROOM, TOO_LARGE = "castalogue.no_room", "castalogue.too_large"
# Of what is too large this much is let by: of who holds a ticket as much as they send, of anybody some.
MOST_LET_BY, MOST_LET_BY_OF_ANYBODY = 2**40, 64 * LARGEST_FORM_BYTES
FOR_PROGRAMS = "/api/"
TOO_LARGE = (
    "This is too large. A body has at most 4 MiB; only the address of an upload takes more, as much as was announced."
)
WORKPLACES = ("/studio/", FOR_PROGRAMS)


@dataclass(frozen=True, kw_only=True)
class BodyRoom:
    """What studio and API take: `folder` holds large bodies while they come; `takes` says of a path whether a recording
    may be sent there, of at most `limit_bytes` with all around it.
    """

    folder: Path
    limit_bytes: int
    takes: Callable[[str], bool]

    def limit_at(self, path: str) -> int | None:
        """How much a request for a path may bring; None: no more than any."""
        if not any(place in path for place in WORKPLACES):
            return None
        return self.limit_bytes if self.takes(path) else LARGEST_FORM_BYTES


def make_room(request: Any, room: BodyRoom | None) -> bool:
    """Let waitress's request, whose head was just read, bring what may be sent there; gives whether it has room."""
    limit = room.limit_at(request.path) if room is not None and request.body_rcv is not None else None
    if room is None or limit is None:
        return False
    request.adj = copy.copy(request.adj)
    most = limit
    # Programs are told at once; a browser would lose its connection, and reads what is answered once all has been sent.
    if FOR_PROGRAMS in request.path:
        request.body_rcv.buf = SpooledBody(IN_MEMORY_BYTES, room.folder)
    else:
        holds_ticket = room.takes(request.path)
        most += MOST_LET_BY if holds_ticket else MOST_LET_BY_OF_ANYBODY
        body = (ForgivingBody if holds_ticket else FormBody)(IN_MEMORY_BYTES, room.folder, limit)
        if request.content_length > limit:
            body.let_by(TOO_LARGE)
        request.body_rcv.buf = body
    request.adj.max_request_body_size = most + 1  # waitress refuses what is as large
    return True


class InsufficientStorage(Error):  # type: ignore[misc]
    """The disk is full (RFC 4918, 11.5)."""

    code = 507
    reason = "Insufficient Storage"


class AsProblem(Error):  # type: ignore[misc]
    """What is refused before the application is asked, as programs read it (RFC 9457)."""

    def __init__(self, error: Error) -> None:
        self.code, self.reason = error.code, error.reason
        super().__init__(TOO_LARGE if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else error.body)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002
        """Give status line, headers and body; `ident` is what the server calls itself."""
        told = {"type": "about:blank", "title": self.reason, "status": self.code, "detail": str(self.body)}
        code = self.reason.lower().replace(" ", "-")
        body = json.dumps({**told, "code": code, "errors": []}).encode()
        return f"{self.code} {self.reason}", [("Content-Type", "application/problem+json")], body


def refusal_of(error: OSError) -> Error:
    """What to answer where a body cannot be kept."""
    if error.errno in FULL:
        return InsufficientStorage("There is not enough room on the disk for this file. Nothing of it was kept.")
    return InsufficientStorage("This file cannot be kept just now. Nothing of it was kept; try again later.")


class SpooledBody(OverflowableBuffer):  # type: ignore[misc]
    """A body that goes to a file of its folder once it is large."""

    buf: Any

    def __init__(self, overflow: int, folder: Path) -> None:
        super().__init__(overflow)
        self._folder = folder

    def _set_large_buffer(self) -> None:
        before = self.buf
        self._folder.mkdir(parents=True, exist_ok=True)
        _check_reserve(self._folder)
        self.buf = _FileBody(self._folder, before)
        if before is not None:
            before.close()
        self.overflowed = True


class ForgivingBody(SpooledBody):
    """A body whose rest is let by once it is too large, or the disk has no room for it: nothing of it is kept then."""

    why_let_by: str | None = None
    """`NO_ROOM`, `TOO_LARGE`, or None of one that is kept."""

    def __init__(self, overflow: int, folder: Path, limit_bytes: int) -> None:
        super().__init__(overflow, folder)
        self._limit_bytes, self._come_bytes = limit_bytes, 0

    def append(self, s: bytes) -> None:
        """Keep some more, or nothing at all."""
        self._come_bytes += len(s)
        if self.why_let_by is not None:
            return
        if self._come_bytes > self._limit_bytes:
            self.let_by(TOO_LARGE)
            return
        try:
            super().append(s)
        except OSError:
            self.let_by(NO_ROOM)

    def let_by(self, why: str) -> None:
        """Keep nothing of what has come, and of what comes."""
        self.close()
        self.buf, self.strbuf, self.why_let_by = None, b"", why


class FormBody(ForgivingBody):
    """What somebody typed: it stays in memory where the disk has no room for it, as long as few others do."""

    _stays = False

    def _set_large_buffer(self) -> None:
        try:
            super()._set_large_buffer()
        except OSError:
            if not _STAYING.acquire(blocking=False):
                raise
            self._stays, self.overflow = True, 2 * LARGEST_FORM_BYTES

    def close(self) -> None:
        super().close()
        if self._stays:
            self._stays = False
            _STAYING.release()


class _FileBody(FileBasedBuffer):  # type: ignore[misc]
    """A body in a file that has no name."""

    def __init__(self, folder: Path, before: Any) -> None:
        self._folder = folder
        super().__init__(self.newfile(), before)

    def append(self, s: bytes) -> None:
        """Keep some more; raises OSError where the disk would have too little room for all else that writes."""
        _check_reserve(self._folder)
        super().append(s)

    def newfile(self) -> IO[bytes]:
        return tempfile.TemporaryFile(dir=self._folder)


def _check_reserve(folder: Path) -> None:
    if shutil.disk_usage(folder).free < RESERVE_BYTES:
        raise OSError(errno.ENOSPC, "No space left on device")
