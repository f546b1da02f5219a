"""Which entries a feed holds, and where it stands among the feeds of its show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from catalogue.actions.feed_entries import Entry
from catalogue.actions.shelf import ShowShelf
from catalogue.domain.links import Links
from catalogue.domain.selection import FILTERS, LATEST, WHOLE, Selection, SelectionKind, archive_page
from catalogue.feed.around import Around

# How many episodes the light feed has at least, where the show does not say.
LATEST_ITEMS = 50


@dataclass(frozen=True, kw_only=True)
class Members:
    """The entries of a feed, newest first, those that its head names as trailers, and what is around it.

    `around` None: the show's own feed, and whole.
    """

    entries: Sequence[Entry]
    trailers: Sequence[Entry]
    around: Around | None


@dataclass(frozen=True, kw_only=True)
class Visible:
    """What is public of a show, newest first; `by_page` is by the page of the archive, None: on none yet."""

    shelf: ShowShelf
    entries: Sequence[Entry]

    @cached_property
    def by_page(self) -> Mapping[int | None, Sequence[Entry]]:
        """Worked out once for all pages of the archive."""
        found: dict[int | None, list[Entry]] = {}
        for one in self.entries:
            found.setdefault(self.shelf.by_guid[one.episode.guid].line.page, []).append(one)
        return found


def members_of(visible: Visible, selection: Selection, links: Links) -> Members:
    """Choose from what is visible what a feed of the show holds."""
    shelf, entries = visible.shelf, visible.entries
    address = links.selected_feed(shelf.show, selection)
    if selection.kind in FILTERS:
        chosen = [one for one in entries if selection.holds(one.episode)]
        return Members(entries=chosen, trailers=_trailers(chosen), around=Around(address=address))
    if selection == WHOLE and not shelf.show.feed_episodes:
        return Members(entries=entries, trailers=_trailers(entries), around=None)
    if selection.kind is SelectionKind.ARCHIVE:
        return _archived(visible, int(selection.value), links)
    least = shelf.show.feed_episodes or LATEST_ITEMS
    last = _last_archived(visible, least)
    # Where dates were changed later, the newest may be on any page: they are here, too.
    older = {id(one) for page, found in visible.by_page.items() if page is not None and page <= last for one in found}
    recent = [one for place, one in enumerate(entries) if place < least or id(one) not in older]
    around = Around(address=address, prev_archive=_page_address(shelf, last or None, links))
    return Members(entries=recent, trailers=_trailers(entries), around=around)


def _archived(visible: Visible, number: int, links: Links) -> Members:
    shelf, chosen = visible.shelf, visible.by_page.get(number, ())
    there = [page for page in visible.by_page if page is not None]
    around = Around(
        address=links.selected_feed(shelf.show, archive_page(number)),
        prev_archive=_page_address(shelf, max((one for one in there if one < number), default=None), links),
        next_archive=_page_address(shelf, min((one for one in there if one > number), default=None), links),
        current=links.selected_feed(shelf.show, WHOLE if shelf.show.feed_episodes else LATEST),
    )
    return Members(entries=chosen, trailers=_trailers(chosen), around=around)


def _last_archived(visible: Visible, least: int) -> int:
    """The newest page that is older than the latest `least` episodes, so that these and the pages up to it are all.

    0: there is none.
    """
    count = len(visible.by_page.get(None, ()))
    for page in sorted((one for one in visible.by_page if one is not None), reverse=True):
        if count >= least:
            return page
        count += len(visible.by_page[page])
    return 0


def _page_address(shelf: ShowShelf, number: int | None, links: Links) -> str | None:
    return links.selected_feed(shelf.show, archive_page(number)) if number is not None else None


def _trailers(entries: Iterable[Entry]) -> list[Entry]:
    return [one for one in entries if one.is_trailer]
