"""The library as a folder of this machine.

`expected` is compared just before a new file takes the old one's name; whoever may meet another writer
holds `locked` around reading and writing.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from catalogue.errors import ContentError, StaleEdit
from catalogue.library.durable import LOCK_NAME, hold_lock, move_durably, sweep_leftover, write_durably
from catalogue.library.walk import Walk, library_file, real_path, shown
from catalogue.ports import LibraryFile, Skipped

# A ledger is written in a moment; who holds the lock for longer stands still.
LOCK_PATIENCE_SECONDS = 30.0

_READ_ONLY = ("read-only", "It cannot be written: the library is read-only here. Allow writing, or index a copy.")
_FULL = ("disk-full", "It cannot be written: the disk or the quota is full. Nothing was changed; make room.")
_LOCKED = ("locked", "It cannot be written: another program has locked it and does not let go. End that program.")
_OTHER = ("not-written", "It cannot be written: {why}.")
_FAILURES = {
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.ETIMEDOUT: _LOCKED,
}


class LocalLibrary:
    """A LibraryStorage over the folder `root`; nothing is remembered between calls but `skipped` and `leftovers`.

    `list` raises OSError when the root is not there. `open` and `read_bytes` follow links inside the library;
    a path that leads out of it is a ContentError.
    """

    def __init__(self, root: Path) -> None:
        self._root = real_path(root)
        self._skipped: tuple[Skipped, ...] = ()
        self._leftovers: tuple[str, ...] = ()

    def list(self) -> Iterator[LibraryFile]:
        walk = Walk(self._root)
        walk.run()
        self._skipped, self._leftovers = tuple(walk.skipped), tuple(walk.leftovers)
        return iter(walk.files)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What the latest `list` left out."""
        return self._skipped

    def sweep(self, before: datetime) -> None:
        """Remove what killed writers left, of what the latest `list` met."""
        for path in self._leftovers:
            sweep_leftover(self._root / path, before=before.timestamp())

    def stat(self, path: str) -> LibraryFile | None:
        """Give the file as `list` would now; None where there is none, or only a link out of the library."""
        real = self._followed(path)
        try:
            facts = os.stat(real)  # noqa: PTH116  (asked for each of thousands of files)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return library_file(path, facts) if stat.S_ISREG(facts.st_mode) and self._has(real) else None

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading; the caller closes it."""
        real = str(self.local_path(path))
        if not stat.S_ISREG(os.stat(real).st_mode):  # noqa: PTH116  (as above; a pipe would wait for ever)
            raise IsADirectoryError(errno.EISDIR, "Not a regular file", real)
        return open(real, "rb")  # noqa: PTH123

    def read_bytes(self, path: str, *, limit_bytes: int) -> bytes:
        """Read a whole file; ContentError when it is larger than the limit."""
        with self.open(path) as file:
            return within_limit(file.read(limit_bytes + 1), path=path, limit_bytes=limit_bytes)

    def replace(self, path: str, content: bytes | BinaryIO, *, expected: str | None = None) -> LibraryFile:
        """Write a file whole; missing folders are made, an older file's mode and owner kept, links followed."""
        real = self.local_path(path)
        try:
            write_durably(real, content, check=lambda: check_expected(path, self.stat(path), expected))
            return library_file(path, real.stat())
        except OSError as error:
            raise _not_written(path, error) from error

    def remove(self, path: str) -> None:
        """Take a file away, links followed; only the library's own folder stays though it be empty."""
        real = self.local_path(path)
        try:
            real.unlink(missing_ok=True)
            if real.parent != self._root and real.parent.is_dir() and not any(real.parent.iterdir()):
                real.parent.rmdir()
        except OSError as error:
            raise _not_written(path, error) from error

    def move(self, path: str, to: str) -> None:
        """Rename a file, folder or link, itself and not what it leads to; missing folders are made."""
        try:
            move_durably(self._own_path(path), self._own_path(to))
        except FileExistsError as error:
            raise ContentError(
                "name-taken", "There is something of that name already. Choose another name.", path=shown(to)
            ) from error
        except OSError as error:
            raise _not_written(path, error) from error

    def unshare(self, path: str) -> None:
        """Give a name that is a link to another file of the library bytes of its own."""
        own = self._own_path(path)
        if not own.is_symlink() or self.stat(path) is None:
            return
        try:
            with self.open(path) as file:
                write_durably(own, file, check=lambda: None)
        except OSError as error:
            raise _not_written(path, error) from error

    @contextmanager
    def locked(self, folder: str) -> Iterator[None]:
        """Hold the folder's write lock, waiting for another holder, thread or process, for a while; not re-entrant.

        The lock is on the hidden file `.castalogue.lock`, which is removed again.
        """
        name = f"{folder}/{LOCK_NAME}" if folder else LOCK_NAME
        with ExitStack() as held:
            try:
                held.enter_context(hold_lock(self.local_path(name), patience_seconds=LOCK_PATIENCE_SECONDS))
            except OSError as error:
                raise _not_written(folder or ".", error) from error
            yield

    def local_path(self, path: str) -> Path:
        """Where a file lies on this machine, links followed; for a parser that wants a path."""
        real = self._followed(path)
        if not self._has(real):
            raise _outside(path)
        return Path(real)

    def _followed(self, path: str) -> str:
        """Where a path leads, links followed; of the root, in which there are none, nothing is asked again."""
        real = start = str(self._root).rstrip("/")
        for segment in checked_path(path).split("/"):
            real = f"{real}/{segment}"
            if os.path.islink(real):  # noqa: PTH114
                return os.path.realpath(f"{start}/{path}")
        return real

    def _own_path(self, path: str) -> Path:
        """Where a name itself lies, though it be a link's; the folders around it may be reached by links."""
        folder, _, name = checked_path(path).rpartition("/")
        real = real_path(self._root / folder)
        if not real.is_relative_to(self._root):
            raise _outside(path)
        return real / name

    def local_paths(self, paths: Iterable[str]) -> Iterator[Path]:
        """`local_path` of each; a folder is followed but once, which for all of a library is most of the work."""
        folders: dict[str, str] = {}
        for path in paths:
            folder, _, name = checked_path(path).rpartition("/")
            if folder not in folders:
                folders[folder] = os.path.realpath(f"{self._root}/{folder}")
            real = f"{folders[folder]}/{name}"
            yield Path(real) if self._has(folders[folder]) and not os.path.islink(real) else self.local_path(path)  # noqa: PTH114

    def _has(self, real: str) -> bool:
        """Whether a path without links lies in the library."""
        return f"{real}/".startswith(f"{self._root}/".replace("//", "/"))

    def device(self, folder: str) -> str | None:
        """The disk that a folder lies on, by the number the system gives it until it starts again."""
        try:
            return str((self.local_path(folder) if folder else self._root).stat().st_dev)
        except (OSError, ContentError):  # not there just now, or only a link out of the library
            return None


