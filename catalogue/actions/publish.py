"""What visitors and apps may see at a given moment: the one object that the site asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from catalogue.actions.coming import CalendarBody, calendar_feed, coming_until, held_until
from catalogue.actions.counted_tags import Tags
from catalogue.actions.due import next_due
from catalogue.actions.feed_body import JSON_FEED, RSS_FEED, FeedBody, Form
from catalogue.actions.followed_index import FollowedIndex
from catalogue.actions.former import Former, former_addresses, former_pages
from catalogue.actions.kept import Kept
from catalogue.actions.members_area import MembersArea, MembersView
from catalogue.actions.named_people import named_people
from catalogue.actions.nearby_episodes import NearbyEpisodes
from catalogue.actions.offered_feeds import OfferedFeeds, OtherFeed, is_offered
from catalogue.actions.people import person_slug
from catalogue.actions.preview_area import PreviewArea, PreviewView
from catalogue.actions.public_episodes import PublicEpisodes
from catalogue.actions.public_pieces import not_found, public_episode
from catalogue.actions.searching import Searching
from catalogue.actions.served_feeds import Key, Made, ServedFeeds
from catalogue.actions.served_media import Media, ServedMedia
from catalogue.actions.shelf import Shelves
from catalogue.actions.show_lists import ShowLists
from catalogue.actions.standing import Turns
from catalogue.domain.catalogue import Catalogue, catalogue_title
from catalogue.domain.episode import Episode
from catalogue.domain.events import Calendar, Upcoming
from catalogue.domain.links import Links
from catalogue.domain.listing import Listing
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.nearby import Nearby
from catalogue.domain.people import Somebody
from catalogue.domain.search import Answer, Asked, Choices
from catalogue.domain.selection import WHOLE, Selection
from catalogue.domain.show import Show
from catalogue.domain.tags import CountedTag
from catalogue.domain.written_page import WrittenPages
from catalogue.errors import Moved, NotFound
from catalogue.ports import LibraryStorage
from catalogue.store.index import Index


class Publication:
    """The catalogue as the public may see it. Threads may share one."""

    def __init__(
        self,
        index: Index,
        storage: LibraryStorage,
        derived: Path,
        *,
        hub: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hub` is the WebSub hub that the feeds name; None: they name none."""
        self._index, self._followed = index, FollowedIndex(index, monotonic=monotonic)
        self._media = ServedMedia(index, storage, derived)
        self._nearby = NearbyEpisodes()
        self._lists, self._offered = ShowLists(), OfferedFeeds()
        self._events, self._people = Kept[tuple[Upcoming, ...]](), Kept[tuple[Somebody, ...]]()
        self._searching = Searching(index)
        self._tags = Tags()
        self._feeds = ServedFeeds(index.fragments, hub=hub)
        self._public, self._turns = PublicEpisodes(), Turns()
        self._members = MembersArea(index, self._media)
        self._previews = PreviewArea(index, self._media)

    def catalogue(self) -> Catalogue:
        """What is true of the whole library."""
        return self._now().catalogue

    def tags(self, now: datetime) -> tuple[CountedTag, ...]:
        """The tags of all episodes that are public at `now`, by name."""
        return self._tags.of(self._now(), now)

    def pages(self) -> WrittenPages:
        """The pages that somebody wrote for the site: about topics, and plain ones; drafts too."""
        return self._now().pages

    def shows(self) -> tuple[Show, ...]:
        """All shows in the library's order; the first is the main one."""
        return tuple(shelf.show for shelf in self._now().shows)

    def show(self, slug: str) -> Show:
        """Find a show; raises Moved (to its slug of today), NotFound."""
        return self._now().show(slug).show

    def episodes(self, show: Show, now: datetime) -> tuple[Episode, ...]:
        """A show's episodes that are public at `now`, newest first."""
        return self.listing(show, now).episodes

    def listing(self, show: Show, now: datetime) -> Listing:
        """The same as lists give them: in the order of the show, and by season."""
        return self._public.of(self._now().shelf(show), now)

    def known_pages(self, show: Show) -> frozenset[str]:
        """Pages of episodes that are public or will be, under earlier slugs too: `mulch/`, `mulch/es/`."""
        rows = self._now().shelf(show).rows
        return frozenset(
            page
            for slug, row in rows.items()
            if row.episode and _is_meant_for_all(row.episode)
            for page in (f"{slug}/", *(f"{slug}/{one.language.lower()}/" for one in row.episode.translations))
        )

    def episode(self, show: Show, slug: str, now: datetime) -> Episode:
        """Find a public episode; raises Moved (to its slug of today), Withdrawn, MediaError, NotFound."""
        row = self._now().shelf(show).rows.get(slug)
        if row is None:
            raise not_found()
        episode = public_episode(row, now)
        if episode.slug != slug:
            raise Moved(episode.slug)
        return episode

    def nearby(self, show: Show, episode: Episode, now: datetime) -> Nearby:
        """The neighbours of an episode, and others about the same."""
        return self._nearby.of(self._now().shelf(show), episode, now)

    def feed(self, show: Show, links: Links, now: datetime, selection: Selection = WHOLE) -> FeedBody:
        """A feed of the show under a base URL, as it is at `now`; made once for each state.

        Raises NotFound where nothing public is in the selection.
        """
        shelf = self._now().shelf(show)
        if selection != WHOLE and not is_offered(shelf, selection, now):
            raise NotFound("no-feed", "There is nothing that this feed could hold.")
        return self._feeds.find(shelf, links, now, Form(selection=selection))

    def json_feed(self, show: Show, links: Links, now: datetime) -> FeedBody:
        """The show's feed as a JSON Feed."""
        return self._feeds.find(self._now().shelf(show), links, now, JSON_FEED)

    def feed_at_hand(self, slug: str, links: Links, now: datetime, selection: Selection = WHOLE) -> FeedBody | None:
        """A feed of the show with this slug, if it can be had without waiting for anything; else None.

        So it is for a feed that has moved to another host: nobody is to be served it here.
        """
        shelves = self._followed.at_hand()
        shelf = shelves.by_slug.get(slug) if shelves is not None else None
        if shelf is None or (shelf.show.moved_to is not None and selection.is_same_podcast):
            return None
        form = RSS_FEED if selection is WHOLE else Form(selection=selection)
        return self._feeds.at_hand(shelf, links, now, form)

    def other_feeds(self, show: Show, now: datetime) -> tuple[OtherFeed, ...]:
        """The feeds that a show has beside its own, as pages offer them."""
        return self._offered.of(self._now().shelf(show), now)

    def show_list(self, links: Links) -> FeedBody:
        """The list of all shows, in OPML."""
        return self._lists.opml(self._now(), links)

    def publisher(self, links: Links) -> FeedBody:
        """The catalogue's publisher feed; raises NotFound where there are not two shows to be named."""
        return self._lists.publisher(self._now(), links)

    def events(self, now: datetime) -> tuple[Upcoming, ...]:
        """The events that are not over at `now`, the nearest first."""
        shelves = self._now()
        return self._events.of(shelves, now, lambda: coming_until(shelves.agenda, now))

    def event_notes(self) -> tuple[Calendar, ...]:
        """The calendars that have something to be known of all their events."""
        return tuple(one for one in self._now().agenda.calendars if one.note and one.events)

    def calendar_feed(self, links: Links) -> CalendarBody:
        """All events as iCalendar; raises NotFound where the library never had a file of events."""
        shelves = self._now()
        if not shelves.agenda.is_offered:
            raise NotFound("no-events", "There are no events.")
        shows = [one.show for one in shelves.shows]
        only = shows[0].title if len(shows) == 1 else None
        title = shelves.catalogue.title or only or catalogue_title(shelves.catalogue, shows)
        return calendar_feed(shelves.agenda, shows, links, title=title)

    def people(self, now: datetime) -> tuple[Somebody, ...]:
        """Everybody named in what is public at `now`, by name; without those who want no page."""
        shelves = self._now()
        return self._people.of(shelves, now, lambda: named_people(shelves, now))

    def person_slug(self, name: str) -> str | None:
        """The end of the address of the page about somebody who is named on a page; None: they want none."""
        note = self._now().notes_by_slug.get(slug := person_slug(name))
        return slug if note is None else note.slug if note.page else None

    def media(self, sha256: str, name: str, now: datetime) -> Media:
        """What has, or had, this hash; raises Moved (to a path), Withdrawn, MediaError, NotFound."""
        return self._media.find(self._now(), sha256, name, now=now)

    def media_anew(self, sha256: str, name: str, now: datetime) -> Media:
        """As `media`, asking the index again: for a file that is not as it was remembered."""
        return self._media.find_anew(self._now(), sha256, name, now=now)

    def cues(self, transcript: Transcript) -> tuple[Cue, ...]:
        """A transcript's sentences; empty where the file has gone since."""
        return self._media.cues(transcript)

    def member(self, token: str, links: Links) -> MembersView:
        """What the member of a show with this token may have; raises NotFound, Withdrawn (it was revoked)."""
        return self._members.enter(token, self._now(), links)

    def preview(self, token: str, now: datetime) -> PreviewView:
        """What the guest with this token may have; raises Moved (to a path: it is public), NotFound, Withdrawn."""
        return self._previews.enter(token, self._now(), now=now)

    def search(self, asked: Asked, now: datetime) -> Answer:
        """What is found of what is public at `now`; raises StoreError."""
        return self._searching.answer(self._now(), asked, now)

    def search_choices(self, now: datetime) -> Choices:
        """What a search can be narrowed to."""
        return self._searching.choices(self._now(), now)

    def former(self, now: datetime) -> tuple[Former, ...]:
        """Addresses that were public once and are not any more, as they are answered at `now`."""
        return (*former_addresses(self._now(), now), *former_pages(self.pages()))

    def due_at(self, now: datetime) -> datetime | None:
        """When what may be seen changes by itself the next time after `now`; None where nothing is waiting."""
        moments = (next_due(self._now(), now), held_until(self.events(now), now))
        return min((moment for moment in moments if moment is not None), default=None)

    def first_feed(self) -> Show:
        """The show that `/feed.xml` means for ever: the one seen first."""
        shows = self.shows()
        if not shows:
            raise not_found()
        return min(shows, key=lambda show: (show.first_seen_at, show.guid))

    def state(self) -> object | None:
        """The state of the catalogue, another object after each change; None where it would have to be waited for."""
        return self._followed.at_hand()

    def holds_until(self, now: datetime) -> datetime:
        """When the clock alone may next change what pages say."""
        return self._turns.after(self._now(), now)

    def is_ready(self) -> bool:
        """Whether the index answers."""
        return self._index.revision() >= 0

    def begin_in_this_process(self) -> None:
        """Share no connection with the process that this one was forked from."""
        self._index.begin_in_this_process()

    def followed_by(self, reader: threading.Thread) -> None:
        """As long as this thread lives, it calls `refresh`, and nobody else asks the database what is new."""
        self._followed.followed_by(reader)

    def refresh(self, links: Links, now: datetime) -> bool:
        """Read what is new and make the feeds of it, then show both at once; whether there was anything.

        While the index cannot be read, its last state is served. Raises StoreError where there is none yet.
        """

        def show(shelves: Shelves, made: Mapping[Key, Made]) -> None:
            self._feeds.show(made)
            self._feeds.forget(shelves)

        return bool(self._followed.renew(lambda shelves: self._feeds.prepare(shelves, links, now), show))

    def pack_feeds(self) -> Iterator[FeedBody]:
        """Pack with brotli what is served without, one feed after another."""
        return self._feeds.pack()

    def _now(self) -> Shelves:
        return self._followed.now()


def _is_meant_for_all(episode: Episode) -> bool:
    return episode.published_at is not None and episode.is_public(episode.published_at)
