"""What the front matter of a topic page, or of a plain page, says, typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalogue.domain.episode import Tag
from catalogue.domain.identity import slug_of
from catalogue.domain.plan import Problem
from catalogue.domain.written_page import PageKind, PageTranslation, WrittenPage
from catalogue.errors import ContentErrors, NotesError
from catalogue.formats.language_codes import find_language
from catalogue.library.folder_problems import error_problem
from catalogue.library.naming import transliterate
from catalogue.library.notes.episode_note import read_tag
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.typed import read_fields

# Key of any page → field of WrittenPage, or of the class in it.
PLAIN_KEYS = {
    "title": "title",
    "summary": "summary",
    "language": "language",
    "slug": "slug",
    "was": "was",
    "draft": "draft",
    "updated": "updated_on",
    "reviewed": "review.last_on",
    "next_review": "review.next_on",
    "reviewed_by": "review.by",
    "content_warning": "content_warning",
    "sources": "sources",
    "support": "help",
    "help": "help",
    "disclaimer": "disclaimer",
    "feedback": "feedback",
}
# … and what a topic page may say besides: which episodes belong to it.
TOPIC_KEYS = PLAIN_KEYS | {"tags": "tags", "episodes": "gathered"}
PAGE_KEYS = {PageKind.TOPIC: TOPIC_KEYS, PageKind.PLAIN: PLAIN_KEYS}
TRANSLATED_KEYS = {
    **{name: name for name in ("title", "summary", "content_warning", "disclaimer", "sources")},
    "support": "help",
    "help": "help",
    "episodes": "gathered",
}
StatedTranslation = tuple[str, Note]
"""The language of the file's name, and what is in it."""


def read_page_note(
    note: Note, kind: PageKind, *, stem: str, translations: Sequence[StatedTranslation], problems: list[Problem]
) -> WrittenPage:
    """Read a page; without a title or a slug of its own it has those that the file's name (`stem`) gives.

    A translation that cannot be understood is named in `problems` and left out. Raises ContentErrors with everything
    that is wrong in the page itself.
    """
    values: dict[str, Any] = read_fields(
        note.fields,
        WrittenPage,
        names=PAGE_KEYS[kind],
        timezone="UTC",
        path=note.path,
        error=NotesError,
        texts={Tag: read_tag},
    )
    title = values.get("title") or _title_of(stem)
    slug = values.get("slug") or slug_of(stem, transliterate)
    if not slug:
        template = "Its name has nothing that can stand in an address. Give it a name in letters, or state `slug`."
        raise ContentErrors((NotesError("page-name", template, path=note.path),))
    stated = {**values, "title": title, "slug": slug}
    texts = tuple(_translations(translations, title=title, problems=problems))
    return WrittenPage(**stated, kind=kind, path=note.path, notes=note.body, translations=texts)


def _title_of(stem: str) -> str:
    words = " ".join(stem.replace("-", " ").replace("_", " ").split()) or stem
    return words[:1].upper() + words[1:]


def _translations(stated: Sequence[StatedTranslation], *, title: str, problems: list[Problem]) -> list[PageTranslation]:
    found = []
    for language, note in stated:
        try:
            found.append(_translation(note, language=find_language(language) or language, title=title))
        except ContentErrors as several:
            problems += [error_problem(each) for each in several.errors]
    return found


def _translation(note: Note, *, language: str, title: str) -> PageTranslation:
    values: dict[str, Any] = read_fields(
        note.fields, PageTranslation, names=TRANSLATED_KEYS, timezone="UTC", path=note.path, error=NotesError
    )
    return PageTranslation(**({"title": title} | values), language=language, path=note.path, notes=note.body)
