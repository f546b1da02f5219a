"""The form of an episode as a browser sends it, and as a page shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from catalogue.actions.note_form import FIELDS, NOTES, SPARE_PEOPLE, NoteTexts, PersonTexts
from web.studio.faults import Told

# More people than anybody named, and no more work than that for who sends more.
MOST_PEOPLE = 100
_DAY, _TIME = re.compile(r"(\d{4}-\d{2}-\d{2})?", re.ASCII), re.compile(r"(\d{2}:\d{2}(:\d{2})?)?", re.ASCII)
_NAMES = (*(name for one in FIELDS for name in one.names), NOTES)


@dataclass(frozen=True, kw_only=True)
class Form:
    """What the page shows: texts, people with some empty lines, faults, and what `theirs` says where that differs."""

    texts: NoteTexts
    version: str
    faults: tuple[Told, ...] = ()
    theirs: Mapping[str, str] = field(default_factory=dict)
    their_people: tuple[str, ...] | None = None

    @property
    def has_day(self) -> bool:
        """Whether a field for days can show its day: such fields show nothing of what is none."""
        return _DAY.fullmatch(self.texts["published"]) is not None

    @property
    def has_time(self) -> bool:
        """The same of its time."""
        return _TIME.fullmatch(self.texts["published_time"]) is not None

    @property
    def people(self) -> tuple[PersonTexts, ...]:
        """Everybody who is named, and room for more."""
        return (*(self.texts.people or ()), *(PersonTexts() for _ in range(SPARE_PEOPLE)))


def read_form(sent: MultiDict[str, str]) -> NoteTexts:
    """Read what a browser sent; a field that was not on its page is not there."""
    texts = {name: sent[name] for name in _NAMES if name in sent}
    if "person_name" not in sent:
        return NoteTexts(fields=texts, people=None)
    lines = zip(*(sent.getlist(f"person_{name}") for name in ("name", "role", "url", "place")), strict=False)
    people = tuple(_person(*line) for line, _ in zip(lines, range(MOST_PEOPLE), strict=False))
    return NoteTexts(fields=texts, people=tuple(one for one in people if one.name or one.place is not None))


def compared(mine: NoteTexts, theirs: NoteTexts, *, version: str, faults: tuple[Told, ...] = ()) -> Form:
    """The form with what was typed in it and, at each field where that is another, what stands in the note now.

    It carries the version of today: to save it is to have seen both.
    """
    kept = replace(mine, fields={**theirs.fields, **mine.fields})
    other = {name: theirs[name] for name in mine.fields if _plain(mine[name]) != _plain(theirs[name])}
    is_same = mine.people is None or _names(mine) == _names(theirs)
    if mine.people is None:
        kept = replace(kept, people=theirs.people)
    their_people = None if is_same else tuple(one.name for one in theirs.people or ())
    return Form(texts=kept, version=version, faults=faults, theirs=other, their_people=their_people)


def _person(name: str, role: str, url: str, place: str) -> PersonTexts:
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else None
    return PersonTexts(name=" ".join(name.split()), role=role.strip(), url=url.strip(), place=number)


def _names(texts: NoteTexts) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.name, one.role, one.url) for one in texts.people or () if one.name)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
