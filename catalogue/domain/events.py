"""Events: what happens when, once or again and again, as the library's `events.toml` and calendars state it.

An event's hour is what the clock on the wall shows in its zone, so that it stays the same when the clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from catalogue.domain.recurrence import Rule


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

    def text_in(self, language: str) -> EventText:
        """What it says in a language, else in its own; what a translation leaves out is said as it is."""
        own = EventText(
            language=self.language or "", title=self.title, what=self.what, audience=self.audience, where=self.where
        )
        found = next((text for text in self.texts if _is_same(text.language, language)), None)
        if found is None:
            return own
        kept = {name: getattr(found, name) or getattr(own, name) for name in ("title", "what", "audience", "where")}
        return replace(found, **kept)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The events of one file; `note` is what is to be known of all of them, `language` that of its texts."""

    path: str
    language: str | None = None
    note: str | None = None
    texts: tuple[EventText, ...] = ()
    events: tuple[Event, ...] = ()

    def note_in(self, language: str) -> EventText | None:
        """The note in a language, else in the file's own; None where it has none."""
        found = next((text for text in self.texts if text.note and _is_same(text.language, language)), None)
        own = EventText(language=self.language or "", note=self.note) if self.note else None
        return found or own


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
    return one.lower().partition("-")[0] == other.lower().partition("-")[0]
