"""The RSS core: a feed's head by feedgen, and one item alone, written directly.

Head, items and tail joined are byte for byte what feedgen renders as a whole (tests compare both), so that an item's
XML can be kept and used again. feedgen's own way to an item, through its objects and lxml's, costs twice as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import Any, NamedTuple

import feedgen.feed

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed import itunes, podcasting
from catalogue.feed.around import Around, around_elements
from catalogue.feed.description import DESCRIPTION_LIMIT_BYTES, cut_text, render_content, render_description
from catalogue.feed.element import (
    NAMESPACES,
    VALUE_LIMIT,
    ChannelElements,
    Element,
    Node,
    ascii_address,
    elements_of,
    one_line,
    xml_clean,
)
from catalogue.feed.enclosure import enclosure_of
from catalogue.feed.feed_tags import tag_elements
from catalogue.feed.podcasting_channel import SHOW_EXTRAS
from catalogue.feed.podcasting_extras import EPISODE_EXTRAS
from catalogue.feed.podlove import write_podlove
from catalogue.feed.writing import empty_element, markup_element, rss_date, text_element, write_elements
from catalogue.show_notes import EmbeddedMoment

GENERATOR = "Castalogue"
FEED_TYPE = "application/rss+xml"
TAIL = b"</channel></rss>"
_EXTENSION = "elements"

# feedgen's own sets the process's locale for every date, which with threads changes it for good.
feedgen.feed.formatRFC2822 = format_datetime


def render_head(
    show: Show,
    links: Links,
    *,
    built_at: datetime,
    trailers: Sequence[Episode] = (),
    around: Around | None = None,
    hub: str | None = None,
) -> bytes:
    """Render the feed up to its first item: UTF-8 XML with declaration; `built_at` is the lastBuildDate.

    `around` is where it stands among the show's feeds; None: it is the show's own, and whole. `hub` is the WebSub hub
    that hears of changes, if there is one.
    """
    feed = feed_of(show, links, built_at=built_at, trailers=trailers, around=around, hub=hub)
    rendered: bytes = feed.rss_str()
    return rendered.removesuffix(TAIL)


def link_header(hub: str, feed: str) -> str:
    """Write the value of the header in which a feed names its hub and itself (WebSub, section 4).

    >>> link_header("https://hub.example/", "https://a.example/feed.xml")
    '<https://hub.example/>; rel="hub", <https://a.example/feed.xml>; rel="self"'
    """
    return f'<{hub}>; rel="hub", <{feed}>; rel="self"'


def render_item(show: Show, episode: Episode, links: Links, content: str | None = None) -> bytes:
    """Render an episode's `<item>` as UTF-8; the namespaces are declared in the head.

    The episode is published and has audio. `content` is what `render_content` gave for it, if that is there already.
    """
    content = content or render_content(episode, page_of=partial(_page_of, show, links))
    written = ["<item>", *_core(show, episode, links, content)]
    for table in tables_of(show, episode):
        written += write_elements(table.prefix, table.rows, table.subject, links)
    if episode.extras is not None:
        written += [xml_clean(tag.xml) for tag in episode.extras.feed_tags]
    if show.podlove_chapters:
        written.append(write_podlove(episode.chapters))
    written.append("</item>")
    return "".join(written).encode("utf-8")


def _page_of(show: Show, links: Links, moment: EmbeddedMoment) -> str:
    return ascii_address(links.episode_named(moment.show or show.slug, moment.episode, at=moment.start))


def _core(show: Show, episode: Episode, links: Links, content: str) -> Iterator[str]:
    """What RSS itself knows of an item, in feedgen's order."""
    page = links.episode(show, episode)
    yield text_element("title", one_line(episode.title, VALUE_LIMIT) or episode.slug)
    yield text_element("link", ascii_address(episode.link or page))
    yield markup_element("description", render_description(content, page=page, language=episode.language))
    yield markup_element("content:encoded", content)
    yield text_element("guid", xml_clean(episode.guid), ' isPermaLink="false"')
    enclosure = enclosure_of(episode, links)
    if enclosure is not None:
        yield empty_element(
            "enclosure",
            url=ascii_address(enclosure.url),
            length=str(enclosure.size_bytes),
            type=one_line(enclosure.media_type),
        )
    if episode.published_at is not None:
        yield text_element("pubDate", rss_date(episode.published_at))


def feed_of(
    show: Show,
    links: Links,
    *,
    built_at: datetime,
    trailers: Sequence[Episode] = (),
    around: Around | None = None,
    hub: str | None = None,
) -> Any:
    """Fill a FeedGenerator with all that stands before the items."""
    feed = feedgen.feed.FeedGenerator()
    feed.register_extension(_EXTENSION, ChannelElements, atom=False)
    title = one_line(show.title, VALUE_LIMIT) or show.slug
    website = ascii_address(show.link or links.show(show))
    feed.title(title)
    feed.description(cut_text(xml_clean(show.description).strip(), limit_bytes=DESCRIPTION_LIMIT_BYTES) or title)
    feed.link(href=around.address if around else links.feed(show), rel="self", type=FEED_TYPE)
    feed.link(href=website, rel="alternate")  # last: feedgen takes the last link for the channel's
    feed.language(one_line(show.language))
    feed.generator(GENERATOR)
    feed.lastBuildDate(built_at.astimezone(UTC))
    if show.copyright:
        feed.copyright(one_line(show.copyright, VALUE_LIMIT))
    if show.owner is not None and show.public_email:
        feed.managingEditor(one_line(f"{show.public_email} ({show.owner.name})"))
    feed.elements.elements = (
        *_hub_link(hub),
        *elements_of(itunes.PREFIX, itunes.SHOW, show, links),
        *elements_of(podcasting.PREFIX, podcasting.SHOW, show, links),
        *elements_of(podcasting.PREFIX, podcasting.TRAILERS, trailers, links),
        *(elements_of(podcasting.PREFIX, SHOW_EXTRAS, show.extras, links) if show.extras else ()),
        *(tag_elements(show.extras.feed_tags) if show.extras else ()),
        *(around_elements(around) if around else ()),
    )
    return feed


def _hub_link(hub: str | None) -> tuple[Element, ...]:
    """Feedgen writes the link to the feed itself and no other of Atom's."""
    node = Node(attributes={"rel": "hub", "href": hub})
    return (Element(f"{{{NAMESPACES['atom']}}}link", node),) if hub else ()


class Filled(NamedTuple):
    """A namespace's table, and the show or episode that it is filled with."""

    prefix: str
    rows: Any
    subject: Any


def tables_of(show: Show, episode: Episode) -> tuple[Filled, ...]:
    """What an item says beyond RSS itself.

    Whether it is explicit, and a picture, are always there (Apple and PSP-1 recommend both): its own, else the show's.
    """
    stated = _with_explicit(episode, show) if episode.explicit is None else episode
    own = Filled(itunes.PREFIX, itunes.EPISODE, stated)
    inherited = () if episode.artwork else (Filled(itunes.PREFIX, itunes.INHERITED, show),)
    if episode.extras is None:
        return (own, *inherited, Filled(podcasting.PREFIX, podcasting.EPISODE, episode))
    stated_too = Filled(podcasting.PREFIX, EPISODE_EXTRAS, episode.extras)
    return (own, *inherited, Filled(podcasting.PREFIX, podcasting.EPISODE_WITH_EXTRAS, episode), stated_too)


def _with_explicit(episode: Episode, show: Show) -> Episode:
    """As `replace` does, but fifty fields need not be set again for each item."""
    stated = object.__new__(Episode)
    vars(stated).update(vars(episode), explicit=show.explicit)
    return stated
