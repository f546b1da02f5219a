"""Everybody who is named in a library's shows and episodes, each once, with what a page says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogue.domain.credits import Person
from catalogue.domain.episode import Episode
from catalogue.domain.plan import Problem
from catalogue.domain.show import Show
from catalogue.domain.tongues import primary

GUEST = "guest"


@dataclass(frozen=True, kw_only=True)
class PersonText:
    """What is said of somebody in one language, as Markdown."""

    language: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PersonNote:
    """What `people/NAME.md` states of a person; `slug` is made of the file's name.

    Without `page` nobody finds a page of theirs; `index` None: only who is more than a guest is for search engines.
    `names` are other names under which they are credited.
    """

    slug: str
    path: str
    name: str | None = None
    names: tuple[str, ...] = ()
    page: bool = True
    index: bool | None = None
    url: str | None = None
    language: str | None = None
    note: str = ""
    texts: tuple[PersonText, ...] = ()

    def note_in(self, language: str, own: str) -> PersonText | None:
        """The note in a language, else as it was first written, in `own` where it does not say; None without one."""
        found = next((text for text in self.texts if primary(text.language) == primary(language)), None)
        first = PersonText(language=self.language or own, note=self.note) if self.note else None
        return found or first


@dataclass(frozen=True, kw_only=True)
class PeopleNotes:
    """All that is stated of people, and what is wrong with it."""

    notes: tuple[PersonNote, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Their files in the library."""
        return tuple(note.path for note in self.notes)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """An episode that somebody is named in."""

    show: Show
    episode: Episode


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person as the public sees them: `roles` by how often, `heard` the newest first, `shows` that name them."""

    slug: str
    name: str
    roles: tuple[str, ...]
    heard: tuple[Heard, ...]
    shows: tuple[Show, ...]
    url: str | None = None
    note: PersonNote | None = None

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may list their page: a guest's only where a note says so."""
        if self.note is not None and self.note.index is not None:
            return self.note.index
        is_listed = not all(show.block for show in self.shows)
        return is_listed and any(role.lower() != GUEST for role in self.roles)


def credited(show: Show, episode: Episode) -> tuple[Person, ...]:
    """Who made or is heard in an episode: those it names, else those of its show."""
    return episode.people or show.people


def known_notes(notes: Iterable[PersonNote], slug_of_name: Mapping[str, str]) -> dict[str, PersonNote]:
    """The notes by every slug that a credit of theirs may have; `slug_of_name` gives the slug of a name."""
    found: dict[str, PersonNote] = {}
    for note in notes:
        names = (note.name, *note.names) if note.name else note.names
        for slug in (note.slug, *(slug_of_name[name] for name in names)):
            found.setdefault(slug, note)
    return found
