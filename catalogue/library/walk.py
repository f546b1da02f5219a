"""The files under a local folder, and what was passed over on the way.

Real folders are walked before links to folders, so that a folder reached by both is listed where it lies.
Links to files are listed wherever they stand: an episode may borrow the show's artwork, and git-annex keeps
every audio file as a link into a hidden folder.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.library.naming import natural_key
from catalogue.ports import LibraryFile

_LEFT_OUT = "it is a link that leads out of the library; copy the files in"
_NOT_UTF8 = "its name is not UTF-8; rename it"


@dataclass
class Walk:
    """One walk of the library at `root`, a real path; `files` and `skipped` (path, reason) in natural order."""

    root: Path
    files: list[LibraryFile] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    _folders: list[str] = field(default_factory=lambda: [""])
    _links: list[tuple[str, Path]] = field(default_factory=list)
    _seen: set[Path] = field(default_factory=set)

    def run(self) -> None:
        """Walk everything; raises OSError when the root itself cannot be read."""
        while self._folders or self._links:
            if self._folders:
                self._read_folder(self._folders.pop())
            else:
                self._follow(*self._links.pop(0))
        self.files.sort(key=lambda file: natural_key(file.path))
        self.skipped.sort(key=lambda row: natural_key(row[0]))

    def _read_folder(self, folder: str) -> None:
        self._seen.add(real_path(self.root / folder))
        try:
            with os.scandir(self.root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            if not folder:
                raise
            self._skip(folder, f"the folder cannot be read: {_why(error)}")
            return
        for entry in entries:
            if not is_passed_over(entry.name):
                self._read_entry(entry, f"{folder}/{entry.name}" if folder else entry.name)

    def _read_entry(self, entry: os.DirEntry[str], path: str) -> None:
        try:
            if not _is_utf8(entry.name):
                self._skip(path, _NOT_UTF8)
            elif entry.is_symlink():
                self._read_link(entry, path)
            elif entry.is_dir():
                self._folders.append(path)
            else:
                self._read_file(path, entry.stat())
        except OSError as error:
            self._skip(path, f"it cannot be read: {_why(error)}")

    def _read_link(self, entry: os.DirEntry[str], path: str) -> None:
        target = real_path(entry.path)
        if not target.is_relative_to(self.root):
            self._skip(path, _LEFT_OUT)
        elif not target.exists():
            self._skip(path, "it is a link that leads nowhere; mend or remove it")
        elif target.is_dir():
            self._links.append((path, target))
        else:
            self._read_file(path, target.stat())

    def _read_file(self, path: str, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            self._skip(path, "it is not a file with contents; remove it")
        elif not os.access(self.root / path, os.R_OK):
            self._skip(path, "it cannot be read: permission denied; allow reading it")
        else:
            self.files.append(library_file(path, facts))

    def _follow(self, path: str, target: Path) -> None:
        if target in self._seen:
            self._skip(path, "it is a link to a folder that is listed already")
        else:
            self._folders.append(path)

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append((shown(path), reason))


def is_passed_over(name: str) -> bool:
    """Whether a name is hidden, or that of a file still being written (`.part`, `.tmp`, `~`)."""
    return name.startswith((".", "~$")) or name.casefold().endswith((".part", ".tmp", "~"))


def real_path(path: Path | str) -> Path:
    """Follow all links; unlike `Path.resolve`, a loop of links is no error (it simply does not exist)."""
    return Path(os.path.realpath(path))


def library_file(path: str, facts: os.stat_result) -> LibraryFile:
    """A file as listed, from what the file system says of it."""
    return LibraryFile(path=path, size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns, inode=facts.st_ino)


def shown(path: str) -> str:
    r"""Write a path so that it can always be printed: bytes that are not UTF-8 as `\xe9`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
