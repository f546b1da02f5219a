"""The files under a local folder, and what was passed over on the way.

Real folders are walked before links to folders, so that a folder reached by both is listed where it lies.
Links to files are listed wherever they stand: an episode may borrow the show's artwork, and git-annex keeps
every audio file as a link into a hidden folder.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.library.durable import is_leftover
from catalogue.library.naming import natural_key
from catalogue.library.roles import read_role
from catalogue.ports import LibraryFile, Skipped

_LEFT_OUT = "It is a link that leads out of the library. Copy the files in."
_NOT_UTF8 = "Its name is not UTF-8, so it is left out. Rename it."
_NOWHERE = "It is a link that leads nowhere. Mend or remove it."
_NO_FILE = "It is not a file with contents. Remove it."
_SHUT = "It cannot be read: permission denied. Allow reading it."
_UNREADABLE = "It cannot be read: {why}. Allow reading it, or check the disk."
_TWICE = "It is a link to a folder that is listed already, so it adds nothing."
# Files that are no part of an episode and yet decide over all of a show's.
_DECISIVE = ("show.toml", "ledger.jsonl", "catalogue.toml")
# What files are called; “Vol. 2” and “1.5” are folders.
_FILE_ENDING = re.compile(r"[^/]\.[a-zA-Z][a-zA-Z0-9]{1,7}$")


@dataclass
class Walk:
    """One walk of the library at `root`, a real path; `files` and `skipped` in natural order.

    `leftovers` are paths of hidden files that only a writer that lives or was killed can have made.
    """

    root: Path
    files: list[LibraryFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    _folders: list[tuple[str, str]] = field(default_factory=list)
    """Folders to be read, each with where it really lies."""
    _links: list[tuple[str, str]] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _user: int = field(default_factory=os.geteuid)

    def run(self) -> None:
        """Walk everything; raises OSError when the root itself cannot be read."""
        self._folders.append(("", os.path.realpath(self.root)))
        while self._folders or self._links:
            if self._folders:
                self._read_folder(*self._folders.pop())
            else:
                self._follow(*self._links.pop(0))
        self.files.sort(key=lambda file: natural_key(file.path))
        self.skipped.sort(key=lambda row: natural_key(row[0]))

    def _read_folder(self, folder: str, real: str) -> None:
        self._seen.add(real)
        try:
            with os.scandir(f"{self.root}/{folder}") as found:
                entries = sorted((entry for entry in found if not self._is_passed_over(entry.name, folder)), key=_name)
        except OSError as error:
            if not folder:
                raise
            self._skip(folder, _UNREADABLE.format(why=_why(error)), is_folder=True)
            return
        prefix = f"{folder}/" if folder else ""
        for entry in entries:
            path = prefix + entry.name
            if (file := self._own_file(entry, path)) is not None:
                self.files.append(file)
            else:
                self._read_entry(entry, path, inside=real)

    def _own_file(self, entry: os.DirEntry[str], path: str) -> LibraryFile | None:
        """The file, where nothing need be asked: a regular one of this user's, as most are; else None."""
        try:
            if not (entry.name.isascii() and entry.is_file(follow_symlinks=False)):
                return None
            facts = entry.stat()
        except OSError:  # told by who asks again
            return None
        is_plain = facts.st_uid == self._user and stat.S_IRUSR & facts.st_mode and stat.S_ISREG(facts.st_mode)
        return library_file(path, facts) if is_plain else None

    def _is_passed_over(self, name: str, folder: str) -> bool:
        is_over = is_passed_over(name)
        if is_over and is_leftover(name):
            self.leftovers.append(f"{folder}/{name}" if folder else name)
        return is_over

    def _read_entry(self, entry: os.DirEntry[str], path: str, *, inside: str) -> None:
        try:
            if not _is_utf8(entry.name):
                self._skip(path, _NOT_UTF8, is_folder=entry.is_dir())
            elif entry.is_symlink():
                self._read_link(entry, path)
            elif entry.is_dir():
                self._folders.append((path, f"{inside.rstrip('/')}/{entry.name}"))
            else:
                self._read_file(path, entry.stat())
        except OSError as error:
            self._skip(path, _UNREADABLE.format(why=_why(error)))

    def _read_link(self, entry: os.DirEntry[str], path: str) -> None:
        target = real_path(entry.path)
        if not target.is_relative_to(self.root):
            self._skip(path, _LEFT_OUT, is_folder=target.is_dir() or (not target.exists() and _may_be_folder(path)))
        elif not target.exists():
            self._skip(path, _NOWHERE, is_folder=_may_be_folder(path))
        elif target.is_dir():
            self._links.append((path, str(target)))
        else:
            self._read_file(path, target.stat())

    def _read_file(self, path: str, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            self._skip(path, _NO_FILE)
        elif not os.access(f"{self.root}/{path}", os.R_OK):
            self._skip(path, _SHUT)
        else:
            self.files.append(library_file(path, facts))

    def _follow(self, path: str, target: str) -> None:
        if target in self._seen:
            self.skipped.append(Skipped(shown(path), _TWICE, is_lost=False))
        else:
            self._folders.append((path, target))

    def _skip(self, path: str, reason: str, *, is_folder: bool = False) -> None:
        is_lost = is_folder or _is_content(path)
        self.skipped.append(Skipped(shown(path), reason, is_lost=is_lost, is_folder=is_folder))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def is_passed_over(name: str) -> bool:
    """Whether a name is hidden, or that of a file still being written (`.part`, `.tmp`, `~`)."""
    return name.startswith((".", "~$")) or name.lower().endswith((".part", ".tmp", "~"))


def real_path(path: Path | str) -> Path:
    """Follow all links; unlike `Path.resolve`, a loop of links is no error (it simply does not exist)."""
    return Path(os.path.realpath(path))


def library_file(path: str, facts: os.stat_result) -> LibraryFile:
    """A file as listed, from what the file system says of it."""
    return LibraryFile(path=path, size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns, inode=facts.st_ino)


def shown(path: str) -> str:
    r"""Write a path so that it can always be printed: bytes that are not UTF-8 as `\xe9`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_content(path: str) -> bool:
    file = LibraryFile(path=path, size_bytes=0, mtime_ns=0, inode=0)
    return file.name in _DECISIVE or read_role(file) is not None


def _may_be_folder(path: str) -> bool:
    """Whether a link whose target is not there may have been to an episode's or a show's folder: no file's ending."""
    return not _is_content(path) and _FILE_ENDING.search(path) is None


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
