"""The folder of an export: files that are written only where they differ, and take their name when they are whole."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from catalogue.errors import ConfigError

# What a server sends for an address that ends in a slash.
INDEX = "index.html"
_TEMPORARY = ".castalogue-{pid}.tmp"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
# The longest name that file systems take.
LONGEST_NAME_BYTES = 255


class Outcome(StrEnum):
    """What became of a file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A file of the export as it lies there: its name in the folder, and what became of it."""

    name: str
    outcome: Outcome
    size_bytes: int
    mtime_ns: int


def file_name(path: str) -> str | None:
    """Name the file for a path below the base URL; None where no file can have that name.

    >>> file_name("/show/110/"), file_name("/show/feed.xml"), file_name("/a/../b/")
    ('show/110/index.html', 'show/feed.xml', None)
    """
    if not path.startswith("/"):
        return None
    *folders, last = unquote(path[1:]).split("/")
    parts = (*folders, last or INDEX)
    return "/".join(parts) if all(map(_is_name, parts)) else None


def begun_name(name: str) -> str:
    """Name the file that this process writes before it takes its name: beside it, one in each folder.

    >>> begun_name("show/feed.xml").rpartition("-")[0]
    'show/.castalogue'
    """
    folder, slash, _ = name.rpartition("/")
    return f"{folder}{slash}{_TEMPORARY.format(pid=os.getpid())}"


def _is_name(part: str) -> bool:
    return part not in ("", ".", "..") and "\0" not in part and len(part.encode()) <= LONGEST_NAME_BYTES


class Folder:
    """Writes into one folder; several processes may, each other files. Raises ConfigError where it cannot."""

    def __init__(self, root: Path) -> None:
        self.root, self._root = root, str(root)
        self._made: set[Path] = set()

    def write(self, name: str, body: bytes) -> Placed:
        """Put `body` there, unless these bytes are there already: then the file keeps its time."""
        to = f"{self._root}/{name}"  # not a Path: thousands of files are written
        try:
            facts = _facts_of(to)
            if facts is not None and _holds(to, facts, body):
                return _placed(name, facts, Outcome.UNCHANGED)
            temporary, facts = self._written(name, body)
            os.replace(temporary, to)  # noqa: PTH105
        except OSError as error:
            raise _unwritable(Path(to), error) from error
        return _placed(name, facts, Outcome.WRITTEN)

    def link(self, name: str, source: Path, *, size_bytes: int, mtime_ns: int) -> Placed:
        """Put a file there: as a second name of the same bytes, or as a copy where the disk is another.

        Size and time (0: nobody knows it) are what it must have; a file that has them is left as it is.
        """
        to = self.root / name
        try:
            if _is_same(to, source, size_bytes, mtime_ns):
                return _placed(name, to.stat(), Outcome.UNCHANGED)
            temporary = self._temporary(name)
            try:
                os.link(source, temporary)
            except OSError:  # another disk, or one that knows no second names; or not our file
                shutil.copy2(source, temporary)
            temporary.replace(to)
            return _placed(name, to.stat(), Outcome.WRITTEN)
        except OSError as error:
            raise _unwritable(to, error) from error

    def remove(self, name: str) -> bool:
        """Remove a file and the folders that it leaves empty; whether it was there."""
        file = self.root / name
        try:
            file.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _unwritable(file, error) from error
        with suppress(OSError):  # one that is not empty stays
            for folder in file.relative_to(self.root).parents[:-1]:
                (self.root / folder).rmdir()
        return True

    def _temporary(self, name: str) -> Path:
        temporary = self.root / begun_name(name)
        if temporary.parent not in self._made:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(temporary.parent)
        temporary.unlink(missing_ok=True)
        return temporary

    def _written(self, name: str, body: bytes) -> tuple[str, os.stat_result]:
        """Write a new file: one that was left under its name may be a second name of the library's own."""
        file = f"{self._root}/{begun_name(name)}"
        try:
            handle = os.open(file, _NEW, 0o666)
        except (FileNotFoundError, FileExistsError):
            handle = os.open(self._temporary(name), _NEW, 0o666)
        with os.fdopen(handle, "wb") as opened:
            opened.write(body)
            opened.flush()
            return file, os.fstat(handle)


def _facts_of(file: str) -> os.stat_result | None:
    try:
        return os.lstat(file)
    except OSError:
        return None


def _holds(file: str, facts: os.stat_result, body: bytes) -> bool:
    """Whether a plain file holds these bytes, and nobody else's file does with it."""
    return facts.st_size == len(body) and stat.S_ISREG(facts.st_mode) and Path(file).read_bytes() == body


def _is_same(file: Path, source: Path, size_bytes: int, mtime_ns: int) -> bool:
    try:
        there, facts = file.lstat(), source.stat()
    except OSError:
        return False
    if (there.st_dev, there.st_ino) == (facts.st_dev, facts.st_ino):
        return True
    return not file.is_symlink() and (there.st_size, there.st_mtime_ns) == (size_bytes, mtime_ns or facts.st_mtime_ns)


def _placed(name: str, facts: os.stat_result, outcome: Outcome) -> Placed:
    return Placed(name=name, outcome=outcome, size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Tell what goes wrong while `file` is written, as ConfigError."""
    try:
        yield
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> ConfigError:
    return ConfigError(
        "export-unwritable",
        "{path} cannot be written: {why}. Make room or give the right to write there, then export again.",
        path=file,
        why=error.strerror or str(error),
    )
