"""Which files of a library make which written pages: `topics/*.md` and `pages/*.md`, told from their names alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalogue.domain.plan import Problem, Severity
from catalogue.domain.written_page import PageKind, WrittenPage
from catalogue.library.roles import Kind, Role, read_role, split_language
from catalogue.ports import LibraryFile


@dataclass(frozen=True, kw_only=True)
class PageFiles:
    """The files of one page: its note, and its translations by the language of their names."""

    kind: PageKind
    stem: str
    note: LibraryFile
    translations: tuple[tuple[str, LibraryFile], ...] = ()

    @property
    def files(self) -> tuple[LibraryFile, ...]:
        return (self.note, *(file for _, file in self.translations))


def page_kind(path: str) -> PageKind | None:
    """The kind of pages whose folder a path lies in; None for all other paths.

    >>> page_kind("topics/recurrence.md"), page_kind("110/topics/a.md")
    (<PageKind.TOPIC: 'topics'>, None)
    """
    folder, slash, _ = path.partition("/")
    return PageKind(folder) if slash and folder in [*PageKind] else None


def find_page_files(files: Iterable[LibraryFile]) -> tuple[PageFiles, ...]:
    """Find the pages among a library's files, in the order given; `README.md` is none.

    `name.es.md` translates `name.md` where that is there, and is a page of its own where not.
    """
    notes: dict[PageKind, list[Role]] = {kind: [] for kind in PageKind}
    for file in files:
        kind, role = page_kind(file.path), read_role(file)
        if kind is not None and role is not None and role.kind is Kind.NOTE and file.folder == kind.value:
            notes[kind].append(role)
    return tuple(page for kind, roles in notes.items() for page in _pages(kind, roles))


def deeper_notes(files: Iterable[LibraryFile]) -> Iterator[Problem]:
    """Name notes in folders inside `topics` and `pages`, where nobody looks for them."""
    for file in files:
        kind, role = page_kind(file.path), read_role(file)
        if kind is not None and role is not None and role.kind is Kind.NOTE and file.folder != kind.value:
            message = f"It lies deeper than pages do, and is left out. Move it into {kind.value}/ itself."
            yield Problem(severity=Severity.WARNING, code="page-too-deep", path=file.path, message=message)


def lonely_translations(pages: Iterable[PageFiles]) -> Iterator[Problem]:
    """Name pages that are called like a translation of one that is not there: often one of the two was renamed."""
    for page in pages:
        bare, language = split_language(page.stem)
        if language is not None:
            message = (
                f"There is no {page.kind.value}/{bare}.md that it would translate, so it is a page of its own. Name it "
                f"like the page that it translates, or without '.{language}'."
            )
            yield Problem(
                severity=Severity.WARNING, code="page-translates-nothing", path=page.note.path, message=message
            )


def with_own_slugs(pages: Sequence[WrittenPage]) -> tuple[tuple[WrittenPage, ...], tuple[Problem, ...]]:
    """Keep the first of several pages that would have one address, and name the others."""
    first: dict[tuple[PageKind, str], WrittenPage] = {}
    problems = []
    for page in pages:
        kept = first.setdefault((page.kind, page.slug), page)
        if kept is not page:
            message = f"{kept.path} has the address '{page.slug}' already. State another `slug`; the first is used."
            problems.append(Problem(severity=Severity.ERROR, code="page-slug-taken", path=page.path, message=message))
    return tuple(first.values()), tuple(problems)


def _pages(kind: PageKind, roles: Sequence[Role]) -> Iterator[PageFiles]:
    stems = {role.stem for role in roles}
    translations: dict[str, list[tuple[str, LibraryFile]]] = {stem: [] for stem in stems}
    heads: list[Role] = []
    for role in roles:
        bare, language = split_language(role.stem)
        if language is not None and bare in stems:
            translations[bare].append((language, role.file))
        else:
            heads.append(role)
    for role in heads:
        found = tuple(translations[role.stem])
        yield PageFiles(kind=kind, stem=role.stem, note=role.file, translations=found)
