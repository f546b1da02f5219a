"""A foreign feed as the files of a show: read, mapped and judged in one call, to be made in the sandbox.

Pure: a document in, texts out. Nothing is fetched, written or decided about what the library has already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalogue.domain.identity import slug_of
from catalogue.domain.markup import find_heavy_line
from catalogue.domain.show import Show
from catalogue.errors import FeedError, ShowFileError
from catalogue.feed_reading import Element, FeedDocument, Item, read_feed_file
from catalogue.library.imports.elements import SHARED
from catalogue.library.imports.episode_rows import EPISODE_ROWS, enclosure_of, episode_values, published_at
from catalogue.library.imports.judging import judged
from catalogue.library.imports.leftovers import feed_tags, unknown_names
from catalogue.library.imports.mapped import Left, MappedEpisode, MappedFeed, PassedOver
from catalogue.library.imports.show_rows import SHOW_ROWS, show_values
from catalogue.library.imports.side_files import artwork_url, side_files
from catalogue.library.imports.slips import forgiven
from catalogue.library.imports.texts import notes_of, plain_text, summary_of, unshown_parts
from catalogue.library.imports.toml_values import render_show_values
from catalogue.library.imports.trailers import trailer_items
from catalogue.library.naming import read_name, transliterate
from catalogue.library.notes.edits import render_note
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.fields import TEXT_LIMIT_BYTES, Fields, clean_text, is_blank
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.moments import read_duration
from catalogue.library.notes.text_shapes import LINE_LIMIT
from catalogue.library.notes.typed import read_fields
from catalogue.library.show_file import SHOW_KEYS
from catalogue.library.values import DEFAULT_LANGUAGE

# Of one page of a feed: what is made of more would be too much for one answer of the sandbox.
MOST_ITEMS = 30_000
_SHARED_NAMES = {name for name, _ in SHARED.values()}
# What the feed as such says of itself, or what is read elsewhere.
_CHANNEL_READ = frozenset(
    """
    item title description language generator lastBuildDate pubDate ttl docs image managingEditor webMaster cloud
    skipDays skipHours rating textInput atom:link itunes:image itunes:new-feed-url itunes:summary podcast:guid
    content:encoded podcast:images podcast:trailer
    """.split()
)
_ITEM_READ = frozenset(
    """
    title guid enclosure description content:encoded itunes:title itunes:summary itunes:subtitle itunes:image
    itunes:duration podcast:chapters podcast:transcript podcast:images atom:link source
    """.split()
)
_NO_AUDIO = "It has no audio or video that can be fetched from an address of the web."
_NO_NOTES = "Its notes have more than can be shown; they were left out."


def map_feed_file(file: str, path: str, base_url: str) -> MappedFeed:
    """Map the feed in the local `file`, named `path` in errors; addresses in it are relative to `base_url` if any.

    To be called in the sandbox. Raises FeedError where it is no feed.
    """
    document = read_feed_file(file, path, mended=forgiven)
    if len(document.items) > MOST_ITEMS:
        template = "It has {count} items; no more than {most} are imported. Split it into pages (RFC 5005)."
        raise FeedError("feed-items", template, path=path, count=len(document.items), most=MOST_ITEMS)
    return map_feed(document, base_url=base_url or None)


def map_feed(document: FeedDocument, *, base_url: str | None) -> MappedFeed:
    """Give a feed as the files of a show."""
    channel = document.channel
    links = {one.get("rel"): one.get("href") for one in reversed(channel.all("atom:link"))}
    cover = artwork_url(channel, base_url=base_url)
    kept, left = _show(channel)
    about = _About(
        base_url=base_url,
        language=str(kept.get("language") or DEFAULT_LANGUAGE),
        cover=cover,
        author=str(kept.get("author", "")),
    )
    mapped = [_episode(item, about) for item in document.items]
    trailers = [_episode(item, about) for item in trailer_items(channel)]
    taken = _CHANNEL_READ | _SHARED_NAMES | {name for row in SHOW_ROWS.values() for name in row.names}
    return MappedFeed(
        title=str(kept.get("title") or document.title),
        guid=channel.text("podcast:guid").lower(),
        self_url=links.get("self", ""),
        new_feed_url=channel.text("itunes:new-feed-url"),
        next_url=links.get("next") or links.get("prev-archive") or "",
        show_file=render_show_values(kept),
        artwork_url=cover,
        episodes=tuple(one for one in mapped if isinstance(one, MappedEpisode)),
        trailers=tuple(one for one in trailers if isinstance(one, MappedEpisode)),
        passed_over=tuple(one for one in (*mapped, *trailers) if isinstance(one, PassedOver)),
        left=left,
        unknown=_unknown(document, taken),
    )


def _unknown(document: FeedDocument, taken: Set[str]) -> dict[str, int]:
    items = _ITEM_READ | _SHARED_NAMES | {name for row in EPISODE_ROWS.values() for name in row.names}
    of_items = unknown_names(document.items, items)
    named = {f"item {name}": n for name, n in of_items.items()}
    return {**unknown_names((document.channel,), taken), **named, **unshown_parts(document.items)}


def _show(channel: Element) -> tuple[dict[str, Any], tuple[Left, ...]]:
    tags, left = feed_tags(channel)
    values = show_values(channel) | ({"feed_tags": tags} if tags else {})
    kept, refused = judged(values, _read_show)
    return kept, (*left, *refused)


def _read_show(fields: Fields) -> object:
    return read_fields(fields, Show, names=SHOW_KEYS, timezone="UTC", path="", error=ShowFileError)


def _read_note(fields: Fields) -> object:
    return read_episode_note(Note("", fields, ""), timezone="UTC")


@dataclass(frozen=True, kw_only=True)
class _About:
    """What an episode is read with: what its show says."""

    base_url: str | None
    language: str
    cover: str
    author: str


def _episode(item: Item, about: _About) -> MappedEpisode | PassedOver:
    guid_element = item.first("guid")
    guid = guid_element.raw if guid_element is not None and not is_blank(guid_element.raw) else ""
    title = _title(item)
    enclosure = enclosure_of(item, base_url=about.base_url)
    if enclosure is None:
        return PassedOver(guid=guid, title=title, line=item.line, why=_NO_AUDIO, code="item-silent")
    files, unnamed = side_files(item, base_url=about.base_url, language=about.language, cover=about.cover)
    tags, untaken = feed_tags(item)
    audio = {"url": enclosure.url, "length": enclosure.size_bytes, "type": enclosure.media_type}
    duration = item.text("itunes:duration")
    values = {
        "title": title,
        **episode_values(item),
        **({"guid": guid} if guid else {}),
        **({"feed_tags": tags} if tags else {}),
        "enclosure": {**audio, "duration": duration} if duration else audio,
    }
    if values.get("author") == about.author:
        del values["author"]
    kept, refused = judged(values, _read_note)
    body, html = notes_of(item)
    if find_heavy_line(body) is not None or max(len(body), len(html)) * 4 > TEXT_LIMIT_BYTES:
        body, html = "", ""
        refused = (*refused, Left(what="description", why=_NO_NOTES, code="notes-heavy"))
    return MappedEpisode(
        guid=guid if "guid" in kept else "",
        title=title,
        published_at=published_at(item),
        enclosure=enclosure,
        folder=_folder(kept, title),
        note=render_note(_written(kept), body).decode(),
        html=html,
        files=tuple(files),
        left=(*unnamed, *untaken, *refused),
        line=item.line,
    )


# Values that stand in a note without quotation marks.
_PLAIN: dict[str, Callable[[Any], object]] = {
    "number": Decimal,
    "season": int,
    "explicit": lambda text: text == "yes",
    "block": lambda text: text == "yes",
    "published": datetime.fromisoformat,
    "enclosure": lambda audio: {
        **audio,
        "length": int(audio["length"]),
        **({"duration": read_duration(audio["duration"])} if "duration" in audio else {}),
    },
}


def _written(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The values as people write them: what was judged to be a number, a date, a yes is no text."""
    return {
        key: _PLAIN[key](value) if key in _PLAIN and not (key == "season" and isinstance(value, dict)) else value
        for key, value in kept.items()
    }


def _folder(kept: Mapping[str, Any], title: str) -> str:
    """A name for the folder that says no number or season which the feed does not: names are read, too."""
    name = slug_of(f"{kept.get('number', '')} {title}", transliterate)
    said = read_name(name) if name else None
    is_guess = said is not None and ((said.number and "number" not in kept) or (said.season and "season" not in kept))
    return slug_of(f"on {name}", str) if is_guess else name


def _title(item: Item) -> str:
    """What to call an episode: as the feed does, else by its first words."""
    found = next((text for text in map(clean_text, _titles(item)) if not is_blank(text)), "Untitled")
    return found if len(found) <= LINE_LIMIT else found[: LINE_LIMIT - 1] + "…"


def _titles(item: Item) -> Iterator[str]:
    yield from (" ".join(item.text(name).split()) for name in ("title", "itunes:title"))
    yield " ".join(summary_of(item).split())[:60]
    yield from (" ".join(plain_text(item.text(name)).split())[:60] for name in ("description", "guid"))
