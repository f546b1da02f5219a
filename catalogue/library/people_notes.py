"""`people/NAME.md`: what is said of somebody who is named in episodes, and whether they have a page.

The file's name is their address. `people/NAME.es.md` says it in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catalogue.domain.identity import slug_of
from catalogue.domain.people import PersonNote, PersonText
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import NotesError
from catalogue.formats.language_codes import find_language
from catalogue.library.naming import transliterate
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.typed import read_fields
from catalogue.library.roles import Kind, read_role, split_language
from catalogue.ports import LibraryFile

PEOPLE_FOLDER = "people"
# Key of a person's note → field of PersonNote.
PERSON_KEYS = {name: name for name in ("name", "names", "page", "index", "url", "language")}


def is_person_note(path: str) -> bool:
    """Whether a path of the library is that of a note about somebody.

    >>> [is_person_note(path) for path in ("people/ana.md", "people/README.md", "show/people/ana.md")]
    [True, False, False]
    """
    if not path.startswith(f"{PEOPLE_FOLDER}/") or path.count("/") != 1:  # asked of every file there is
        return False
    role = read_role(LibraryFile(path=path, size_bytes=0, mtime_ns=0, inode=0))
    return role is not None and role.kind is Kind.NOTE


def find_person_files(files: Iterable[LibraryFile]) -> dict[str, tuple[LibraryFile, dict[str, LibraryFile]]]:
    """The notes by their stems, each with its translations by language; `ana.es.md` without `ana.md` is Ana Es's."""
    stems = {file.name.rpartition(".")[0]: file for file in files}
    found: dict[str, tuple[LibraryFile, dict[str, LibraryFile]]] = {}
    for stem, file in stems.items():
        bare, language = split_language(stem)
        if language is None or bare not in stems:
            found.setdefault(stem, (file, {}))
    for stem, file in stems.items():
        bare, language = split_language(stem)
        if stem not in found and language is not None:
            found[bare][1][language] = file
    return found


def read_person_note(
    note: Note, translations: Sequence[tuple[str, Note]], *, stem: str, problems: list[Problem]
) -> PersonNote:
    """Read what is said of somebody; raises ContentErrors with everything that is wrong in the note.

    What a translation states beside its words is named in `problems`; the words are taken.
    """
    values: dict[str, Any] = read_fields(
        note.fields, PersonNote, names=PERSON_KEYS, timezone="UTC", path=note.path, error=NotesError
    )
    problems += (problem for _, text in translations for problem in _stated_in_vain(text, note.path))
    texts = (
        PersonText(language=language_of(language), note=text.body)
        for language, text in translations
        if text.body.strip()
    )
    slug = slug_of(stem, transliterate) or slug_of(values.get("name", ""), transliterate) or "somebody"
    return PersonNote(**values, slug=slug, path=note.path, note=note.body.strip(), texts=tuple(texts))


def language_of(stated: str) -> str:
    """The language that a translation's name states, as texts name it."""
    return find_language(stated) or stated


def _stated_in_vain(text: Note, path: str) -> Iterator[Problem]:
    """A translation has words alone: what else holds of somebody is said once."""
    for key, field in text.fields.items():
        message = f"A translation holds words alone, so `{key[:60]}` is passed over. Say it in {path}, or take it out."
        yield Problem(
            severity=Severity.WARNING, code="translation-key", path=text.path, line=field.line, message=message
        )
