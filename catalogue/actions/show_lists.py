"""The lists of a catalogue's shows as they are served: OPML for apps, and a publisher feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from catalogue.actions.feed_body import FeedBody, whole_body
from catalogue.actions.shelf import Shelves
from catalogue.domain.catalogue import catalogue_title, listed_shows, publisher_guid
from catalogue.domain.links import Links
from catalogue.errors import NotFound
from catalogue.feed.show_list import render_opml, render_publisher

# A site has one base URL, and a check on the machine itself may have another.
_MOST = 8


class ShowLists:
    """Both lists, made once for each state of the catalogue and each base URL. Threads may share one."""

    def __init__(self) -> None:
        self._opml: dict[str, tuple[Shelves, FeedBody]] = {}
        self._publisher: dict[str, tuple[Shelves, FeedBody]] = {}

    def opml(self, shelves: Shelves, links: Links) -> FeedBody:
        """The list of all shows that may be listed."""
        return _kept(self._opml, shelves, links, _opml)

    def publisher(self, shelves: Shelves, links: Links) -> FeedBody:
        """The publisher feed; raises NotFound where there are not two shows to be named."""
        return _kept(self._publisher, shelves, links, _publisher)


def _kept(
    held: dict[str, tuple[Shelves, FeedBody]],
    shelves: Shelves,
    links: Links,
    make: Callable[[Shelves, Links], FeedBody],
) -> FeedBody:
    known = held.get(links.base_url)
    if known is None or known[0] is not shelves:
        if len(held) >= _MOST:
            held.clear()
        known = held[links.base_url] = (shelves, make(shelves, links))
    return known[1]


def _opml(shelves: Shelves, links: Links) -> FeedBody:
    shows = [shelf.show for shelf in shelves.shows]
    title = catalogue_title(shelves.catalogue, shows)
    return _body(render_opml(listed_shows(shows), links, title=title), shelves)


def _publisher(shelves: Shelves, links: Links) -> FeedBody:
    shows = [shelf.show for shelf in shelves.shows]
    guid = publisher_guid(shelves.catalogue, shows)
    if guid is None:
        raise NotFound("no-publisher", "There are not two shows here that a publisher feed could name.")
    title = catalogue_title(shelves.catalogue, shows)
    return _body(render_publisher(listed_shows(shows), links, title=title, guid=guid), shelves)


def _body(content: bytes, shelves: Shelves) -> FeedBody:
    changes = (shelf.row.changed_at for shelf in shelves.shows)
    return whole_body(content, changed_at=max(changes, default=datetime.fromtimestamp(0, UTC)))
