"""Rules P01 and P02: whether elements of Podcasting 2.0 stand where and as they may."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.podcasting import TAGS
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument, Item


@rule("P01", Level.ERROR, source="Podcasting 2.0: the element's page")
def podcasting_elements_are_well_made(feed: FeedDocument) -> Iterator[Flaw]:
    """Elements of Podcasting 2.0 stand under a parent they may have, with every attribute they need and no other.

    Mend: correct what the message names; apps leave such an element out.
    """
    for item, parent, element in _podcasting(feed):
        tag = TAGS[element.name]
        if parent not in tag.parents:
            yield Flaw(message=f"`{element.name}` may not stand in `{parent}`.", at=element, item=item)
        for name in tag.required:
            if not element.get(name):
                yield Flaw(message=f"`{element.name}` needs `{name}`.", at=element, item=item)
        for name in element.attributes:
            if name not in tag.required + tag.optional and not name.startswith("{"):
                message = f"`{element.name}` has no attribute `{name}`."
                yield Flaw(message=message, at=element, item=item, level=Level.WARNING)


@rule("P02", Level.WARNING, source="Podcasting 2.0: the element's page")
def podcasting_values_are_short_enough(feed: FeedDocument) -> Iterator[Flaw]:
    """Texts and attributes of Podcasting 2.0 keep to their limits: 32, 128 or 4000 characters.

    Mend: shorten what the message names; apps cut it.
    """
    for item, _, element in _podcasting(feed):
        tag = TAGS[element.name]
        values = [(element.name, element.text(), tag.text_length)]
        values += [(f"{element.name}@{name}", element.get(name), limit) for name, limit in tag.lengths.items()]
        for name, value, limit in values:
            if limit is not None and len(value) > limit:
                message = f"`{name}` has {len(value)} characters; {limit} are allowed."
                yield Flaw(message=message, at=element, value=value, item=item)


def _podcasting(feed: FeedDocument) -> Iterator[tuple[Item | None, str, Element]]:
    """Every known element of the namespace with its episode and the name of its parent."""
    for item, place in feed.places():
        yield from ((item, parent, element) for parent, element in _within(place) if element.name in TAGS)


def _within(parent: Element) -> Iterator[tuple[str, Element]]:
    for child in parent.children:
        yield parent.name, child
        yield from _within(child)
