"""Which entries a feed holds, and where it stands among the feeds of its show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


def members_of(shelf: ShowShelf, selection: Selection, visible: Sequence[Entry], links: Links) -> Members:
    """Choose from the visible entries, newest first, what a feed of the show holds."""
    address = links.selected_feed(shelf.show, selection)
    if selection.kind in FILTERS:
        chosen = [one for one in visible if selection.holds(one.episode)]
        return Members(entries=chosen, trailers=_trailers(chosen), around=Around(address=address))
    if selection == WHOLE and not shelf.show.feed_episodes:
        return Members(entries=visible, trailers=_trailers(visible), around=None)
    if selection.kind is SelectionKind.ARCHIVE:
        return _archived(shelf, int(selection.value), visible, links)
    pages = {one.episode.guid: shelf.pages[one.episode.guid] for one in visible}
    least = shelf.show.feed_episodes or LATEST_ITEMS
    last = _last_archived(pages, least)
    # Where dates were changed later, the newest may be on any page: they are here, too.
    recent = [one for place, one in enumerate(visible) if place < least or (pages[one.episode.guid] or last + 1) > last]
    around = Around(address=address, prev_archive=_page_address(shelf, last or None, links))
    return Members(entries=recent, trailers=_trailers(visible), around=around)


def _archived(shelf: ShowShelf, number: int, visible: Sequence[Entry], links: Links) -> Members:
    pages = [shelf.pages[one.episode.guid] for one in visible]
    chosen = [one for one, page in zip(visible, pages, strict=True) if page == number]
    there = {page for page in pages if page is not None}
    around = Around(
        address=links.selected_feed(shelf.show, archive_page(number)),
        prev_archive=_page_address(shelf, max((one for one in there if one < number), default=None), links),
        next_archive=_page_address(shelf, min((one for one in there if one > number), default=None), links),
        current=links.selected_feed(shelf.show, WHOLE if shelf.show.feed_episodes else LATEST),
    )
    return Members(entries=chosen, trailers=_trailers(chosen), around=around)


def _last_archived(pages: Mapping[str, int | None], least: int) -> int:
    """The newest page that is older than the latest `least` episodes, so that these and the pages up to it are all.

    0: there is none.
    """
    counts = Counter(pages.values())
    count = counts.pop(None, 0)
    for page in sorted((one for one in counts if one is not None), reverse=True):
        if count >= least:
            return page
        count += counts[page]
    return 0


def _page_address(shelf: ShowShelf, number: int | None, links: Links) -> str | None:
    return links.selected_feed(shelf.show, archive_page(number)) if number is not None else None


def _trailers(entries: Iterable[Entry]) -> list[Entry]:
    return [one for one in entries if one.is_trailer]
