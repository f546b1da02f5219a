"""A library in memory: it keeps the same promises as the local one, without a disk."""

from __future__ import annotations

import io
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from catalogue.errors import ContentError
from catalogue.library.naming import natural_key
from catalogue.library.storage import check_expected, checked_path, within_limit
from catalogue.library.walk import is_passed_over
from catalogue.ports import LibraryFile, Skipped


class FakeLibrary:
    """A LibraryStorage over `files`, path → bytes. `is_read_only` may be set at any time.

    Every write is one second later than the one before. `local_path` puts a copy into a temporary folder, as
    a storage without a disk has to.
    """

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.contents: dict[str, bytes] = {}
        self.is_read_only = False
        self._listed: dict[str, LibraryFile] = {}
        self._writes = 0
        self._skipped: dict[str, Skipped] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._copies = Path(tempfile.mkdtemp(prefix="fake-library-"))
        weakref.finalize(self, shutil.rmtree, self._copies)
        for path, content in (files or {}).items():
            self.replace(path, content)

    def list(self) -> Iterator[LibraryFile]:
        seen = (path for path in self._listed if not any(is_passed_over(name) for name in path.split("/")))
        return iter([self._listed[path] for path in sorted(seen, key=natural_key)])

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return tuple(self._skipped.values())

    def lose(self, path: str) -> None:
        """Make a file one that is there but cannot be listed, as a link that broke."""
        self.remove(path)
        self._skipped[path] = Skipped(path, "It is a link that leads nowhere.", is_lost=True)

    def stat(self, path: str) -> LibraryFile | None:
        return self._listed.get(checked_path(path))

    def open(self, path: str) -> BinaryIO:
        if checked_path(path) not in self.contents:
            raise FileNotFoundError(path)
        return io.BytesIO(self.contents[path])

    def read_bytes(self, path: str, *, limit_bytes: int) -> bytes:
        return within_limit(self.open(path).read(), path=path, limit_bytes=limit_bytes)

    def replace(self, path: str, content: bytes | BinaryIO, *, expected: str | None = None) -> LibraryFile:
        self._refuse_if_read_only(checked_path(path))
        content = content if isinstance(content, bytes) else content.read()
        check_expected(path, self._listed.get(path), expected)
        self._writes += 1
        moment = self._writes * 1_000_000_000
        file = LibraryFile(path=path, size_bytes=len(content), mtime_ns=moment, inode=self._writes)
        self.contents[path], self._listed[path] = content, file
        return file

    def remove(self, path: str) -> None:
        self._refuse_if_read_only(checked_path(path))
        self.contents.pop(path, None)
        self._listed.pop(path, None)

    def unshare(self, path: str) -> None:
        """Nothing here has two names."""

    def move(self, path: str, to: str) -> None:
        self._refuse_if_read_only(checked_path(path))
        moved = [one for one in self.contents if one == path or one.startswith(f"{path}/")]
        if not moved:
            raise ContentError("not-written", "It cannot be written: no such file or directory.", path=path)
        if any(one == checked_path(to) or one.startswith(f"{to}/") for one in self.contents):
            raise ContentError("name-taken", "There is something of that name already.", path=to)
        for one in moved:
            new = to + one.removeprefix(path)
            file = self._listed.pop(one)
            self._listed[new] = LibraryFile(
                path=new, size_bytes=file.size_bytes, mtime_ns=file.mtime_ns, inode=file.inode
            )
            self.contents[new] = self.contents.pop(one)

    def sweep(self, before: datetime) -> None:
        """Nobody is killed in here."""

    @contextmanager
    def locked(self, folder: str) -> Iterator[None]:
        self._refuse_if_read_only(checked_path(folder) if folder else folder)
        with self._locks.setdefault(folder, threading.Lock()):
            yield

    def local_path(self, path: str) -> Path:
        copy = self._copies / checked_path(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(self.contents[path])
        return copy

    def local_paths(self, paths: Iterable[str]) -> Iterator[Path]:
        return map(self.local_path, paths)

    def device(self, folder: str) -> str | None:
        return "memory" if any(path.startswith(f"{folder}/" if folder else "") for path in self.contents) else None

    def _refuse_if_read_only(self, path: str) -> None:
        if self.is_read_only:
            raise ContentError("read-only", "It cannot be written: the library is read-only here.", path=path)
