"""Bring a backup back: into an empty database, and a library where there is none yet. Nothing is ever overwritten."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalogue.actions.accounts.server_key import NAME as KEY_NAME
from catalogue.actions.backup_file import LIBRARY, STORE_NAME, Manifest, member_of, read_manifest, unpack
from catalogue.actions.search_filling import fill_search_anew
from catalogue.actions.search_written import fill_written
from catalogue.actions.unended_restores import PREFIX, forget_mark, is_unended, marked, scratch_folder, sweep_restores
from catalogue.config import Settings
from catalogue.errors import Conflict, ContentError, StoreError
from catalogue.library.durable import hold_lock, write_durably
from catalogue.library.storage import checked_path
from catalogue.store.copying import check_empty_store, copy_store, count_rows
from catalogue.store.index import Index, open_index

_LOCK = "restore.lock"


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was brought back: rows by table, how many files of the library, and whether the server's key."""

    made_at: str
    tables: Mapping[str, int]
    files: int
    has_key: bool


def restore_backup(settings: Settings, backup: Path) -> Restored:
    """Bring a backup back into the configured database, data folder and library.

    Everything is unpacked and compared before anything takes its place; a run that was killed is ended by the same once
    more. Raises Conflict where library or data folder
    hold what the backup would bring, StoreError where the file is no sound backup, where the database is not
    empty, or the disk is full; then all is as it was.
    """
    manifest = read_manifest(backup)
    _check_names(manifest)
    with _one_at_a_time(settings):
        _bring(settings, backup, manifest)
    count = sum(name.startswith(LIBRARY) for name in manifest.members)
    return Restored(made_at=manifest.made_at, tables=manifest.tables, files=count, has_key=KEY_NAME in manifest.members)


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    try:
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        with hold_lock(settings.data_folder / _LOCK, patience_seconds=0):
            yield
    except TimeoutError as error:
        template = "Another restore is running here. Wait for its end."
        raise Conflict("restore-runs", template) from error
    except OSError as error:
        raise _not_written(error) from error


def _bring(settings: Settings, backup: Path, manifest: Manifest) -> None:
    is_again = is_unended(settings, manifest)
    _check_free(settings, manifest, is_again=is_again)
    with _scratch(settings, manifest) as folder:
        unpack(backup, manifest, _targets(manifest, folder))
        with closing(open_index(settings.store_url)) as target:
            is_filled = is_again and _is_filled(target, manifest)
            if not is_filled:
                check_empty_store(target)
            with marked(settings, manifest), _placed(settings, manifest, folder):
                copy = None if is_filled else folder / STORE_NAME
                # In one transaction: what has no room for the search, too, leaves the database empty.
                target.together(lambda whole: _fill(whole, copy, manifest))


def _check_names(manifest: Manifest) -> None:
    """Raise StoreError for a member that is none of a backup's, or would lie outside of the library."""
    for name in manifest.members:
        inside = name.removeprefix(LIBRARY) if name.startswith(LIBRARY) else None
        try:
            is_known = name in (STORE_NAME, KEY_NAME) or (inside is not None and checked_path(inside) == inside)
        except ContentError:
            is_known = False
        if not is_known:
            raise StoreError("no-backup", "The backup names a file that no backup has: {name}.", name=name[:200])
    if STORE_NAME not in manifest.members:
        raise StoreError("no-backup", "The backup has no database. Name another file.")


def _check_free(settings: Settings, manifest: Manifest, *, is_again: bool) -> None:
    """Raise Conflict for what is there already, but for what a killed run of the same has brought."""
    library = settings.library
    if (
        manifest.has_library
        and library.exists()
        and not (_is_part(settings, manifest) if is_again else _is_empty(library))
    ):
        raise Conflict(
            "library-not-empty",
            "{path} is not empty, and the backup has a library. Name an empty folder: --library /some/folder.",
            path=library,
        )
    key = settings.data_folder / KEY_NAME
    is_same = is_again and key.is_file() and _is_member(key, manifest, KEY_NAME)
    if KEY_NAME in manifest.members and os.path.lexists(key) and not is_same:
        raise Conflict(
            "key-exists", "{path} is there already, and the backup has one. Name another folder: --data.", path=key
        )


