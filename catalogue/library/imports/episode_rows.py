"""An item of a foreign feed as the keys of a note: one row a key, each with the elements it is read from."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from catalogue.domain.episode import Soundbite
from catalogue.domain.media import AUDIO_ENDINGS, FORMATS
from catalogue.feed_reading import Element, Item
from catalogue.library.imports.dates import read_feed_date
from catalogue.library.imports.elements import Table, alternates, content_links, shared_values, tables
from catalogue.library.imports.mapped import Enclosure
from catalogue.library.imports.texts import summary_of, yes_no

PODLOVE = "{http://podlove.org/simple-chapters}chapters"
_PLAYABLE = re.compile(r"(audio|video)/[a-z0-9.+-]+")
_UNFIT = re.compile(r"[\s<>\"]")
# Signs that stand for themselves in an address (RFC 3986); `%` for what is encoded already.
_ADDRESS_SIGNS = "-._~:/?#[]@!$&'()*+,;=%"
_TYPES = {ending: row.media_type for row in FORMATS.values() for ending in row.endings}


class Row(NamedTuple):
    """The elements that a key is read from, and how; None and empty: the item does not say."""

    names: tuple[str, ...]
    read: Callable[[Item], Any]


def _first_of(*names: str) -> Row:
    return Row(names, lambda item: next((text for name in names if (text := item.text(name))), None))


def _season(item: Item) -> Any:
    element = item.first("podcast:season")
    if element is not None and element.text() and element.get("name"):
        return {"number": element.text(), "name": element.get("name")}
    return (element.text() if element is not None else "") or item.text("itunes:season")


def _number_display(item: Item) -> str:
    element = item.first("podcast:episode")
    return element.get("display") if element is not None else ""


def _chapters(item: Item) -> list[Table]:
    """Chapters within the feed (Podlove Simple Chapters), unless the item has a file of them."""
    element = item.first(PODLOVE)
    if element is None or item.first("podcast:chapters") is not None:
        return []
    names = {"start": "start", "title": "title", "href": "url", "image": "image"}
    return [
        {key: one.get(name) for name, key in names.items() if one.get(name)}
        for one in element.children
        if one.name.endswith("}chapter")
    ]


def _alternates(item: Item) -> list[Table]:
    """Other files of the same episode, and every enclosure after the first."""
    others = [one for one in item.all("enclosure") if one.get("url")][1:]
    more = [_plain(one.get("type"), one.get("length")) | {"sources": [{"uri": one.get("url")}]} for one in others]
    return [*alternates(item.all("podcast:alternateEnclosure")), *more]


def _plain(media_type: str, length: str) -> Table:
    return {key: text for key, text in (("type", media_type), ("length", length)) if text}


def _tags(item: Item) -> list[str]:
    return list(dict.fromkeys(text for one in item.all("category") if (text := one.text())))


def published_at(item: Item) -> Any:
    """The moment of publication, aware UTC; None where the item has none that can be read."""
    return read_feed_date(item.text("pubDate"))


def _published(item: Item) -> str | None:
    moment = published_at(item)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None


# Key of a note → where it comes from. `guid`, notes, audio and files beside the note are read elsewhere.
EPISODE_ROWS: dict[str, Row] = {
    "number": _first_of("podcast:episode", "itunes:episode"),
    "season": Row(("podcast:season", "itunes:season"), _season),
    "type": _first_of("itunes:episodeType"),
    "published": Row(("pubDate",), _published),
    "summary": Row(("description", "itunes:summary", "itunes:subtitle"), summary_of),
    "author": _first_of("itunes:author"),
    "explicit": Row(("itunes:explicit",), lambda item: yes_no(item.text("itunes:explicit"))),
    "tags": Row(("category",), _tags),
    "chapters": Row((PODLOVE,), _chapters),
    "soundbites": Row(("podcast:soundbite",), lambda item: tables(item.all("podcast:soundbite"), Soundbite)),
    "block": Row(("itunes:block",), lambda item: "yes" if item.text("itunes:block").lower() == "yes" else None),
    "number_display": Row((), _number_display),
    "alternate_enclosures": Row(("podcast:alternateEnclosure",), _alternates),
    "content_links": Row(("podcast:contentLink",), content_links),
}


def episode_values(item: Item) -> Table:
    """Give what an item says by the keys of a note, as typed by nobody yet."""
    own = {key: row.read(item) for key, row in EPISODE_ROWS.items()}
    return {key: value for key, value in own.items() if value} | shared_values(item)


def enclosure_of(item: Item, *, base_url: str | None) -> Enclosure | None:
    """Give the first enclosure that can be heard or seen; a type that is none is told from the address's ending."""
    for element in item.all("enclosure"):
        url = _address(element.get("url"), base_url)
        kind = _media_type(element.get("type"), url)
        if url and kind:
            return Enclosure(url=url, size_bytes=_size(element.get("length")), media_type=kind)
    return None


def file_name(url: str) -> str:
    """The name of a file in an address, without its ending."""
    return posixpath.basename(unquote(urlsplit(url).path)).rpartition(".")[0]


def address_of(element: Element, attribute: str, *, base_url: str | None) -> str:
    """An address of the web in an attribute, whole; empty where there is none."""
    return _address(element.get(attribute), base_url)


def _address(text: str, base_url: str | None) -> str:
    try:
        url = urljoin(base_url, text) if base_url else text
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return (quote(url, safe=_ADDRESS_SIGNS) if _UNFIT.search(url) else url) if text and is_web else ""


def _media_type(stated: str, url: str) -> str:
    kind = stated.partition(";")[0].strip().lower()
    if _PLAYABLE.fullmatch(kind):
        return kind
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return _TYPES[ending] if ending in AUDIO_ENDINGS else ""


def _size(length: str) -> int:
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 16 else 0
