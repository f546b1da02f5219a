"""Trailers that a channel names and that are none of its items (Podcasting 2.0, trailer): here they are episodes."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.feed_reading import Element, Item

NAME = "podcast:trailer"


def trailer_items(channel: Element) -> Iterator[Item]:
    """Give what a channel says of each trailer as an item says it; its GUID is its address, as it has no other."""
    for one in channel.all(NAME):
        said = {
            "title": one.text() or "Trailer",
            "guid": one.get("url"),
            "pubDate": one.get("pubdate"),
            "itunes:episodeType": "trailer",
            "itunes:season": one.get("season"),
        }
        audio = {"url": one.get("url"), "length": one.get("length"), "type": one.get("type")}
        children = [Element(name, text, one.line, {}) for name, text in said.items() if text]
        yield Item("item", "", one.line, {}, (*children, Element("enclosure", "", one.line, audio)))