def _is_empty(library: Path) -> bool:
    return library.is_dir() and all(one.name.startswith(PREFIX) for one in library.iterdir())


def _is_part(settings: Settings, manifest: Manifest) -> bool:
    """Whether the library has nothing but what the backup has, to the byte."""
    root = settings.library
    inside = (path for path in root.rglob("*") if not path.relative_to(root).parts[0].startswith(PREFIX))
    return root.is_dir() and all(
        _is_member(path, manifest, f"{LIBRARY}{path.relative_to(root).as_posix()}")
        for path in inside
        if path.is_symlink() or not path.is_dir()
    )


def _is_member(path: Path, manifest: Manifest, name: str) -> bool:
    member = manifest.members.get(name)
    return member is not None and path.is_file() and member_of(path).sha256 == member.sha256


@contextmanager
def _scratch(settings: Settings, manifest: Manifest) -> Iterator[Path]:
    """A folder on the library's disk, which goes again: what is unpacked there needs only another name.

    A library's folder that is there may be a disk of its own, so it lies within.
    """
    library = settings.library.absolute()
    home = library if library.is_dir() else library.parent
    parent = home if manifest.has_library else settings.data_folder.absolute()
    try:
        sweep_restores(settings)
        parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(parent) as folder:
            yield folder
    except OSError as error:
        raise _not_written(error) from error


def _not_written(error: OSError) -> StoreError:
    template = "The backup cannot be brought back: {why}. Nothing was left; make room, or name other folders."
    return StoreError("restore-write", template, why=(error.strerror or str(error)).lower())


def _targets(manifest: Manifest, folder: Path) -> dict[str, Path]:
    return {name: folder / name for name in manifest.members}


@contextmanager
def _placed(settings: Settings, manifest: Manifest, folder: Path) -> Iterator[None]:
    """Give the files their places, and take them away again where the rest fails: the backup still has them."""
    is_new = not settings.library.is_dir()
    try:
        _place_files(settings, manifest, folder)
        yield
    except BaseException:
        _take_back(settings, manifest, is_new=is_new)
        forget_mark(settings)
        raise


def _place_files(settings: Settings, manifest: Manifest, folder: Path) -> None:
    if KEY_NAME in manifest.members:
        with (folder / KEY_NAME).open("rb") as key:
            write_durably(settings.data_folder / KEY_NAME, key, check=lambda: None)
        (settings.data_folder / KEY_NAME).chmod(0o600)
    if manifest.has_library:
        settings.library.mkdir(exist_ok=True)  # it may be a mounted disk, whose name cannot be given to another
        for one in list((folder / LIBRARY).iterdir()):
            _place(one, settings.library / one.name)


def _place(source: Path, target: Path) -> None:
    """Give a file or folder its name; what is there of it was brought by a run that was killed."""
    if not target.exists():
        source.rename(target)
    elif source.is_dir():
        for one in list(source.iterdir()):
            _place(one, target / one.name)


def _take_back(settings: Settings, manifest: Manifest, *, is_new: bool) -> None:
    if KEY_NAME in manifest.members:
        (settings.data_folder / KEY_NAME).unlink(missing_ok=True)
    inside = (name.removeprefix(LIBRARY) for name in manifest.members if name.startswith(LIBRARY))
    for path in {settings.library / name.partition("/")[0] for name in inside}:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if is_new and manifest.has_library:
        with suppress(OSError):  # somebody has put a file there meanwhile: that stays
            settings.library.rmdir()


def _is_filled(target: Index, manifest: Manifest) -> bool:
    """Whether a run that was killed had filled the database: that is done whole or not at all."""
    found = count_rows(target)
    return any(found.values()) and {name: found.get(name, 0) for name in manifest.tables} == manifest.tables


def _fill(target: Index, copy: Path | None, manifest: Manifest) -> None:
    """Copy the backup's database (None: that is done), and let the search have what is in it."""
    if copy is not None:
        with closing(open_index(f"sqlite:///{copy}")) as source:
            tables = copy_store(source, target)
        if {name: tables.get(name, 0) for name in manifest.tables} != manifest.tables:
            raise StoreError("backup-differs", "The database that was brought back is not what was in the backup.")
    fill_search_anew(target)
    fill_written(target)
