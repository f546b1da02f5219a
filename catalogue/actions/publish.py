"""What visitors and apps may see at a given moment: the one object that the site asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from catalogue.actions.feed_body import FeedBody, render_body
from catalogue.actions.public_pieces import not_found, public_episode
from catalogue.actions.served_media import Media, ServedMedia
from catalogue.actions.shelf import Shelves, read_shelves
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.show import Show
from catalogue.errors import Moved
from catalogue.ports import LibraryStorage
from catalogue.store.index import Index

# How long a process may go without asking whether another one has indexed.
LOOK_EVERY_SECONDS = 1.0


class Publication:
    """The catalogue as the public may see it. Threads may share one."""

    def __init__(
        self,
        index: Index,
        storage: LibraryStorage,
        derived: Path,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._index, self._monotonic = index, monotonic
        self._media = ServedMedia(index, storage, derived)
        self._lock, self._rendering = threading.Lock(), threading.Lock()
        self._shelves: Shelves | None = None
        self._looked_at = float("-inf")
        self._feeds: dict[tuple[str, str], tuple[int, FeedBody]] = {}

    def catalogue(self) -> Catalogue:
        """What is true of the whole library."""
        return self._now().catalogue

    def shows(self) -> tuple[Show, ...]:
        """All shows in the library's order; the first is the main one."""
        return tuple(shelf.show for shelf in self._now().shows)

    def show(self, slug: str) -> Show:
        """Find a show; raises Moved (to its slug of today), NotFound."""
        return self._now().show(slug).show

    def episodes(self, show: Show, now: datetime) -> tuple[Episode, ...]:
        """A show's episodes that are public at `now`, newest first."""
        shelf = self._now().shelf(show)
        return tuple(episode for episode in shelf.episodes if episode.is_public(now))

    def episode(self, show: Show, slug: str, now: datetime) -> Episode:
        """Find a public episode; raises Moved (to its slug of today), Withdrawn, MediaError, NotFound."""
        row = self._now().shelf(show).rows.get(slug)
        if row is None:
            raise not_found()
        episode = public_episode(row, now)
        if episode.slug != slug:
            raise Moved(episode.slug)
        return episode

    def feed(self, show: Show, links: Links, now: datetime) -> FeedBody:
        """The show's feed under a base URL, as it is at `now`; rendered once for each state."""
        shelves = self._now()
        key = (show.guid, links.base_url)
        with self._rendering:  # pages do not wait for it
            revision, feed = self._feeds.get(key, (-1, None))
            is_current = feed is not None and revision >= shelves.revision
            if feed is None or not is_current or (feed.due_at is not None and feed.due_at <= now):
                feed = render_body(shelves.shelf(show), links, now)
                self._feeds[key] = (shelves.revision, feed)
        return feed

    def media(self, sha256: str, name: str, now: datetime) -> Media:
        """What has, or had, this hash; raises Moved (to a path), Withdrawn, MediaError, NotFound."""
        return self._media.find(self._now(), sha256, name, now=now)

    def media_anew(self, sha256: str, name: str, now: datetime) -> Media:
        """As `media`, asking the index again: for a file that is not as it was remembered."""
        return self._media.find_anew(self._now(), sha256, name, now=now)

    def cues(self, transcript: Transcript) -> tuple[Cue, ...]:
        """A transcript's sentences; empty where the file has gone since."""
        return self._media.cues(transcript)

    def first_feed(self) -> Show:
        """The show that `/feed.xml` means for ever: the one seen first."""
        shows = self.shows()
        if not shows:
            raise not_found()
        return min(shows, key=lambda show: (show.first_seen_at, show.guid))

    def is_ready(self) -> bool:
        """Whether the index answers."""
        return self._index.revision() >= 0

    def _now(self) -> Shelves:
        shelves = self._shelves
        if shelves is not None and self._monotonic() - self._looked_at < LOOK_EVERY_SECONDS:
            return shelves
        with self._lock:
            if self._shelves is None or self._index.revision() != self._shelves.revision:
                self._shelves = read_shelves(self._index)
            self._looked_at = self._monotonic()
            return self._shelves
