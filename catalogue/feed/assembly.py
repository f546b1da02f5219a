"""A whole feed: head, items, tail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from catalogue.domain.corrections import told_in_feed
from catalogue.domain.episode import Episode, EpisodeType, newest_first
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.errors import NotPublishable
from catalogue.feed.fragment import ItemRenderer, base_address, room_for
from catalogue.feed.proof import render_items
from catalogue.feed.rss import TAIL, render_head

_BATCH = 50


def render_feed(show: Show, episodes: Sequence[Episode], links: Links, *, now: datetime | None = None) -> bytes:
    """Render the feed of the given episodes, all of them public at that moment; newest first, whatever their order.

    Episodes without audio or publication moment and withdrawn ones are left out; so are corrections that are told no
    more at `now` (None: all are told). The bytes depend on nothing but the arguments. Raises NotPublishable where one
    cannot be written at all.
    """
    items = feed_episodes(episodes)
    base_url = base_address(links.base_url)
    renderer = ItemRenderer(show, room_for(links.base_url))
    head = render_head(show, Links(base_url), built_at=built_at(show, items), trailers=trailers_of(items))
    faults: list[str] = []
    if now is not None:
        items = tuple(told_in_feed(one, days=show.corrections_days, now=now) for one in items)
    body = b"".join((head, *_rendered(renderer, items, base_url=base_url, faults=faults), TAIL))
    if faults:
        raise NotPublishable("item-unmade", "Items cannot be written: {why}", why="; ".join(faults))
    return body


def _rendered(renderer: ItemRenderer, items: Sequence[Episode], *, base_url: str, faults: list[str]) -> Iterator[bytes]:
    """Render items and fill them in a few at a time, so that no feed is held twice; what is wrong goes to `faults`."""
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        fragments, wrong = render_items(renderer, batch)
        faults += wrong.values()
        yield from (renderer.fill(fragments[one.guid], base_url) for one in batch if one.guid in fragments)


def feed_episodes(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """Give the episodes that are items, in the feed's order: newest first."""
    return tuple(sorted(filter(is_item, episodes), key=newest_first))


def is_item(episode: Episode) -> bool:
    """Whether the episode will stand in the feed once it is public."""
    return episode.has_audio and episode.published_at is not None and episode.withdrawn_at is None


def public_from(episode: Episode | None) -> datetime | None:
    """From when on the episode is an item that everybody gets; None: never, as it stands."""
    moment = episode.published_at if episode is not None and is_item(episode) else None
    return moment if episode is not None and moment is not None and episode.is_public(moment) else None


def built_at(show: Show, items: Iterable[Episode]) -> datetime:
    """Give the latest publication, update or correction; without items, when the show was first seen."""
    changes = (episode.changed_at for episode in items)
    return max((moment for moment in changes if moment is not None), default=show.first_seen_at)


def trailers_of(items: Iterable[Episode]) -> tuple[Episode, ...]:
    """Give the trailers of the show or a season; one with a number is a teaser of that episode (Apple)."""
    return tuple(episode for episode in items if episode.type is EpisodeType.TRAILER and episode.number is None)
