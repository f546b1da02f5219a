"""A publication in memory: as many shows, episodes and files as a test states."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import brotli
from builders import NOON

from catalogue.actions.coming import CalendarBody, calendar_feed, coming_events, settled_agenda
from catalogue.actions.offered_feeds import OtherFeed
from catalogue.actions.people import gather_people, notes_by_slug, person_slug
from catalogue.domain.agenda import Agenda
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.episode import Episode, newest_first
from catalogue.domain.events import Calendar, Upcoming
from catalogue.domain.links import Links
from catalogue.domain.listing import Listing
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.nearby import Nearby, Surroundings
from catalogue.domain.people import PersonNote, Somebody
from catalogue.domain.search import Answer, Asked, Choices
from catalogue.domain.seasons import last_first
from catalogue.domain.selection import WHOLE, Selection
from catalogue.domain.show import Show
from catalogue.domain.tags import CountedTag, count_tags
from catalogue.domain.written_page import WrittenPages
from catalogue.errors import CatalogueError, NotFound, Withdrawn

T = TypeVar("T")


@dataclass(frozen=True)
class FakeCoded:
    chunks: tuple[bytes, ...]

    @property
    def size_bytes(self) -> int:
        return sum(map(len, self.chunks))

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(b"".join(self.chunks)).hexdigest()[:16]}"'


@dataclass(frozen=True)
class FakeFeedBody:
    plain: FakeCoded
    changed_at: datetime
    due_at: datetime | None = None
    has_brotli: bool = False
    link: str | None = None

    @property
    def gzip(self) -> FakeCoded:
        return FakeCoded((gzip.compress(b"".join(self.plain.chunks), mtime=0),))

    @property
    def brotli(self) -> FakeCoded | None:
        return FakeCoded((brotli.compress(b"".join(self.plain.chunks)),)) if self.has_brotli else None


@dataclass(frozen=True, kw_only=True)
class FakeMedia:
    media_type: str
    kind: str
    size_bytes: int
    mtime_ns: int = 1_633_435_200_000_000_000
    path: Path | None = None
    body: bytes | None = None
    download_name: str = "file"


@dataclass
class FakePublication:
    """`errors` holds what looking up a slug or a hash raises; `spoken` the cues of a transcript by its hash.

    `answers` holds what a search finds, by its words.
    """

    listed: tuple[Show, ...] = ()
    held: dict[str, tuple[Episode, ...]] = field(default_factory=dict)
    files: dict[str, FakeMedia] = field(default_factory=dict)
    errors: dict[str, CatalogueError] = field(default_factory=dict)
    spoken: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    due_at: datetime | None = None
    has_brotli: bool = False
    link: str | None = None
    has_feeds_at_hand: bool = True
    ready: bool = True
    now_is: object | None = None
    """The state that pages are kept for; None: tests change what they like, and no page is kept."""
    turns_at: datetime = NOON + timedelta(hours=8)
    others: tuple[OtherFeed, ...] = ()
    agenda: Agenda = field(default_factory=Agenda)
    notes: tuple[PersonNote, ...] = ()
    written: WrittenPages = field(default_factory=WrittenPages)

    def catalogue(self) -> Catalogue:
        return Catalogue()

    def tags(self, now: datetime) -> tuple[CountedTag, ...]:
        return count_tags(one for show in self.listed for one in self.episodes(show, now))

    def pages(self) -> WrittenPages:
        return self.written

    def shows(self) -> tuple[Show, ...]:
        return self.listed

    def show(self, slug: str) -> Show:
        return self._found(slug, next((show for show in self.listed if show.slug == slug), None))

    def episodes(self, show: Show, now: datetime) -> tuple[Episode, ...]:
        return tuple(sorted((e for e in self.held.get(show.slug, ()) if e.is_public(now)), key=newest_first))

    def listing(self, show: Show, now: datetime) -> Listing:
        return Listing(show=show, episodes=self.episodes(show, now))

    def episode(self, show: Show, slug: str, now: datetime) -> Episode:
        episode = next((e for e in self.held.get(show.slug, ()) if e.slug == slug), None)
        if episode is not None and episode.withdrawn_at:
            raise Withdrawn("withdrawn", "It was withdrawn.")
        return self._found(slug, episode if episode and episode.is_public(now) else None)

    def nearby(self, show: Show, episode: Episode, now: datetime) -> Nearby:
        return Surroundings(last_first(show, self.episodes(show, now))).near(episode, now)

    def feed(self, show: Show, links: Links, now: datetime, selection: Selection = WHOLE) -> FakeFeedBody:
        if selection != WHOLE and selection not in (one.selection for one in self.others):
            raise NotFound("no-feed", "There is no such feed.")
        body = f"<rss><channel><link>{links.show(show)}</link>{selection.value}</channel></rss>".encode()
        changed_at = datetime(2021, 10, 5, 12, tzinfo=UTC)
        return FakeFeedBody(FakeCoded((body, body * 39)), changed_at, self.due_at, self.has_brotli, self.link)

    def feed_at_hand(self, slug: str, links: Links, now: datetime, selection: Selection = WHOLE) -> FakeFeedBody | None:
        found = next((show for show in self.listed if show.slug == slug), None)
        if found is None or found.moved_to or not self.has_feeds_at_hand or selection != WHOLE:
            return None
        return self.feed(found, links, now)

    def json_feed(self, show: Show, links: Links, now: datetime) -> FakeFeedBody:
        return FakeFeedBody(FakeCoded((b"{}",)), NOON)

    def other_feeds(self, show: Show, now: datetime) -> tuple[OtherFeed, ...]:
        return self.others

    def show_list(self, links: Links) -> FakeFeedBody:
        return FakeFeedBody(FakeCoded((b"<opml/>",)), NOON)

    def publisher(self, links: Links) -> FakeFeedBody:
        if len(self.listed) < 2:
            raise NotFound("no-publisher", "There are not two shows.")
        return FakeFeedBody(FakeCoded((b"<rss/>",)), NOON)

    def events(self, now: datetime) -> tuple[Upcoming, ...]:
        return coming_events(settled_agenda(self.agenda, self.listed), now)

    def event_notes(self) -> tuple[Calendar, ...]:
        return settled_agenda(self.agenda, self.listed).calendars

    def calendar_feed(self, links: Links) -> CalendarBody:
        if not self.agenda.is_offered:
            raise NotFound("no-events", "There are no events.")
        return calendar_feed(settled_agenda(self.agenda, self.listed), self.listed, links, title="Events")

    def people(self, now: datetime) -> tuple[Somebody, ...]:
        shows = [(show, self.episodes(show, now)) for show in self.listed]
        return gather_people(shows, notes_by_slug(self.notes))

    def person_slug(self, name: str) -> str | None:
        note = notes_by_slug(self.notes).get(slug := person_slug(name))
        return slug if note is None else note.slug if note.page else None

    def media(self, sha256: str, name: str, now: datetime) -> FakeMedia:
        return self._found(sha256, self.files.get(sha256))

    def media_anew(self, sha256: str, name: str, now: datetime) -> FakeMedia:
        return self.media(sha256, name, now)

    def cues(self, transcript: Transcript) -> tuple[Cue, ...]:
        return self.spoken.get(transcript.sha256, ())

    def search(self, asked: Asked, now: datetime) -> Answer:
        return self.answers.get(asked.words, Answer())

    def search_choices(self, now: datetime) -> Choices:
        return self.choices

    def first_feed(self) -> Show:
        return self.listed[0]

    def state(self) -> object | None:
        return self.now_is

    def holds_until(self, now: datetime) -> datetime:
        return self.turns_at

    def is_ready(self) -> bool:
        return self.ready

    def _found(self, name: str, found: T | None) -> T:
        if name in self.errors:
            raise self.errors[name]
        if found is None:
            raise NotFound("not-found", "There is no {name}.", name=name)
        return found
