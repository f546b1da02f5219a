"""The written pages of a library, `topics/` and `pages/`.

A page that cannot be read stays as it was last; one whose file went away is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.actions.facts import FILE_LIMIT_BYTES, problems_of, read_whole
from catalogue.actions.shared_files import SharedFiles, Sight
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

PAGES = SharedFiles(
    row="topics/",
    folders=tuple(PageKind),
    kind="written-pages-2",
    nothing=WrittenPages(),
    belongs=lambda path: page_kind(path) is not None,
)


def read_written_pages(sight: Sight, *, storage: LibraryStorage) -> WrittenPages:
    """Read the pages of a library, and let the index keep them; raises StoreError."""
    return PAGES.read(sight, lambda files, known: _read(files, known=known, storage=storage))


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
