"""The written pages of a library, `topics/` and `pages/`: read where their files changed, and kept by the index.

They stand in one row, under a path that no file can have, so that a web process without the library's disk has them
with one look. A page that cannot be read stays as it was last; one whose file went away is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from catalogue.actions.facts import FILE_LIMIT_BYTES, problems_of, read_whole
from catalogue.actions.shared_files import is_any_lost
from catalogue.documents import read_document, render_document
from catalogue.domain.plan import Problem
from catalogue.domain.written_page import PageKind, WrittenPage, WrittenPages
from catalogue.errors import ContentError, ContentErrors
from catalogue.library.notes.front_matter import Note, read_note
from catalogue.library.notes.page_note import read_page_note
from catalogue.library.written_pages import (
    PageFiles,
    deeper_notes,
    find_page_files,
    lonely_translations,
    page_kind,
    with_own_slugs,
)
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.store.index import FileRow, Index

PAGES_ROW = "topics/"
# The number grows when the reader finds more than before, so that every page is read again once.
PAGES_KIND = "written-pages-2"


def held_pages(index: Index) -> WrittenPages:
    """The pages as the index holds them."""
    return _document(index.file(PAGES_ROW))


def read_written_pages(
    files: Sequence[LibraryFile],
    *,
    storage: LibraryStorage,
    index: Index,
    is_keeping: bool,
    lost: Collection[str] = (),
    is_doubtful: bool = False,
) -> WrittenPages:
    """Read the pages among a library's `files`; with `is_keeping`, let the index keep them.

    All stay as they were where a file of theirs is among the `lost` paths, or it `is_doubtful` whether the library is
    there at all.
    """
    row = index.file(PAGES_ROW)
    known = _document(row)
    mine = tuple(file for file in files if page_kind(file.path) is not None)
    if is_doubtful or not files or is_any_lost(known.paths, lost, folders=tuple(PageKind)):
        return known
    version = _version(mine)
    if row is not None and (row.version, row.kind) == (version, PAGES_KIND):
        return known
    pages = _read(mine, known=known, storage=storage)
    if any(problem.code == "unreadable" for problem in pages.problems):
        version = ""  # no fault of the file: the next run looks again
    if is_keeping and (row is not None or pages != WrittenPages()):
        document = render_document(WrittenPages, pages).decode()
        index.save_files([FileRow(path=PAGES_ROW, version=version, kind=PAGES_KIND, document=document)])
        if pages != known:
            index.announce()
    return pages


def _document(row: FileRow | None) -> WrittenPages:
    if row is None or row.kind != PAGES_KIND or not row.document:
        return WrittenPages()
    return _read_pages(row.document)


@lru_cache(maxsize=2)
def _read_pages(document: str) -> WrittenPages:
    """Kept, because every change of the index asks for all pages, which seldom are others."""
    return read_document(WrittenPages, document)


def _version(files: Iterable[LibraryFile]) -> str:
    lines = "\n".join(f"{file.path}\0{file.version}" for file in files)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read(files: Sequence[LibraryFile], *, known: WrittenPages, storage: LibraryStorage) -> WrittenPages:
    found = find_page_files(files)
    problems: list[Problem] = [*deeper_notes(files), *lonely_translations(found)]
    last = {(page.kind, page.path): page for page in known.pages}
    read = (_with_last(_page(each, storage, problems), last.get((each.kind, each.note.path)), each) for each in found)
    pages, doubles = with_own_slugs([page for page in read if page is not None])
    return WrittenPages(pages=pages, problems=(*problems, *doubles))


def _with_last(page: WrittenPage | None, last: WrittenPage | None, files: PageFiles) -> WrittenPage | None:
    """The page, with what could not be read of it, all or a translation, as it was last."""
    if page is None or last is None:
        return page or last
    unread = {file.path for _, file in files.translations} - {text.path for text in page.translations}
    kept = tuple(text for text in last.translations if text.path in unread)
    return replace(page, translations=(*page.translations, *kept)) if kept else page


def _page(files: PageFiles, storage: LibraryStorage, problems: list[Problem]) -> WrittenPage | None:
    note = _note(files.note, storage, problems)
    read = ((language, _note(file, storage, problems)) for language, file in files.translations)
    translations = [(language, text) for language, text in read if text is not None]
    if note is None:
        return None
    try:
        return read_page_note(note, files.kind, stem=files.stem, translations=translations, problems=problems)
    except ContentErrors as error:
        problems.extend(problems_of(error, files.note.path))
        return None


def _note(file: LibraryFile, storage: LibraryStorage, problems: list[Problem]) -> Note | None:
    try:
        return read_note(read_whole(storage, file.path, limit_bytes=FILE_LIMIT_BYTES), file.path)
    except (ContentError, ContentErrors) as error:
        problems.extend(problems_of(error, file.path))
        return None
