"""Feeds at hand: made once for each state of a show and each base URL, kept until something changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from catalogue.actions.feed_body import RSS_FEED, FeedBody, FeedMaker, Form
from catalogue.actions.feed_items import Stored
from catalogue.actions.shelf import Shelves, ShowShelf
from catalogue.domain.links import Links
from catalogue.errors import NotPublishable

# How long a feed that could not be made or packed is left alone, before it is tried again.
AGAIN = timedelta(seconds=30)
# A site has one base URL, and a check on the machine itself may have another; older ones are forgotten.
MOST_BASE_URLS = 3
# Of the feeds that are made only when somebody asks, so many are kept; most of them is the shows' own feeds anyway.
MOST_OTHERS = 64
# Base URL, GUID of the show, and the name of its feed: texts, whose hash costs nothing.
Key = tuple[str, str, str]
LOG = logging.getLogger("castalogue")
_UNMADE = "The feed of %s cannot be made, which is tried again; its last state is served, where there is one."


@dataclass(frozen=True, kw_only=True)
class Made:
    """A feed, and the state of the show that it was made of."""

    shelf: ShowShelf
    body: FeedBody
    form: Form = RSS_FEED

    def holds(self, shelf: ShowShelf, now: datetime) -> bool:
        """Whether it is still the feed of this state at `now`."""
        return self.shelf is shelf and (self.body.due_at is None or self.body.due_at > now)


@dataclass(frozen=True, kw_only=True)
class _Failure:
    """A state of a show that no feed could be made of, why, and when to try again."""

    shelf: ShowShelf
    why: Exception
    again_at: datetime


class ServedFeeds:
    """The feeds of a catalogue. Threads may share one; whoever has to wait for a feed waits for nothing else."""

    def __init__(self, stored: Stored, *, hub: str | None = None) -> None:
        self._stored, self._hub = stored, hub
        self._making = threading.Lock()
        self._makers: dict[str, dict[str, FeedMaker]] = {}
        self._made: dict[Key, Made] = {}
        self._unmade: dict[Key, _Failure] = {}
        self._unpacked: dict[Key, ShowShelf] = {}

    def at_hand(self, shelf: ShowShelf, links: Links, now: datetime, form: Form = RSS_FEED) -> FeedBody | None:
        """The feed, if it is there; None where it has to be made. Never waits."""
        made = self._made.get((links.base_url, shelf.show.guid, form.name))
        return made.body if made is not None and made.holds(shelf, now) else None

    def find(self, shelf: ShowShelf, links: Links, now: datetime, form: Form = RSS_FEED) -> FeedBody:
        """A feed of a show under a base URL, as it is at `now`."""
        body = self.at_hand(shelf, links, now, form)
        if body is not None:
            return body
        with self._making:
            body = self.at_hand(shelf, links, now, form)  # somebody else may have made it meanwhile
            if body is None:
                body = self._make(shelf, links, now, form)
                self._keep((links.base_url, shelf.show.guid, form.name), Made(shelf=shelf, body=body, form=form))
        return body

    def prepare(self, shelves: Shelves, links: Links, now: datetime) -> Mapping[Key, Made]:
        """Make what is not at hand of a state that nobody is shown yet; `show` puts it in its place.

        Only the shows' own feeds: others are made when somebody asks for them.
        """
        made: dict[Key, Made] = {}
        for shelf in shelves.shows:
            if self.at_hand(shelf, links, now) is not None:
                continue
            with self._making, suppress(NotPublishable):  # logged; whoever asks for it is told
                body = self._make(shelf, links, now, RSS_FEED)
                made[links.base_url, shelf.show.guid, RSS_FEED.name] = Made(shelf=shelf, body=body)
        return made

    def show(self, made: Mapping[Key, Made]) -> None:
        """Serve what was prepared."""
        with self._making:
            self._made |= made

    def forget(self, shelves: Shelves) -> None:
        """Let go of shows that are no more."""
        guids = {shelf.show.guid for shelf in shelves.shows}
        with self._making:
            self._made = {key: made for key, made in self._made.items() if key[1] in guids}
            self._unmade = {key: failure for key, failure in self._unmade.items() if key[1] in guids}
            self._unpacked = {key: shelf for key, shelf in self._unpacked.items() if key[1] in guids}
            for makers in self._makers.values():
                for guid in makers.keys() - guids:
                    del makers[guid]

    def pack(self) -> Iterator[FeedBody]:
        """Pack with brotli, one after another, what is served without; gives each as it is done.

        What cannot be packed is served in gzip, and packed by a later call where that is possible.
        """
        for key, made in tuple(self._made.items()):
            if made.body.brotli is not None or made.form != RSS_FEED:
                continue
            packed = self._packed(key, made)
            if packed is None:
                continue
            with self._making:
                if self._made.get(key) is made:
                    self._made[key] = replace(made, body=packed)
            yield packed

    def _packed(self, key: Key, made: Made) -> FeedBody | None:
        try:
            packed = made.body.with_brotli()
        except Exception:
            if self._unpacked.get(key) is not made.shelf:
                LOG.exception("The feed of %s cannot be packed with brotli; gzip is served.", made.shelf.show.slug)
            self._unpacked[key] = made.shelf
            return None
        self._unpacked.pop(key, None)
        return packed

    def _make(self, shelf: ShowShelf, links: Links, now: datetime, form: Form) -> FeedBody:
        """Make a feed; where that fails, whatever the reason, the last one is served and this tried again later."""
        key = (links.base_url, shelf.show.guid, form.name)
        failure = self._unmade.get(key)
        if failure is None or failure.shelf is not shelf or failure.again_at <= now:
            try:
                body = self._maker(shelf, links).make(shelf, now, form)
            except Exception as error:
                if failure is None or failure.shelf is not shelf:
                    LOG.exception(_UNMADE, shelf.show.slug)
                failure = self._unmade[key] = _Failure(shelf=shelf, why=error, again_at=now + AGAIN)
            else:
                self._unmade.pop(key, None)
                return body
        made = self._made.get(key)
        if made is None:
            raise NotPublishable("feed-unmade", "The feed cannot be made: {why}.", why=failure.why) from failure.why
        return replace(made.body, due_at=failure.again_at)

    def _keep(self, key: Key, made: Made) -> None:
        """Keep a feed; of those that are not a show's own, the one asked for longest ago makes room."""
        self._made.pop(key, None)
        self._made[key] = made
        others = [other for other, one in self._made.items() if one.form != RSS_FEED]
        for old in others[:-MOST_OTHERS]:
            forgotten = self._made.pop(old)
            maker = self._makers.get(old[0], {}).get(old[1])
            if maker is not None:
                maker.forget(forgotten.form)

    def _maker(self, shelf: ShowShelf, links: Links) -> FeedMaker:
        """The maker of a show's feed under a base URL; the base URL asked for longest ago makes room."""
        makers = self._makers[links.base_url] = self._makers.pop(links.base_url, {})
        while len(self._makers) > MOST_BASE_URLS:
            forgotten = next(iter(self._makers))
            del self._makers[forgotten]
            self._made = {key: made for key, made in self._made.items() if key[0] != forgotten}
        return makers.setdefault(shelf.show.guid, FeedMaker(links, self._stored, hub=self._hub))
