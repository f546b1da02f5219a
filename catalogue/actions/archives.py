"""What an archive of shows is: their files as they lie in the library, and a list of them with their hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from catalogue.errors import ConfigError, ContentError

LIST_NAME = "castalogue-archive.json"
FORMAT = 1
PIECE_BYTES = 1024 * 1024
_LIST_LIMIT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The files of an archive: path → sha256; and of each show's feed, under `base_url`, what its bytes hash to."""

    base_url: str
    files: dict[str, str]
    feeds: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def render(self) -> bytes:
        """Write it as JSON, in UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class Archive(Protocol):
    """An archive that is read: its files by their paths."""

    def open(self, path: str) -> BinaryIO: ...


@dataclass(frozen=True)
class FolderArchive:
    """An archive that is a folder."""

    root: Path

    def open(self, path: str) -> BinaryIO:
        """Open a file of it; OSError where there is none."""
        return (self.root / path).open("rb")


@dataclass(frozen=True)
class ZipArchive:
    """An archive that is one file."""

    zipped: ZipFile

    def open(self, path: str) -> BinaryIO:
        """Open a file of it; OSError where there is none."""
        try:
            return self.zipped.open(path)  # type: ignore[return-value]
        except KeyError as error:
            raise FileNotFoundError(path) from error


def is_archive(path: Path) -> bool:
    """Whether a path of this machine is an archive, told from what it holds."""
    if path.is_dir():
        return (path / LIST_NAME).is_file()
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


@contextmanager
def opened_archive(path: Path) -> Iterator[tuple[Archive, Manifest]]:
    """Open an archive for the length of a `with` block; raises ConfigError where it is none that can be read."""
    try:
        if path.is_dir():
            yield FolderArchive(path), _manifest(FolderArchive(path), path)
        else:
            with ZipFile(path) as zipped:
                yield ZipArchive(zipped), _manifest(ZipArchive(zipped), path)
    except BadZipFile as error:
        raise _refused(path, str(error)) from error


@contextmanager
def zip_writer(path: Path) -> Iterator[ZipFile]:
    """Write a zip file whole or not at all; audio is packed already, so that nothing is pressed again."""
    part = path.with_name(f"{path.name}.part")
    try:
        with ZipFile(part, "w", ZIP_STORED, allowZip64=True) as zipped:
            yield zipped
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _manifest(archive: Archive, path: Path) -> Manifest:
    try:
        with archive.open(LIST_NAME) as file:
            stated = json.loads(file.read(_LIST_LIMIT_BYTES).decode("utf-8"))
        files, feeds = dict(stated["files"]), dict(stated.get("feeds", {}))
        found = Manifest(base_url=str(stated["base_url"]), files=files, feeds=feeds, format=int(stated["format"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused(path, f"{LIST_NAME} in it cannot be read") from error
    if found.format != FORMAT:
        raise _refused(path, "a newer Castalogue wrote it; update this one")
    return found


def _refused(path: Path, why: str) -> ConfigError:
    return ConfigError("archive", "{path} is no archive that can be read: {why}.", path=path, why=why)


def damaged(path: str) -> ContentError:
    """What to say of a file whose bytes are not those that were put in."""
    return ContentError("archive-damaged", "The archive is damaged: its bytes are not those of the list.", path=path)