def checked_path(path: str) -> str:
    """Give back a path that stays inside the library; ContentError for `..`, absolute and empty ones."""
    if "\0" in path or any(segment in ("", ".", "..") for segment in path.split("/")):
        raise _outside(path)
    return path


def check_expected(path: str, current: LibraryFile | None, expected: str | None) -> None:
    """Raise StaleEdit unless the file has the expected version (`""`: there is none; None: any)."""
    if expected is not None and expected != (current.version if current else ""):
        raise StaleEdit(
            "stale-edit", "{path} was changed by somebody else; nothing was written. Read it again.", path=path
        )


def within_limit(content: bytes, *, path: str, limit_bytes: int) -> bytes:
    """Give the content back; ContentError when it is longer than the limit."""
    if len(content) > limit_bytes:
        raise ContentError(
            "too-large", "It is larger than {limit} KiB; shorten it.", path=path, limit=limit_bytes // 1024
        )
    return content


def _outside(path: str) -> ContentError:
    return ContentError("outside", "It leads out of the library; use a path inside it.", path=shown(path))


def _not_written(path: str, error: OSError) -> ContentError:
    code, template = _FAILURES.get(error.errno or 0, _OTHER)
    return ContentError(code, template, path=shown(path), why=(error.strerror or str(error)).lower())
