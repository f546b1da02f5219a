"""A foreign feed in outline: what tells its episodes from others, small enough to leave the sandbox quickly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from catalogue.feed_reading import FeedDocument, Item, read_feed_file


@dataclass(frozen=True, kw_only=True)
class ItemOutline:
    """An episode in a feed; texts are empty and `size_bytes` 0 where it says nothing."""

    guid: str
    title: str
    published_at: datetime | None = None
    enclosure_url: str = ""
    size_bytes: int = 0
    number: str = ""
    season: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class FeedOutline:
    """A feed: its title, its `podcast:guid`, the address it gives for itself, and the one it says it moved to."""

    title: str
    guid: str = ""
    self_url: str = ""
    new_feed_url: str = ""
    items: tuple[ItemOutline, ...] = ()


def outline_feed_file(file: str, path: str) -> FeedOutline:
    """Read the feed in the local `file` in outline: to be called in the sandbox. Raises FeedError, named by `path`."""
    return outline_feed(read_feed_file(file, path))


def outline_feed(document: FeedDocument) -> FeedOutline:
    """Give the outline of a feed, its items in their order."""
    links = document.channel.all("atom:link")
    return FeedOutline(
        title=document.channel.text("title"),
        guid=document.channel.text("podcast:guid").lower(),
        self_url=next((link.get("href") for link in links if link.get("rel") == "self"), ""),
        new_feed_url=document.channel.text("itunes:new-feed-url"),
        items=tuple(map(_outline, document.items)),
    )


def _outline(item: Item) -> ItemOutline:
    enclosure = item.first("enclosure")
    length = enclosure.get("length") if enclosure is not None else ""
    guid = item.first("guid")
    return ItemOutline(
        guid=guid.raw if guid is not None else "",
        title=item.text("title"),
        published_at=_moment(item.text("pubDate")),
        enclosure_url=item.enclosure_url,
        size_bytes=int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0,
        number=item.text("podcast:episode") or item.text("itunes:episode"),
        season=item.text("podcast:season") or item.text("itunes:season"),
        line=item.line,
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
