"""Apple's namespace: `itunes:*` of a show and of an episode (A Podcaster's Guide to RSS)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from catalogue.domain.episode import Episode, EpisodeType
from catalogue.domain.links import Links
from catalogue.domain.show import Category, Show
from catalogue.feed.element import VALUE_LIMIT, Node, Table, address_node, one_line, text_node

PREFIX = "itunes"
_BOOLEANS: Mapping[bool | None, tuple[Node, ...]] = {True: (Node("true"),), False: (Node("false"),), None: ()}
_TYPES = {kind: (Node(kind.value),) for kind in EpisodeType}
_YES = (Node("Yes"),)


def _boolean(value: bool | None) -> tuple[Node, ...]:
    return _BOOLEANS[value]


def _switch(is_on: bool) -> tuple[Node, ...]:
    """Only `Yes` acts; Apple ignores any other value, so that none is written."""
    return _YES if is_on else ()


def _positive(number: int | Decimal | None) -> tuple[Node, ...]:
    """Apple takes whole numbers from 1; others stand in Podcasting 2.0's elements alone."""
    return text_node(str(int(number))) if number is not None and number >= 1 and number == int(number) else ()


def _seconds(duration: timedelta | None) -> tuple[Node, ...]:
    return (Node(str(max(1, round(duration.total_seconds())))),) if duration else ()


def _image(owner: Show | Episode, links: Links) -> tuple[Node, ...]:
    return (Node(attributes={"href": links.artwork(owner, owner.artwork)}),) if owner.artwork else ()


def _categories(categories: Iterable[Category]) -> Iterable[Node]:
    """Each with its own parent, even where two share one: the order is their priority, and that is how feeds do it."""
    for category in categories:
        inner = (("category", Node(attributes={"text": category.subcategory})),) if category.subcategory else ()
        yield Node(attributes={"text": category.name}, children=inner)


def _owner(show: Show) -> tuple[Node, ...]:
    """Only with an e-mail address: directories verify by it, and call an owner without one incomplete (W3)."""
    if show.owner is None or not show.public_email:
        return ()
    name = Node(text=one_line(show.owner.name, VALUE_LIMIT))
    return (Node(children=(("name", name), ("email", Node(text=show.public_email)))),)


def _new_feed_url(show: Show, links: Links) -> str | None:
    """Where the feed has moved to; in one that came from elsewhere its own address, as Apple asks."""
    return show.moved_to or show.new_feed_url or (links.feed(show) if show.moved_from else None)


SHOW: Table[Show] = {
    "title": lambda show, _: text_node(show.apple_title),
    "author": lambda show, _: text_node(show.author),
    "subtitle": lambda show, _: text_node(show.subtitle),
    "type": lambda show, _: text_node(show.type.value),
    "image": _image,
    "category": lambda show, _: _categories(show.categories),
    "explicit": lambda show, _: _boolean(show.explicit),
    "owner": lambda show, _: _owner(show),
    "block": lambda show, _: _switch(show.block),
    "complete": lambda show, _: _switch(show.complete),
    "new-feed-url": lambda show, links: address_node(_new_feed_url(show, links)),
}

# What an item says of its show where it has nothing of its own.
INHERITED: Table[Show] = {"image": _image}

EPISODE: Table[Episode] = {
    "title": lambda episode, _: text_node(episode.title),
    "author": lambda episode, _: text_node(episode.author),
    "episodeType": lambda episode, _: _TYPES[episode.type],
    "season": lambda episode, _: _positive(episode.season.number if episode.season else None),
    "episode": lambda episode, _: _positive(episode.number),
    "duration": lambda episode, _: _seconds(episode.duration),
    "image": _image,
    "explicit": lambda episode, _: _boolean(episode.explicit),
    "block": lambda episode, _: _switch(episode.block),
}
