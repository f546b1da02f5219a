"""A show and its episodes as a JSON Feed 1.1 (jsonfeed.org/version/1.1): the head, and one item alone.

As the RSS feed, it is put together from items that are kept; an item's notes are those of its RSS item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import Audio
from catalogue.domain.show import Show
from catalogue.feed.element import ascii_address, xml_clean
from catalogue.feed.enclosure import Enclosure, enclosure_of

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"
BETWEEN, TAIL = b",\n", b"]}\n"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CONTENT = (b"<content:encoded><![CDATA[", b"]]></content:encoded>")
# How `markup_element` writes the end of a CDATA section that stands in the text.
_CUT, _WHOLE = b"]]]]><![CDATA[>", b"]]>"


def render_json_head(show: Show, links: Links) -> bytes:
    """Render the feed up to its first item; `BETWEEN` stands between items, and `TAIL` ends it."""
    members = {
        "version": VERSION,
        "title": _line(show.title) or show.slug,
        "home_page_url": ascii_address(show.link or links.show(show)),
        "feed_url": links.json_feed(show),
        "description": xml_clean(show.description),
        "icon": links.artwork(show, show.artwork) if show.artwork else None,
        "authors": _authors(show.author),
        "language": show.language,
        "expired": True if show.complete else None,
    }
    return _ENCODER.encode(_stated(members))[:-1].encode() + b',"items":[\n'


def render_json_item(show: Show, episode: Episode, links: Links, *, item: bytes) -> bytes:
    """Render one item, given its RSS `item` under the same base URL; the episode is published and has audio."""
    members = {
        "id": xml_clean(episode.guid),
        "url": links.episode(show, episode),
        "external_url": ascii_address(episode.link) if episode.link else None,
        "title": _line(episode.title) or episode.slug,
        "content_html": content_of(item),
        "summary": xml_clean(episode.summary) if episode.summary else None,
        "image": links.artwork(episode, episode.artwork) if episode.artwork else None,
        "date_published": _moment(episode.published_at),
        "date_modified": _moment(episode.updated_at),
        "authors": _authors(episode.author),
        "tags": [tag.name for tag in episode.tags],
        "language": episode.language,
        "attachments": _attachments(episode, links),
    }
    return _ENCODER.encode(_stated(members)).encode()


def content_of(item: bytes) -> str:
    """The notes in an RSS item, as HTML.

    >>> content_of(b"<item><content:encoded><![CDATA[<p>a</p>]]></content:encoded></item>")
    '<p>a</p>'
    """
    start, end = item.find(_CONTENT[0]) + len(_CONTENT[0]), item.rfind(_CONTENT[1])
    return item[start:end].replace(_CUT, _WHOLE).decode()


def _attachments(episode: Episode, links: Links) -> list[Mapping[str, Any]]:
    """The enclosure, then the other renditions of the same sound."""
    enclosure = enclosure_of(episode, links)
    found = [_attachment(ascii_address(enclosure.url), enclosure, episode.duration)] if enclosure is not None else []
    others = ((links.audio(episode, one), one, one.duration) for one in episode.alternates)
    return [*found, *(_attachment(*other) for other in others)]


def _attachment(url: str, file: Enclosure | Audio, duration: timedelta | None) -> dict[str, Any]:
    seconds = round(duration.total_seconds()) if duration else None
    told = {"size_in_bytes": file.size_bytes, "duration_in_seconds": seconds}
    return {"url": url, "mime_type": _line(file.media_type), **_stated(told)}


def _authors(name: str | None) -> list[Mapping[str, str]]:
    return [{"name": _line(name)}] if name else []


def _moment(moment: datetime | None) -> str | None:
    """As RFC 3339 has it, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else None


def _line(text: str) -> str:
    return " ".join(xml_clean(text).split())


def _stated(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [])}
