"""What a feed is about: episodes, or other feeds (Podcasting 2.0, `medium`)."""

from __future__ import annotations

from catalogue.feed_reading import FeedDocument

# Podcasting 2.0, medium: its values; with an L behind it is a list of other feeds.
PUBLISHER = "publisher"
MEDIUMS = frozenset("podcast music video film audiobook newsletter blog publisher course".split())
LISTS = frozenset(f"{medium}L" for medium in MEDIUMS)
KNOWN = MEDIUMS | LISTS | {"mixed"}


def medium_of(feed: FeedDocument) -> str:
    """The medium as stated; `podcast` where nothing is."""
    return feed.channel.text("podcast:medium") or "podcast"


def is_for_directories(feed: FeedDocument) -> bool:
    """Whether the feed has episodes to list, and does not only point to other feeds."""
    medium = medium_of(feed)
    return medium != PUBLISHER and medium not in LISTS
