"""Put everything that only this machine has into one file, and prove it by restoring it before it gets its name.

The database is read as of one moment, whatever `serve` does meanwhile. The library is held by its leases while it is
copied, so that no writer of ours is in its middle.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalogue import __version__
from catalogue.actions.accounts.server_key import NAME as KEY_NAME
from catalogue.actions.backup_file import (
    LIBRARY,
    STORE_NAME,
    Manifest,
    member_of,
    read_manifest,
    unpack,
    write_backup,
)
from catalogue.actions.discarding import files_aside
from catalogue.actions.index import Wishes, list_files
from catalogue.actions.leases import open_lease
from catalogue.actions.open import Place
from catalogue.errors import Conflict, StoreError
from catalogue.library.moves import JOURNAL_NAME
from catalogue.store.copying import copy_store, count_rows
from catalogue.store.index import open_index

# What `list` passes over, and a library is not whole without.
_HIDDEN = (".gitattributes", ".gitignore")


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was made and proved."""

    path: Path
    size_bytes: int
    tables: Mapping[str, int]
    files: int
    """How many files of the library are in it."""
    has_key: bool
    left_out: tuple[str, ...] = ()
    """Paths of the library that cannot be read, and so are not in it."""


def back_up(place: Place, target: Path, *, with_library: bool = False, wishes: Wishes | None = None) -> Backup:
    """Write a backup to `target`, which must not exist; it appears only once it was restored elsewhere and compared.

    The file is its owner's alone (0600). Raises Conflict where something has that name or it would lie in the library,
    StoreError where it cannot be written, read back, or is not the same; then nothing is left.
    """
    wishes = wishes or Wishes()
    target = target.absolute()
    if os.path.lexists(target):
        raise Conflict("backup-exists", "{path} is there already. Name a file that is not.", path=target)
    if target.resolve().is_relative_to(place.settings.library.resolve()):
        raise Conflict("backup-inside", "{path} lies in the library. Name a file elsewhere.", path=target)
    with _scratch(target) as (folder, draft):
        sources = {STORE_NAME: folder / STORE_NAME}
        tables = _copy_database(place, sources[STORE_NAME])
        key = place.settings.data_folder / KEY_NAME
        sources |= {KEY_NAME: key} if key.is_file() else {}
        with _held_library(place, wishes) if with_library else _nothing() as files:
            sources |= files
            manifest = _manifest(sources, tables, made_at=wishes.clock())
            _write(draft, manifest, sources)
        _prove(draft, manifest, folder / "proof")
        size_bytes = draft.stat().st_size
        draft.rename(target)
    return Backup(
        path=target,
        size_bytes=size_bytes,
        tables=tables,
        files=sum(name.startswith(LIBRARY) for name in sources),
        has_key=KEY_NAME in sources,
        left_out=tuple(one.path for one in place.storage.skipped if one.is_lost) if with_library else (),
    )


@contextmanager
def _scratch(target: Path) -> Iterator[tuple[Path, Path]]:
    """A folder beside the target, which goes again, and a draft in it; disks and rights are told as they are."""
    try:
        with tempfile.TemporaryDirectory(prefix=".castalogue-backup-", dir=target.parent) as name:
            yield Path(name), Path(name) / "draft"
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StoreError(
            "backup-write",
            "The backup {path} cannot be made: {why}. Nothing was left; make room, or name a place elsewhere.",
            path=target,
            why=why,
        ) from error


@contextmanager
def _held_library(place: Place, wishes: Wishes) -> Iterator[dict[str, Path]]:
    """The library's files by their name in a backup, while nobody else of ours writes them."""
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        shows = sorted(row.show.path for row in place.index.shows())
        lease.insist(shows)
        listed = [file.path for file in list_files(place.storage)]
        # A renaming that was killed is ended by what it wrote down, there as here.
        hidden = (*_HIDDEN, *(f"{show}/{JOURNAL_NAME}".lstrip("/") for show in shows))
        listed += [name for name in hidden if place.storage.stat(name) is not None]
        listed += [path for row in place.index.shows() for path in files_aside(place, row.show)]
        yield {f"{LIBRARY}{path}": place.storage.local_path(path) for path in listed}


@contextmanager
def _nothing() -> Iterator[dict[str, Path]]:
    yield {}


def _copy_database(place: Place, path: Path) -> Mapping[str, int]:
    with closing(open_index(f"sqlite:///{path}")) as copy:
        return copy_store(place.index, copy)


def _manifest(sources: Mapping[str, Path], tables: Mapping[str, int], *, made_at: datetime) -> Manifest:
    return Manifest(
        version=__version__,
        made_at=made_at.isoformat(timespec="seconds"),
        tables=tables,
        members={
            name: member_of(path) if name.startswith(LIBRARY) else replace(member_of(path), mode=0o600)
            for name, path in sources.items()
        },
    )


def _write(draft: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        write_backup(file, manifest, sources)
        file.flush()
        os.fsync(handle)


def _prove(draft: Path, manifest: Manifest, folder: Path) -> None:
    """Unpack and compare everything, and count what the database has; raises StoreError where anything differs."""
    kept = read_manifest(draft)
    if kept != manifest:
        raise StoreError("backup-differs", "The backup's own list is not what was written. Look after the disk.")
    names = list(manifest.members)
    unpack(draft, kept, {name: folder / str(number) for number, name in enumerate(names)})
    store = folder / str(names.index(STORE_NAME))
    with closing(open_index(f"sqlite:///{store}")) as copy:
        counts = count_rows(copy)
    if counts != manifest.tables:
        raise StoreError("backup-differs", "The backup's database is not what was written. Look after the disk.")
