"""The library's own file, `catalogue.toml`, and what is done while it is away or cannot be read."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.actions.facts import CATALOGUE_KIND, FILE_LIMIT_BYTES, FactsBook, problems_of, read_whole
from catalogue.documents import render_document
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ContentError, ContentErrors
from catalogue.library.catalogue_file import CATALOGUE_NAME, read_catalogue_file
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import FileRow, Index


def read_catalogue(
    files: Iterable[LibraryFile],
    *,
    storage: LibraryStorage,
    book: FactsBook,
    index: Index | None,
    is_lost: bool = False,
    is_doubtful: bool = False,
) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read the library's own file; one that cannot be read leaves what was last read, and says so.

    So does one that is not there, where it `is_doubtful` whether the whole library is. None where the file
    `is_lost` or cannot be read, and never was: without its time zone, every date may be another.
    """
    file = next((file for file in files if file.path == CATALOGUE_NAME), None)
    if is_lost:
        known = book.catalogue()
        return known, () if known else (_waits_for_catalogue(),)
    if file is None and is_doubtful:
        return book.catalogue() or Catalogue(), ()
    if file is None:
        if index is not None and tuple(files) and book.catalogue() is not None:
            index.forget_files([CATALOGUE_NAME])
            index.announce()
        return Catalogue(), ()
    try:
        catalogue = read_catalogue_file(read_whole(storage, file.path, limit_bytes=FILE_LIMIT_BYTES), file.path)
    except (ContentError, ContentErrors) as error:
        known, problems = book.catalogue(), problems_of(error, file.path)
        return known, problems if known else (*problems, _waits_for_catalogue())
    document = render_document(Catalogue, catalogue).decode()
    row = FileRow(path=file.path, version=file.version, kind=CATALOGUE_KIND, document=document)
    if index is not None and row != index.file(file.path):
        index.announce_file(row)
    return catalogue, ()


def _waits_for_catalogue() -> Problem:
    message = "No show is indexed until it can be read: dates without a zone depend on it. Mend it, or remove it."
    return Problem(severity=Severity.ERROR, code="waits-for-catalogue", path=CATALOGUE_NAME, message=message)
