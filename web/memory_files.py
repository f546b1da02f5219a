"""Large bodies in the shape in which another server sends them soonest: Python copies nothing for a listener.

Our own server, gunicorn and uWSGI let the kernel send what has a descriptor (PEP 3333, `wsgi.file_wrapper`), so they
get a file in memory. granian takes a list of one piece as it is, and would ask Python for each of several; waitress's
own command reads what it is given.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from web.file_bodies import BLOCK_BYTES, SENDER, Sender, Version, pieces_body

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# Less is sent as quickly by a copy.
LEAST_BYTES = 128 * 1024
# As many bodies as a site has feeds that are asked for much, in each coding.
MOST_FILES = 16
# Servers whose wrapper only reads.
_READERS = ("waitress", "wsgiref")


class MemoryFiles:
    """The bodies that were sent last, as this process's server wants them. Threads may share one."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[tuple[bytes, ...], Any]] = {}

    def body(self, environ: WSGIEnvironment, pieces: tuple[bytes, ...]) -> Iterable[bytes]:
        """Give an iterable of pieces, in the way that this server sends them best."""
        sender: Sender | None = environ.get(SENDER)
        wrapper: Any = environ.get("wsgi.file_wrapper")
        is_reader = sender is None and getattr(wrapper, "__module__", "").partition(".")[0] in _READERS
        if is_reader or sum(map(len, pieces)) < LEAST_BYTES:
            return pieces_body(environ, pieces)
        if (sender or wrapper) is None or not hasattr(os, "memfd_create"):
            whole: bytes = self._keep(pieces, b"".join)
            return [whole]
        file: _MemoryFile = self._keep(pieces, _MemoryFile)
        if sender is not None:
            return sender(cast("BinaryIO", _Sending(file)), (range(file.version.size_bytes),), file.version)
        return cast("Iterable[bytes]", wrapper(_Sending(file), BLOCK_BYTES))

    def _keep(self, pieces: tuple[bytes, ...], make: Callable[[tuple[bytes, ...]], Any]) -> Any:
        held = self._held.get(id(pieces))
        if held is None or held[0] is not pieces:
            if len(self._held) >= MOST_FILES:
                self._held.clear()
            held = self._held[id(pieces)] = (pieces, make(pieces))
        return held[1]


class _MemoryFile:
    """Bytes under a descriptor, until nobody sends them any more."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.descriptor = os.memfd_create("body", os.MFD_CLOEXEC)
        with os.fdopen(os.dup(self.descriptor), "wb") as file:
            file.writelines(pieces)
        os.lseek(self.descriptor, 0, os.SEEK_SET)  # servers send from here on; nobody moves it again
        facts = os.fstat(self.descriptor)
        self.version = Version(facts.st_size, facts.st_mtime_ns)

    def __del__(self) -> None:
        os.close(self.descriptor)


class _Sending:
    """A file in memory as one answer sends it: with a place of its own, and nothing to close."""

    def __init__(self, file: _MemoryFile) -> None:
        self._file, self._place = file, 0

    def fileno(self) -> int:
        return self._file.descriptor

    def close(self) -> None:
        """Nothing: others are sent the same file."""

    def read(self, size: int) -> bytes:
        """For a server that cannot let the kernel send just now, as over TLS."""
        block = os.pread(self._file.descriptor, size, self._place)
        self._place += len(block)
        return block
