"""What the rooms may ask of one another, as Protocols: the library's storage.

A Protocol's docstring gives the guarantees once for all who implement it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryFile:
    """A file of the library as listed: `path` relative with `/`, as the file system spells it."""

    path: str
    size_bytes: int
    mtime_ns: int
    inode: int

    @property
    def version(self) -> str:
        """Changes whenever the file may have changed."""
        return f"{self.size_bytes}-{self.mtime_ns}-{self.inode}"

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Skipped(NamedTuple):
    """What `list` left out, and why; `is_lost` where that may cost an episode something, as a folder always may."""

    path: str
    reason: str
    is_lost: bool
    is_folder: bool = False


def size_and_time(version: str) -> tuple[int, int]:
    """Size in bytes and mtime in nanoseconds out of a LibraryFile's version; the time may lie before 1970."""
    size_bytes, _, rest = version.partition("-")
    return int(size_bytes), int(rest.rpartition("-")[0])


class LibraryStorage(Protocol):
    """The producer's folder, wherever it lies.

    `list` gives every readable regular file (hidden, `.part`, `.tmp` and `~` passed over, symlinks that
    leave the library left out), in natural order, and collects in `skipped` what it left out and why.
    `replace` takes bytes or an open file, and is atomic and durable: readers see the old bytes or the new,
    never a mixture; with `expected` it raises StaleEdit unless the file still has that version (`""`: must
    not exist).
    `remove` takes a file away, and its folder where that is empty then; one that is not there is no error.
    `move` gives a file or a folder another name, where nothing has that name yet: at every moment it has the one or the
    other. What has the new name is never overwritten: it is a ContentError, as is what cannot be moved.
    `unshare` gives a name that only leads to another file of the library bytes of its own: what is written there then
    is its alone.
    `sweep` removes what writers that were killed before a moment have left where the latest `list` looked; never what
    a living one is writing.
    `locked` lets one in at a time, over all threads and processes that write this library; who never lets go is a
    ContentError for the others in the end.
    Errors of reading are OSError; writing to a read-only library raises ContentError.
    `device` names the disk that a folder lies on (equal names: the same disk, as long as the machine runs); None
    where the folder is not there, cannot be read, or lies on no disk.
    """

    def list(self) -> Iterator[LibraryFile]: ...

    @property
    def skipped(self) -> tuple[Skipped, ...]: ...

    def stat(self, path: str) -> LibraryFile | None: ...

    def open(self, path: str) -> BinaryIO: ...

    def read_bytes(self, path: str, *, limit_bytes: int) -> bytes: ...

    def replace(self, path: str, content: bytes | BinaryIO, *, expected: str | None = None) -> LibraryFile: ...

    def remove(self, path: str) -> None: ...

    def move(self, path: str, to: str) -> None: ...

    def unshare(self, path: str) -> None: ...

    def sweep(self, before: datetime) -> None: ...

    def locked(self, folder: str) -> AbstractContextManager[None]: ...

    def local_path(self, path: str) -> Path: ...

    def local_paths(self, paths: Iterable[str]) -> Iterator[Path]: ...

    def device(self, folder: str) -> str | None: ...
