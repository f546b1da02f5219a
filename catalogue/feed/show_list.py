"""What a catalogue says of its shows: an OPML list, and a publisher feed of Podcasting 2.0."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from catalogue.domain.links import Links
from catalogue.domain.podcasting import RemoteItem
from catalogue.domain.show import Show
from catalogue.domain.show_extras import ShowExtras
from catalogue.feed.around import Around
from catalogue.feed.element import ascii_address, one_line
from catalogue.feed.rss import TAIL, render_head

OPML_TYPE = "text/x-opml"


def render_opml(shows: Sequence[Show], links: Links, *, title: str) -> bytes:
    """Render a list that apps import (OPML 2.0, opml.org/spec2.opml): UTF-8 XML with declaration."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(title)
    etree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = etree.SubElement(root, "body")
    for show in shows:
        name = one_line(show.title) or show.slug
        stated = {
            "type": "rss",
            "version": "RSS2",
            "text": name,
            "title": name,
            "description": one_line(show.subtitle or show.description),
            "language": one_line(show.language),
            "htmlUrl": ascii_address(show.link or links.show(show)),
            "xmlUrl": ascii_address(links.subscription(show)),
        }
        etree.SubElement(body, "outline", {key: value for key, value in stated.items() if value})
    rendered: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return rendered


def render_publisher(shows: Sequence[Show], links: Links, *, title: str, guid: str) -> bytes:
    """Render the feed of whoever publishes these shows (Podcasting 2.0, `medium` publisher): no items, but the shows.

    What a channel cannot be without comes from the first show. Built when the newest show came.
    """
    first = shows[0]
    publisher = Show(
        guid=guid,
        slug=first.slug,
        path="",
        title=title,
        description=title,
        author=title,
        language=first.language,
        first_seen_at=first.first_seen_at,
        categories=first.categories,
        explicit=any(show.explicit for show in shows),
        link=links.home(),
        medium="publisher",
        artwork=first.artwork,
        extras=ShowExtras(remote_items=tuple(_remote_item(show, links) for show in shows)),
    )
    around = Around(address=links.publisher())
    return render_head(publisher, links, built_at=max(show.first_seen_at for show in shows), around=around) + TAIL


def _remote_item(show: Show, links: Links) -> RemoteItem:
    return RemoteItem(
        feed_guid=show.guid, feed_url=links.subscription(show), medium=show.medium, title=one_line(show.title)
    )
