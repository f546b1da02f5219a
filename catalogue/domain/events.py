"""Events: what happens when, once or again and again, as the library's `events.toml` and calendars state it.

An event's hour is what the clock on the wall shows in its zone, so that it stays the same when the clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from catalogue.domain.recurrence import Rule
from catalogue.domain.tongues import primary


class Said(NamedTuple):
    """Words, and the language that they are in."""

    text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class EventText:
    """What an event, or the list of all, says in one language."""

    language: str
    title: str = ""
    what: str | None = None
    audience: str | None = None
    where: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something people can come to.

    `id` is unique in the library and a slug. Without `first_on` nothing is said of when it is, without `at` nothing of
    the hour. `timezone` is an IANA name; None: the show's.
    """

    id: str
    title: str
    what: str | None = None
    audience: str | None = None
    language: str | None = None
    """In which language it is held, and its texts are written."""
    url: str | None = None
    organiser: str | None = None
    where: str | None = None
    online: bool = False
    first_on: date | None = None
    at: time | None = None
    timezone: str | None = None
    length: timedelta | None = None
    repeats: tuple[Rule, ...] = ()
    also_on: tuple[date, ...] = ()
    except_on: tuple[date, ...] = ()
    until: date | None = None
    tags: tuple[str, ...] = ()
    texts: tuple[EventText, ...] = ()
    uid: str | None = None
    """As the calendar that it was read from has it."""
    updated_at: datetime | None = None

    @property
    def is_repeated(self) -> bool:
        return bool(self.repeats or self.also_on)

    def said(self, name: str, language: str) -> Said:
        """Its `title`, `what`, `audience` or `where` in a language, else in its own; empty where it says nothing."""
        found = next((text for text in self.texts if _is_same(text.language, language) and getattr(text, name)), None)
        own = Said(getattr(self, name) or "", self.language or "")
        return Said(getattr(found, name), found.language) if found is not None else own


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The events of one file; `note` is what is to be known of all of them, `language` that of its texts."""

    path: str
    language: str | None = None
    note: str | None = None
    texts: tuple[EventText, ...] = ()
    events: tuple[Event, ...] = ()

    def note_in(self, language: str) -> Said | None:
        """The note in a language, else in the file's own; None where it has none."""
        found = next((text for text in self.texts if text.note and _is_same(text.language, language)), None)
        if found is not None and found.note:
            return Said(found.note, found.language)
        return Said(self.note, self.language or "") if self.note else None


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One day of an event. `starts_at` and `ends_at` (aware UTC) are None where no hour, or no length, is stated.

    `over_at` is when nobody needs to be told of it any more.
    """

    event: Event
    on: date
    starts_at: datetime | None
    ends_at: datetime | None
    over_at: datetime


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """An event with its next days, the nearest first; none where nothing says when it is."""

    event: Event
    days: tuple[Occurrence, ...] = ()


def _is_same(one: str, other: str) -> bool:
    """Whether two tags are one language, whatever the region: es and es-MX."""
    return primary(one) == primary(other)
