"""The RSS core by feedgen: a feed's head, and one item alone.

Head, items and tail joined are byte for byte what feedgen renders as a whole, so that an item's XML can be kept
and used again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple

import feedgen.entry
import feedgen.feed
from lxml import etree

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed import itunes, podcasting
from catalogue.feed.description import DESCRIPTION_LIMIT_BYTES, cut_text, render_content, render_description
from catalogue.feed.element import (
    NAMESPACES,
    VALUE_LIMIT,
    ChannelElements,
    EpisodeElements,
    ascii_address,
    elements_of,
    one_line,
    wrap_description,
    write_elements,
    xml_clean,
)
from catalogue.feed.enclosure import enclosure_of

GENERATOR = "Castalogue"
FEED_TYPE = "application/rss+xml"
TAIL = b"</channel></rss>"
_EXTENSION = "elements"
_CHANNEL = b"<channel>"
_ITEM_END = b"</item>"

# feedgen's own sets the process's locale for every date, which with threads changes it for good.
feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime


def render_head(show: Show, links: Links, *, built_at: datetime, trailers: Sequence[Episode] = ()) -> bytes:
    """Render the feed up to its first item: UTF-8 XML with declaration; `built_at` is the lastBuildDate."""
    feed = feed_of(show, links, built_at=built_at, trailers=trailers)
    rendered: bytes = feed.rss_str()
    return rendered.removesuffix(TAIL)


def render_item(show: Show, episode: Episode, links: Links, content: str | None = None) -> bytes:
    """Render an episode's `<item>` as UTF-8; the namespaces are declared in the head.

    The episode is published and has audio. `content` is what `render_content` gave for it, if that is there already.
    """
    # Prefixes come from the root: an item on its own would bring namespaces of its own making.
    root = etree.Element("rss", nsmap=NAMESPACES)
    item = _core_entry(show, episode, links, content or render_content(episode)).rss_entry()
    wrap_description(item)
    etree.SubElement(root, "channel").append(item)
    rendered: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    core = rendered[rendered.index(_CHANNEL) + len(_CHANNEL) :].removesuffix(TAIL).removesuffix(_ITEM_END)
    return b"".join((core, *(_written(table, links) for table in _tables(show, episode)), _ITEM_END))


def _written(table: _Filled, links: Links) -> bytes:
    return write_elements(table.prefix, table.rows, table.subject, links).encode("utf-8")


def feed_of(show: Show, links: Links, *, built_at: datetime, trailers: Sequence[Episode] = ()) -> Any:
    """Fill a FeedGenerator with all that stands before the items."""
    feed = feedgen.feed.FeedGenerator()
    feed.register_extension(_EXTENSION, ChannelElements, EpisodeElements, atom=False)
    title = one_line(show.title, VALUE_LIMIT) or show.slug
    website = ascii_address(show.link or links.show(show))
    feed.title(title)
    feed.description(cut_text(xml_clean(show.description).strip(), limit_bytes=DESCRIPTION_LIMIT_BYTES) or title)
    feed.link(href=links.feed(show), rel="self", type=FEED_TYPE)
    feed.link(href=website, rel="alternate")  # last: feedgen takes the last link for the channel's
    feed.language(one_line(show.language))
    feed.generator(GENERATOR)
    feed.lastBuildDate(built_at.astimezone(UTC))
    if show.copyright:
        feed.copyright(one_line(show.copyright, VALUE_LIMIT))
    if show.owner is not None and show.owner.email:
        feed.managingEditor(one_line(f"{show.owner.email} ({show.owner.name})"))
    feed.elements.elements = (
        *elements_of(itunes.PREFIX, itunes.SHOW, show, links),
        *elements_of(podcasting.PREFIX, podcasting.SHOW, show, links),
        *elements_of(podcasting.PREFIX, podcasting.TRAILERS, trailers, links),
    )
    return feed


def entry_of(show: Show, episode: Episode, links: Links) -> Any:
    """Fill a FeedEntry with all that an item says, for a feed that feedgen renders as a whole."""
    entry = _core_entry(show, episode, links, render_content(episode))
    entry.register_extension(_EXTENSION, EpisodeElements, atom=False)
    entry.elements.elements = tuple(
        element
        for table in _tables(show, episode)
        for element in elements_of(table.prefix, table.rows, table.subject, links)
    )
    return entry


class _Filled(NamedTuple):
    """A namespace's table, and the show or episode that it is filled with."""

    prefix: str
    rows: Any
    subject: Any


def _tables(show: Show, episode: Episode) -> tuple[_Filled, ...]:
    """What an item says beyond RSS itself.

    Whether it is explicit, and a picture, are always there (Apple and PSP-1 recommend both): its own, else the show's.
    """
    stated = _with_explicit(episode, show) if episode.explicit is None else episode
    own = _Filled(itunes.PREFIX, itunes.EPISODE, stated)
    inherited = () if episode.artwork else (_Filled(itunes.PREFIX, itunes.INHERITED, show),)
    return (own, *inherited, _Filled(podcasting.PREFIX, podcasting.EPISODE, episode))


def _core_entry(show: Show, episode: Episode, links: Links, content: str) -> Any:
    """Fill a FeedEntry with what RSS itself knows."""
    entry = feedgen.entry.FeedEntry()
    page = links.episode(show, episode)
    entry.title(one_line(episode.title, VALUE_LIMIT) or episode.slug)
    entry.link(href=ascii_address(episode.link or page), rel="alternate")
    entry.description(render_description(content, page=page, language=episode.language))
    entry.content(content, type="CDATA")
    entry.guid(xml_clean(episode.guid), permalink=False)
    if episode.published_at is not None:
        entry.pubDate(episode.published_at.astimezone(UTC))
    enclosure = enclosure_of(episode, links)
    if enclosure is not None:
        entry.enclosure(ascii_address(enclosure.url), str(enclosure.size_bytes), one_line(enclosure.media_type))
    return entry


def _with_explicit(episode: Episode, show: Show) -> Episode:
    """As `replace` does, but fifty fields need not be set again for each item."""
    stated = object.__new__(Episode)
    vars(stated).update(vars(episode), explicit=show.explicit)
    return stated
