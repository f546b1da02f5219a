"""Who is named in the public episodes, and what the library's `people/*.md` say of them.

Names that give the same address are one person's: José Pérez and Jose Perez. Two people of one name are told apart by
writing their names apart.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from catalogue.actions.facts import FILE_LIMIT_BYTES, problems_of, read_whole
from catalogue.actions.shared_files import SharedFiles, Sight
from catalogue.domain.credits import Person
from catalogue.domain.episode import Episode
from catalogue.domain.identity import slug_of
from catalogue.domain.people import Heard, PeopleNotes, PersonNote, Somebody, credited, known_notes
from catalogue.domain.plan import Problem
from catalogue.domain.show import Show
from catalogue.errors import ContentError, ContentErrors
from catalogue.library.naming import transliterate
from catalogue.library.notes.front_matter import Note, read_note
from catalogue.library.people_notes import (
    PEOPLE_FOLDER,
    find_person_files,
    is_person_note,
    language_of,
    read_person_note,
)
from catalogue.ports import LibraryFile, LibraryStorage

_NEVER = datetime.min.replace(tzinfo=UTC)
PEOPLE = SharedFiles(
    row="people/", folders=(PEOPLE_FOLDER,), kind="people-2", nothing=PeopleNotes(), belongs=is_person_note
)


def read_people(sight: Sight, *, storage: LibraryStorage) -> PeopleNotes:
    """Read what is said of people, and let the index keep it; raises StoreError."""
    return PEOPLE.read(sight, lambda files, known: _read(files, known=known, storage=storage))


@lru_cache(maxsize=4096)
def person_slug(name: str) -> str:
    """The end of a person's address, made of the name alone, so that it stays.

    >>> person_slug("José Pérez"), person_slug("🎈")[:7]
    ('jose-perez', 'balloon')
    """
    return slug_of(name, transliterate) or f"person-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def notes_by_slug(notes: Iterable[PersonNote]) -> Mapping[str, PersonNote]:
    """The notes by every slug that a credit of theirs may have."""
    notes = tuple(notes)
    names = {name: person_slug(name) for note in notes for name in (*((note.name,) if note.name else ()), *note.names)}
    return known_notes(notes, names)


def gather_people(
    shows: Iterable[tuple[Show, Sequence[Episode]]], notes: Mapping[str, PersonNote]
) -> tuple[Somebody, ...]:
    """Everybody named in `shows`, each with its public episodes (newest first), by name.

    Who wants no page (`page: no`) is not among them.
    """
    credits_: dict[str, list[tuple[Person, Show, Episode | None]]] = {}
    for show, episodes in shows:
        named = [(person, episode) for episode in episodes for person in credited(show, episode)]
        for person, episode in (*named, *((person, None) for person in show.people)):
            slug = person_slug(person.name)
            slug = notes[slug].slug if slug in notes else slug
            credits_.setdefault(slug, []).append((person, show, episode))
    people = [_somebody(slug, rows, notes.get(slug)) for slug, rows in credits_.items()]
    shown = (one for one in people if one.note is None or one.note.page)
    return tuple(sorted(shown, key=lambda one: (transliterate(one.name).casefold(), one.slug)))


def _somebody(slug: str, rows: Sequence[tuple[Person, Show, Episode | None]], note: PersonNote | None) -> Somebody:
    named = sorted(rows, key=lambda row: _published(row[2]), reverse=True)
    roles = Counter(person.role.lower() for person, _, _ in rows)
    heard = {(show.guid, one.guid): (show, one) for _, show, one in named if one is not None}
    return Somebody(
        slug=slug,
        name=(note.name if note else None) or named[0][0].name,
        roles=tuple(role for role, _ in sorted(roles.items(), key=lambda each: (-each[1], each[0]))),
        heard=tuple(Heard(show=show, episode=one) for show, one in heard.values()),
        shows=tuple({show.guid: show for _, show, _ in rows}.values()),
        url=(note.url if note else None) or next((person.url for person, _, _ in named if person.url), None),
        note=note,
    )


def _published(episode: Episode | None) -> tuple[datetime, str]:
    if episode is None or episode.published_at is None:  # what a show says of itself: its episodes may be newer
        return _NEVER, ""
    return episode.published_at, episode.guid


def _read(files: Sequence[LibraryFile], *, known: PeopleNotes, storage: LibraryStorage) -> PeopleNotes:
    last = {note.path: note for note in known.notes}
    problems: list[Problem] = []
    notes = []
    for stem, (file, translations) in find_person_files(files).items():
        texts = {language: _note(each, storage, problems) for language, each in translations.items()}
        written = [(language, text) for language, text in texts.items() if text is not None]
        before = last.get(file.path) or _unread(file, stem)
        found = _stated(file, written, stem, storage, problems)
        unread = {language_of(language) for language, text in texts.items() if text is None}
        notes.append(_with_last(found, before, unread) if found is not None else before)
    return PeopleNotes(notes=tuple(notes), problems=tuple(problems))


def _unread(file: LibraryFile, stem: str) -> PersonNote:
    """What holds of somebody whose note was never understood: it may say that they want no page."""
    return PersonNote(slug=person_slug(stem), path=file.path, page=False)


def _with_last(found: PersonNote, before: PersonNote, unread: Collection[str]) -> PersonNote:
    """What is said of somebody, with the translations that cannot be read now as they were last."""
    kept = tuple(text for text in before.texts if text.language in unread)
    return replace(found, texts=(*found.texts, *kept)) if kept else found


def _stated(
    file: LibraryFile, texts: Sequence[tuple[str, Note]], stem: str, storage: LibraryStorage, problems: list[Problem]
) -> PersonNote | None:
    note = _note(file, storage, problems)
    try:
        return read_person_note(note, texts, stem=stem, problems=problems) if note is not None else None
    except ContentErrors as error:
        problems += problems_of(error, file.path)
        return None


def _note(file: LibraryFile, storage: LibraryStorage, problems: list[Problem]) -> Note | None:
    try:
        return read_note(read_whole(storage, file.path, limit_bytes=FILE_LIMIT_BYTES), file.path)
    except (ContentError, ContentErrors) as error:
        problems += problems_of(error, file.path)
        return None
