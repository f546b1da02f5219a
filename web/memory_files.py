"""Large bodies as files in memory, for servers that let the kernel send files: Python copies nothing for a listener.

gunicorn and uWSGI do so with what has a descriptor (PEP 3333, `wsgi.file_wrapper`); our own server needs no file, and
waitress's own command reads what it is given.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from web.file_bodies import BLOCK_BYTES, SENDER, pieces_body

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# Less is sent as quickly by a copy.
LEAST_BYTES = 128 * 1024
# As many bodies as a site has feeds that are asked for much, in each coding.
MOST_FILES = 16
# Servers whose wrapper only reads.
_READERS = ("waitress", "wsgiref")


class MemoryFiles:
    """Files in memory of the bodies that were sent last. Threads may share one."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[tuple[bytes, ...], _MemoryFile]] = {}

    def body(self, environ: WSGIEnvironment, pieces: tuple[bytes, ...]) -> Iterable[bytes]:
        """Give an iterable of pieces, in the way that this server sends them best."""
        wrapper: Any = environ.get("wsgi.file_wrapper")
        is_reader = getattr(wrapper, "__module__", "").partition(".")[0] in _READERS
        if wrapper is None or is_reader or SENDER in environ or not hasattr(os, "memfd_create"):
            return pieces_body(environ, pieces)
        if sum(map(len, pieces)) < LEAST_BYTES:
            return pieces
        body: Iterable[bytes] = wrapper(_Sending(self._file(pieces)), BLOCK_BYTES)
        return body

    def _file(self, pieces: tuple[bytes, ...]) -> _MemoryFile:
        held = self._held.get(id(pieces))
        if held is None or held[0] is not pieces:
            if len(self._held) >= MOST_FILES:
                self._held.clear()
            held = self._held[id(pieces)] = (pieces, _MemoryFile(pieces))
        return held[1]


class _MemoryFile:
    """Bytes under a descriptor, until nobody sends them any more."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.descriptor = os.memfd_create("body", os.MFD_CLOEXEC)
        with os.fdopen(os.dup(self.descriptor), "wb") as file:
            file.writelines(pieces)
        os.lseek(self.descriptor, 0, os.SEEK_SET)  # servers send from here on; nobody moves it again

    def __del__(self) -> None:
        os.close(self.descriptor)


class _Sending:
    """A file in memory as one answer sends it: with a place of its own, and nothing to close."""

    def __init__(self, file: _MemoryFile) -> None:
        self._file, self._place = file, 0

    def fileno(self) -> int:
        return self._file.descriptor

    def read(self, size: int) -> bytes:
        """For a server that cannot let the kernel send just now, as over TLS."""
        block = os.pread(self._file.descriptor, size, self._place)
        self._place += len(block)
        return block
