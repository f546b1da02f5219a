"""Elements of Podcasting 2.0 as tables of a note or of `show.toml`, by the names of `domain/podcasting_names.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from catalogue.domain.credits import Funding, License, Location, Person, Txt
from catalogue.domain.podcasting import (
    AlternateEnclosure,
    Chat,
    ContentLink,
    Image,
    Integrity,
    Place,
    RemoteItem,
    SocialInteract,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from catalogue.domain.podcasting_names import ATTRIBUTES, TEXTS
from catalogue.feed_reading import Element
from catalogue.library.notes.typed import INNER_NAMES

Table = dict[str, Any]


def table_of(element: Element, kind: type) -> Table:
    """Give an element's attributes and text under the keys that people write; what it does not say is left out.

    Names of attributes are taken in any case: feeds write `startTime` and `starttime`.
    """
    keys = {field: key for key, field in INNER_NAMES.get(kind.__name__, {}).items()}
    stated = {name.lower(): value.strip() for name, value in element.attributes.items()}
    named = {field: stated.get(attribute.lower(), "") for attribute, field in ATTRIBUTES.get(kind, {}).items()}
    if kind in TEXTS:
        named = {TEXTS[kind]: " ".join(element.raw.split()), **named}
    return {keys.get(field, field): value for field, value in named.items() if value}


def tables(elements: Iterable[Element], kind: type) -> list[Table]:
    """Give those elements that say anything as tables."""
    return [table for one in elements if (table := table_of(one, kind))]


def alternates(elements: Iterable[Element]) -> list[Table]:
    """Give `alternateEnclosure`, with its addresses and its checksum."""
    return [
        table_of(one, AlternateEnclosure)
        | {"sources": tables(one.all("podcast:source"), Place)}
        | _one("integrity", tables(one.all("podcast:integrity"), Integrity))
        for one in elements
    ]


def values(elements: Iterable[Element]) -> list[Table]:
    """Give `value`: who gets what, and the stretches for which others do."""
    return [table_of(one, Value) | _recipients(one) | _splits(one) for one in elements]


def first(elements: Iterable[Table]) -> Table | None:
    """The first of them; None where there is none."""
    return next(iter(elements), None)


def _recipients(element: Element) -> Table:
    found = tables(element.all("podcast:valueRecipient"), ValueRecipient)
    return {"recipients": found} if found else {}


def _splits(element: Element) -> Table:
    splits = [
        table_of(one, ValueTimeSplit)
        | _recipients(one)
        | _one("remote_item", tables(one.all("podcast:remoteItem"), RemoteItem))
        for one in element.all("podcast:valueTimeSplit")
    ]
    return {"time_splits": splits} if splits else {}


def _one(key: str, found: list[Table]) -> Table:
    return {key: found[0]} if found else {}


Reader = Callable[[Sequence[Element]], Any]


def _all(kind: type) -> Reader:
    return lambda found: tables(found, kind)


def _first(kind: type) -> Reader:
    return lambda found: first(tables(found, kind))


def _pictures(found: Sequence[Element]) -> list[Table]:
    """Pictures for something else than the cover: that one is fetched and said anew."""
    images = tables(found, Image)
    return [one for one in images if "artwork" not in one.get("purpose", "artwork").split()]


# Elements that a channel and an item may both have → how they are read; the key is theirs in notes and `show.toml`.
SHARED: dict[str, tuple[str, Reader]] = {
    "people": ("podcast:person", _all(Person)),
    "funding": ("podcast:funding", _all(Funding)),
    "license": ("podcast:license", _first(License)),
    "location": ("podcast:location", _all(Location)),
    "txt": ("podcast:txt", _all(Txt)),
    "images": ("podcast:image", _pictures),
    "social_interact": ("podcast:socialInteract", _all(SocialInteract)),
    "chat": ("podcast:chat", _first(Chat)),
    "value": ("podcast:value", values),
}


def shared_values(element: Element) -> Table:
    """Give what a channel or an item says in elements that both may have, by our keys."""
    found = {key: read(element.all(name)) for key, (name, read) in SHARED.items()}
    return {key: value for key, value in found.items() if value}


def content_links(element: Element) -> list[Table]:
    """Give `contentLink`; one without words is called by its address."""
    found = tables(element.all("podcast:contentLink"), ContentLink)
    return [{"label": one.get("url", ""), **one} for one in found]
