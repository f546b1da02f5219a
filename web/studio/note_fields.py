"""The form of an episode as a browser sends it, and as a page shows it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from catalogue.actions.note_form import FIELDS, NOTES, SPARE_PEOPLE, NoteTexts, PersonTexts
from web.studio.faults import Told

# More people than anybody named, and no more work than that for who sends more.
MOST_PEOPLE = 100
PEOPLE = "people"
_DAY, _TIME = re.compile(r"(\d{4}-\d{2}-\d{2})?", re.ASCII), re.compile(r"(\d{2}:\d{2}(:\d{2})?)?", re.ASCII)
_NAMES = (*(name for one in FIELDS for name in one.names), NOTES)


@dataclass(frozen=True, kw_only=True)
class Form:
    """What the page shows: texts, people with some empty lines, faults, and what `theirs` says where that differs."""

    texts: NoteTexts
    version: str
    base: str
    """Digests of what each field was filled with, so that it can be told which of them somebody changed."""
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


def form_of(texts: NoteTexts, *, version: str, faults: tuple[Told, ...] = ()) -> Form:
    """The form of a note as it stands."""
    return Form(texts=texts, version=version, base=_base(texts), faults=faults)


def compared(mine: NoteTexts, theirs: NoteTexts, *, version: str, base: str) -> Form:
    """The form of a note that somebody else changed meanwhile; `base` are the digests that came with mine.

    A field that was not touched is theirs; one that was has what was typed, and theirs beside it where that is
    another. It carries the version of today: to save it is to have seen both.
    """
    known = dict(one.split(":", 1) for one in base.split() if ":" in one)
    typed = {name for name in mine.fields if known.get(name) != _digest(mine[name])}
    fields = {**theirs.fields, **{name: mine[name] for name in typed}}
    other = {name: theirs[name] for name in typed if _plain(mine[name]) != _plain(theirs[name])}
    has_people = mine.people is not None and known.get(PEOPLE) != _digest(_said(mine))
    is_same = not has_people or _said(mine) == _said(theirs)
    return Form(
        texts=NoteTexts(fields=fields, people=mine.people if has_people else theirs.people),
        version=version,
        base=_base(theirs),
        theirs=other,
        their_people=None if is_same else tuple(one.name for one in theirs.people or ()),
    )


def _base(texts: NoteTexts) -> str:
    digests = {**{name: _digest(text) for name, text in texts.fields.items()}, PEOPLE: _digest(_said(texts))}
    return " ".join(f"{name}:{digest}" for name, digest in digests.items())


def _digest(text: str) -> str:
    return hashlib.sha256(_plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(texts: NoteTexts) -> str:
    """What is said of people, on one line each."""
    return "\n".join(f"{one.name}\t{one.role}\t{one.url}" for one in texts.people or () if one.name)


def _person(name: str, role: str, url: str, place: str) -> PersonTexts:
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else None
    return PersonTexts(name=" ".join(name.split()), role=role.strip(), url=url.strip(), place=number)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
