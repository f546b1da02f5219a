"""The proof of an import: our own feed, read back as an app reads it, beside the feed that was."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.facts import read_whole
from catalogue.actions.import_planning import ImportPlan
from catalogue.actions.open import Place
from catalogue.actions.publish import Publication
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed_outline import ItemOutline, outline_feed
from catalogue.feed_reading import read_feed
from catalogue.library.folder import SHOW_NAME
from catalogue.library.imports.identities import Incoming
from catalogue.library.show_file import SHOW_KEYS, read_show_file

MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What of an episode is not as it was: `what` is guid, title, date, length, address or missing."""

    guid: str
    title: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class ShowDifference:
    """A key of `show.toml` that the feed has otherwise: `old` is the feed's value, `new` ours; empty: there is none."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Proof:
    """How many episodes were compared, how many of them are the same, and all that differs."""

    compared: int
    same: int
    differences: tuple[Difference, ...]
    show: tuple[ShowDifference, ...] = ()
    """Of a show that was here before: what its own words say otherwise. They stay, so that is no fault."""


def prove(place: Place, show: Show, incoming: Sequence[Incoming], *, links: Links, now: datetime) -> Proof:
    """Compare every episode of a feed with the same in ours, as it is served at `now`."""
    body = Publication(place.index, place.storage, place.derived).feed(show, links, now).body
    ours = outline_feed(read_feed(body, url=None))  # our own bytes, which were read so before they were published
    here = {item.guid: item for item in ours.items}
    found = [tuple(_differences(one, here.get(one.guid), own=links.base_url)) for one in incoming]
    return Proof(
        compared=len(found),
        same=sum(not one for one in found),
        differences=tuple(difference for one in found for difference in one),
    )


def compare_show(place: Place, plan: ImportPlan) -> Iterator[ShowDifference]:
    """Say what a feed says of its show otherwise than the `show.toml` here, which no import changes.

    Raises ContentErrors, ContentError where that cannot be read any more.
    """
    path = f"{plan.folder}/{SHOW_NAME}".lstrip("/")
    contents = plan.source.feed.show_file.encode(), read_whole(place.storage, path, limit_bytes=NOTE_LIMIT_BYTES)
    fed, here = (read_show_file(content, path) for content in contents)
    fed_texts, own_texts = (tomllib.loads(content.decode("utf-8-sig")) for content in contents)
    for key, old in fed_texts.items():
        field = SHOW_KEYS.get(key, key)
        if old != own_texts.get(key) and fed.get(field, old) != here.get(field):
            yield ShowDifference(key=key, old=str(old), new=str(own_texts.get(key, "")))


def _differences(one: Incoming, item: ItemOutline | None, *, own: str) -> Iterator[Difference]:
    episode = one.episode

    def differs(what: str, old: object, new: object) -> Difference:
        return Difference(guid=one.guid, title=episode.title, what=what, old=str(old), new=str(new))

    if item is None:
        yield differs(MISSING, episode.published_at or "no date", "")
        return
    if one.is_given:
        yield differs("guid", episode.guid, one.guid)
    for what, (old, new) in _compared(one, item).items():
        if old != new:
            yield differs(what, old, new)
    if not item.enclosure_url.startswith(own) and item.enclosure_url != episode.enclosure.url:
        yield differs("address", episode.enclosure.url, item.enclosure_url)


# What is compared → how it was, and how it is; a feed that states no length is not held to it.
_Pair = tuple[object, object]
_ASPECTS: dict[str, Callable[[Incoming, ItemOutline], _Pair]] = {
    "title": lambda one, item: (one.episode.title, item.title),
    "date": lambda one, item: (one.episode.published_at, item.published_at),
    "length": lambda one, item: (one.episode.enclosure.size_bytes or item.size_bytes, item.size_bytes),
}


def _compared(one: Incoming, item: ItemOutline) -> dict[str, _Pair]:
    return {what: read(one, item) for what, read in _ASPECTS.items()}
