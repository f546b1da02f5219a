"""What a visitor asks the search, and what is answered: the sentences found, and where each was said or written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from catalogue.domain.episode import Episode
from catalogue.domain.show import Show

HITS_A_PAGE = 10
# So many sentences of one hit are shown.
SENTENCES = 3
# Longer queries are cut: no reader asks for more words at once, and each is a look into the index.
MOST_WORDS = 32


class Kind(StrEnum):
    """What can be found."""

    EPISODE = "episode"
    TOPIC = "topic"
    EVENT = "event"


class Place(StrEnum):
    """Where in it a sentence stands; in the order of their weight."""

    TITLE = "title"
    PERSON = "person"
    CHAPTER = "chapter"
    SUMMARY = "summary"
    NOTES = "notes"
    TRANSCRIPT = "transcript"


class Understood(StrEnum):
    """What could be made of the words asked for."""

    ASKED = "asked"
    EMPTY = "empty"
    """No word, or nothing but signs."""
    ONLY_MINUS = "only-minus"
    """Only words that should not be there: that is nearly everything, so nothing is looked for."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question: `words` as typed (see docs/search.md), the filters as the values of `Choices`, pages from 1.

    `spoken` is what the page speaks: what is found in several languages is shown in this one.
    """

    words: str
    spoken: str = ""
    show: str | None = None
    person: str | None = None
    topic: str | None = None
    year: int | None = None
    language: str | None = None
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of text that can be found: a title, a name, a paragraph, a cue; `start` is its moment in the audio."""

    place: Place
    text: str
    start: timedelta | None = None
    speaker: str | None = None


@dataclass(frozen=True, kw_only=True)
class Name:
    """A person or a topic of a document: `value` stands in addresses, `label` is what people read."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """All texts of one thing in one language, in the order in which they stand.

    `show_guid` is empty where it belongs to no show; `guid` of a topic or an event is its slug. `public_at` (aware
    UTC) is when it may first be found; None: whenever, and it is of no year.
    """

    kind: Kind
    show_guid: str = ""
    guid: str
    language: str
    title: str
    public_at: datetime | None = None
    passages: tuple[Passage, ...]
    people: tuple[Name, ...] = ()
    topics: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """A whole sentence in which something stands that was asked for.

    `marks` are the places in `text` that matched, as ranges of characters, in order, none over another. `start` is
    the moment at which it is said, `speaker` who says it, where the transcript tells.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    place: Place
    start: timedelta | None = None
    speaker: str | None = None
    language: str


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something found: its best sentences first, at most SENTENCES.

    `guid` of a topic or event is its slug. `show` and `episode` are as they are now; None for what is no episode.
    `language` is that of the texts found.
    """

    kind: Kind
    show_guid: str
    guid: str
    language: str
    title: str
    found: tuple[Found, ...]
    show: Show | None = None
    episode: Episode | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page of what was found, best first; `count` is how many there are on all pages.

    `page` is the page shown (one past the end is the last), `suggestion` the words as they may have been meant, where
    little was found; `is_shortened` says that only the first MOST_WORDS words were looked for.
    """

    hits: tuple[Hit, ...] = ()
    count: int = 0
    page: int = 1
    last_page: int = 1
    suggestion: str | None = None
    understood: Understood = Understood.ASKED
    is_shortened: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a filter: `value` stands in the address, `count` is how many can be found under it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the filters offer, each in the order in which it is to be shown.

    Shows have their slug as value and their title as label; people and topics are the most frequent first; years the
    latest first; languages are BCP 47 tags, whose label is the tag itself: the page names them.
    """

    shows: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    topics: tuple[Choice, ...] = ()
    years: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
