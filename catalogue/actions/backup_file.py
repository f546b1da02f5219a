"""The one file of a backup: a plain tar with a manifest first, which says of every member what it must be.

    castalogue-backup.json      format, versions, when, rows by table, and each member's SHA-256, size and moment
    index.sqlite3               every table of the database, whichever kind of database it was
    server.key                  the server's key, where it lies in the data folder
    library/…                   the library, where that was wished

Any tar can unpack it. What reads it back takes only members that the manifest names, and never a path that leads out.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from catalogue.errors import StoreError

FORMAT = 1
MANIFEST_NAME, STORE_NAME, LIBRARY = "castalogue-backup.json", "index.sqlite3", "library/"
PIECE_BYTES = 1024 * 1024
MANIFEST_LIMIT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file of a backup; `mtime_ns` is kept, so that the index knows the library's files again."""

    sha256: str
    size_bytes: int
    mtime_ns: int
    mode: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds: `tables` counts the rows of each, `members` are its files by name."""

    version: str
    made_at: str
    tables: Mapping[str, int]
    members: Mapping[str, Member]
    format: int = field(default=FORMAT)

    @property
    def has_library(self) -> bool:
        return any(name.startswith(LIBRARY) for name in self.members)


def member_of(path: Path) -> Member:
    """Describe a file as it is now, links followed; raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
        facts = os.fstat(file.fileno())
    mode = facts.st_mode & 0o777
    return Member(sha256=digest.hexdigest(), size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns, mode=mode)


def write_backup(file: IO[bytes], manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write a backup of files, which must still be what the manifest says; raises OSError, StoreError."""
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode("utf-8", "surrogateescape")
        _add(tar, MANIFEST_NAME, io.BytesIO(content), size_bytes=len(content), mode=0o600)
        for name, member in manifest.members.items():
            with sources[name].open("rb") as source:
                if os.fstat(source.fileno()).st_size != member.size_bytes:
                    raise changed(name)
                _add(tar, name, source, size_bytes=member.size_bytes, mode=member.mode)


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says it holds; raises StoreError for what is none, or is of a newer kind."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            first = tar.next()
            file = tar.extractfile(first) if first is not None and first.name == MANIFEST_NAME else None
            stated: dict[str, Any] = json.loads(file.read(MANIFEST_LIMIT_BYTES)) if file is not None else {}
            members = {name: Member(**facts) for name, facts in stated.pop("members").items()}
            manifest = Manifest(**stated, members=members)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_backup(path, error) from error
    if manifest.format != FORMAT:
        raise StoreError(
            "backup-newer",
            "{path} is a backup of another kind ({format}) than this version reads. Use the Castalogue that made it: "
            "{version}.",
            path=path,
            format=manifest.format,
            version=manifest.version,
        )
    return manifest


def unpack(path: Path, manifest: Manifest, targets: Mapping[str, Path]) -> None:
    """Write members to where `targets` say (by name), each compared with the manifest.

    Raises StoreError for one that is not what it should be or is missing, OSError.
    """
    left = dict(targets)
    try:
        with tarfile.open(path, mode="r:") as tar:
            for info in tar:
                target = left.pop(info.name, None)
                source = tar.extractfile(info) if target is not None and info.isfile() else None
                if target is not None and source is not None:
                    _write(source, target, manifest.members[info.name], info.name)
    except tarfile.TarError as error:
        raise _no_backup(path, error) from error
    if left:
        raise changed(next(iter(left)))


def changed(name: str) -> StoreError:
    """What to say of a member that is not what it was, or should be."""
    return StoreError(
        "backup-differs", "{name} is not what it should be in the backup. The backup cannot be used.", name=name
    )


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], *, size_bytes: int, mode: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size_bytes, mode
    tar.addfile(info, source)


def _write(source: IO[bytes], target: Path, member: Member, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(source, file, PIECE_BYTES)
        file.flush()
        os.fsync(handle)
        os.fchmod(handle, member.mode)
    os.utime(target, ns=(member.mtime_ns, member.mtime_ns))
    if member_of(target).sha256 != member.sha256:
        raise changed(name)


def _no_backup(path: Path, error: Exception) -> StoreError:
    why = str(error).lower() or "it ends too early"
    return StoreError(
        "no-backup", "{path} cannot be read as a backup: {why}. Name another file.", path=path, why=why[:200]
    )
