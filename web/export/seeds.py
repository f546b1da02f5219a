"""Where a crawl of the site begins: the home, and what apps and old links ask for though no page leads there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote, urlsplit

from catalogue.actions.archiving import PAGE_ITEMS
from catalogue.domain import patterns
from catalogue.domain.links import Links
from catalogue.domain.listing import Listing
from catalogue.domain.selection import LATEST, archive_page
from catalogue.domain.show import Show
from web.assets import Assets
from web.published import Publication
from web.site import last_page_of

# For whoever watches a process; files have none.
_OF_A_PROCESS = (patterns.HEALTH, patterns.READY)
PATHS = Links("")


def feed_paths(publication: Publication, now: datetime) -> tuple[str, ...]:
    """Every feed; some may not be there."""
    found = [patterns.SHOW_LIST, patterns.PUBLISHER_FEED]
    for show in publication.shows():
        others = (one.selection for one in publication.other_feeds(show, now))
        selections = dict.fromkeys((LATEST, *others))
        found += [PATHS.feed(show), PATHS.json_feed(show), *(PATHS.selected_feed(show, one) for one in selections)]
        pages = len(publication.episodes(show, now)) // PAGE_ITEMS
        found += [PATHS.selected_feed(show, archive_page(number)) for number in range(pages, 0, -1)]
    return tuple(found)


def page_paths(publication: Publication, base_url: str, now: datetime) -> Iterator[str]:
    """All other addresses that are known beforehand, the home first; some may not be there, some redirect."""
    yield from (pattern for pattern in patterns.PATTERNS if "<" not in pattern and pattern not in _OF_A_PROCESS)
    for show in publication.shows():
        yield PATHS.show(show)
        yield f"{PATHS.show(show)}page/1/"
        yield from _list_paths(publication.listing(show, now))
        yield from _old_feeds(show, base_url)
        for episode in publication.episodes(show, now):
            yield PATHS.episode(show, episode)
            yield from (PATHS.translation(show, episode, one.language) for one in episode.translations)


def _list_paths(listing: Listing) -> Iterator[str]:
    """The pages of the lists, though each leads to the next: one after another, only one process would be busy."""
    show = listing.show
    for number in range(2, last_page_of(listing.in_order) + 1):
        yield PATHS.show_page(show, number)
    for season, episodes in listing.by_season.items():
        for number in range(2, last_page_of(episodes) + 1):
            yield PATHS.season(show, season, number)


def asset_paths(assets: Assets) -> tuple[str, ...]:
    """Style, scripts and icon: scripts name one another where no reader of pages sees it."""
    base_path = assets.base_path
    return tuple(
        assets.address(name).removeprefix(base_path) for name, asset in assets.files.items() if not asset.is_for_studio
    )


def _old_feeds(show: Show, base_url: str) -> Iterator[str]:
    """Where its feed was on this host before the show came here; files know no queries."""
    host, base_path = urlsplit(base_url).hostname, urlsplit(base_url).path.rstrip("/")
    for address in map(urlsplit, show.moved_from):
        if address.hostname == host and not address.query and address.path.startswith(f"{base_path}/"):
            yield quote(address.path[len(base_path) :], safe="/%")
