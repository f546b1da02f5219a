"""Open what every action works with: the library's folder, the index, the box."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.actions.remembered import Remembered
from catalogue.actions.unended_restores import check_no_restore
from catalogue.config import Settings
from catalogue.documents import read_document
from catalogue.domain.catalogue import Catalogue
from catalogue.errors import ConfigError, StoreError
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.library.storage import LocalLibrary
from catalogue.ports import LibraryStorage
from catalogue.sandbox import Box
from catalogue.store.faults import is_busy
from catalogue.store.index import Index, open_index
from catalogue.store.unwritable import find_readable_index


@dataclass(frozen=True, kw_only=True)
class Place:
    """An opened library with its index; `derived` holds pictures made from the library's."""

    storage: LibraryStorage
    index: Index
    box: Box
    derived: Path
    settings: Settings
    remembered: Remembered = field(default_factory=Remembered)


@contextmanager
def open_place(settings: Settings) -> Iterator[Place]:
    """Open a library for the length of a `with` block; raises ConfigError, StoreError.

    One that is not there just now can be opened where the index knows its shows: they are served as they were. So
    they are from an index that cannot be written just now.
    """
    check_no_restore(settings)
    if not settings.database_url and not settings.data_folder.is_dir():
        open_library(settings)  # never begin an index of a folder that is not there
    index = _open_index(settings.store_url)
    try:
        is_away = not settings.library.is_dir() and index.shows()
        library = LocalLibrary(settings.library) if is_away else open_library(settings)
        with Box(settings.workers) as box:
            yield Place(storage=library, index=index, box=box, derived=settings.derived_folder, settings=settings)
    finally:
        index.close()


def _open_index(url: str) -> Index:
    try:
        return open_index(url)
    except StoreError as error:
        # Whom another keeps waiting may write later; nobody who writes is read without the locks.
        index = None if is_busy(error.__cause__) else find_readable_index(url)
        if index is None:
            raise
        return index


def base_url_of(place: Place) -> str | None:
    """The public address: as the operator set it, else as the library's `catalogue.toml` states it; or None."""
    if place.settings.base_url:
        return place.settings.base_url
    row = place.index.file(CATALOGUE_NAME)
    return read_document(Catalogue, row.document).base_url if row is not None and row.document else None


def open_library(settings: Settings) -> LocalLibrary:
    """Open the producer's folder; raises ConfigError where there is none."""
    if not settings.library.is_dir():
        raise ConfigError(
            "no-library",
            "There is no folder {path}. Name the folder with your audio: --library /some/folder.",
            path=settings.library,
        )
    return LocalLibrary(settings.library)
