"""Items as feedgen writes them: the reference for what `rss.render_item` writes by itself."""

from datetime import UTC

import feedgen.entry
import feedgen.feed
from lxml import etree

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed.description import render_content, render_description
from catalogue.feed.element import NAMESPACES, VALUE_LIMIT, append_elements, ascii_address, elements_of, one_line
from catalogue.feed.enclosure import enclosure_of
from catalogue.feed.rss import tables_of


class ItemElements:
    """feedgen's extension point under an item: lxml hangs our tables' elements there, the description becomes CDATA."""

    def __init__(self) -> None:
        self.elements = ()

    def extend_rss(self, item: etree._Element) -> etree._Element:
        for description in item.iterchildren("description"):
            description.text = etree.CDATA(description.text)
        append_elements(item, self.elements)
        return item


def entry_of(show: Show, episode: Episode, links: Links) -> feedgen.entry.FeedEntry:
    """Fill a FeedEntry with all that an item says."""
    entry = feedgen.entry.FeedEntry()
    page, content = links.episode(show, episode), render_content(episode)
    entry.title(one_line(episode.title, VALUE_LIMIT) or episode.slug)
    entry.link(href=ascii_address(episode.link or page), rel="alternate")
    entry.description(render_description(content, page=page, language=episode.language))
    entry.content(content, type="CDATA")
    entry.guid(episode.guid, permalink=False)
    entry.pubDate(episode.published_at.astimezone(UTC))
    enclosure = enclosure_of(episode, links)
    entry.enclosure(ascii_address(enclosure.url), str(enclosure.size_bytes), one_line(enclosure.media_type))
    entry.register_extension("elements", ItemElements, atom=False)
    tables = tables_of(show, episode)
    entry.elements.elements = [one for table in tables for one in elements_of(*table, links)]
    return entry


def item_by_feedgen(show: Show, episode: Episode, links: Links) -> bytes:
    """Render an item under a root that declares the namespaces, as a feed has one."""
    root = etree.Element("rss", nsmap=NAMESPACES)
    root.append(entry_of(show, episode, links).rss_entry())
    body = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return body[body.index(b"<item>") :].removesuffix(b"</rss>")
