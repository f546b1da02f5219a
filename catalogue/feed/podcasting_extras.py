"""Podcasting 2.0's rarer elements, as they stand in channels, items and streams alike.

`domain/podcasting_names.py` says which attribute is which field; each function gives the nodes of one element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from catalogue.domain.podcasting import (
    AlternateEnclosure,
    Chat,
    ContentLink,
    EpisodeExtras,
    Image,
    Value,
    ValueTimeSplit,
)
from catalogue.domain.podcasting_names import ATTRIBUTES
from catalogue.feed.element import Child, Node, Table, decimal_text, one_line

# The limits the tags' own pages name, in characters.
_LABEL_LIMIT, _TITLE_LIMIT = 128, 32

_LIMITS: Mapping[tuple[type, str], int] = {
    (Image, "purpose"): _LABEL_LIMIT,
    (AlternateEnclosure, "title"): _TITLE_LIMIT,
    (AlternateEnclosure, "rel"): _TITLE_LIMIT,
}
_WRITTEN: Mapping[type, Callable[[Any], str | None]] = MappingProxyType(
    {bool: lambda value: "true" if value else None, timedelta: decimal_text, type(None): lambda _: None}
)


def attributes_of(value: object) -> dict[str, str | None]:
    """Give a value's attributes as ATTRIBUTES has them; durations in seconds, what is not stated as None."""
    kind = type(value)
    found = {name: getattr(value, field) for name, field in ATTRIBUTES[kind].items()}
    written = {name: _WRITTEN.get(type(each), str)(each) for name, each in found.items()}
    return {
        name: one_line(text, limit) if text and (limit := _LIMITS.get((kind, name))) else text
        for name, text in written.items()
    }


def plain_nodes(values: Iterable[object]) -> Iterable[Node]:
    """Give elements that are nothing but attributes."""
    return (Node(attributes=attributes_of(value)) for value in values)


def chat_nodes(chat: Chat | None) -> Iterable[Node]:
    """Give `chat`."""
    return plain_nodes((chat,) if chat else ())


def content_link_nodes(links: Iterable[ContentLink]) -> Iterable[Node]:
    """Give `contentLink`."""
    return (Node(text=one_line(link.label, _LABEL_LIMIT), attributes=attributes_of(link)) for link in links)


def alternate_nodes(alternates: Iterable[AlternateEnclosure]) -> Iterable[Node]:
    """Give `alternateEnclosure` for files elsewhere; those of the library are in `podcasting.py`."""
    for alternate in alternates:
        integrity = plain_nodes((alternate.integrity,) if alternate.integrity else ())
        yield Node(
            attributes=attributes_of(alternate),
            children=(*_named("source", plain_nodes(alternate.sources)), *_named("integrity", integrity)),
        )


def value_nodes(values: Iterable[Value]) -> Iterable[Node]:
    """Give `value`: who gets what, then the stretches for which others do."""
    for value in values:
        recipients = _named("valueRecipient", plain_nodes(value.recipients))
        splits = _named("valueTimeSplit", map(_time_split, value.time_splits))
        yield Node(attributes=attributes_of(value), children=(*recipients, *splits))


def _time_split(split: ValueTimeSplit) -> Node:
    """One feed's recipients or some named: the namespace allows no two of these in one."""
    if split.remote_item is not None:
        inner = _named("remoteItem", plain_nodes((split.remote_item,)))
    else:
        inner = _named("valueRecipient", plain_nodes(split.recipients))
    return Node(attributes=attributes_of(split), children=inner)


def _named(name: str, nodes: Iterable[Node]) -> Sequence[Child]:
    return tuple((name, node) for node in nodes)


EPISODE_EXTRAS: Table[EpisodeExtras] = {
    "image": lambda extras, _: plain_nodes(extras.images),
    "alternateEnclosure": lambda extras, _: alternate_nodes(extras.alternate_enclosures),
    "contentLink": lambda extras, _: content_link_nodes(extras.content_links),
    "socialInteract": lambda extras, _: plain_nodes(extras.social_interact),
    "chat": lambda extras, _: chat_nodes(extras.chat),
    "value": lambda extras, _: value_nodes(extras.value),
}
