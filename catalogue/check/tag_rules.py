"""Rules P01, P02 and P13: whether elements of Podcasting 2.0 stand where and as they may."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.podcasting import TAGS, Tag
from catalogue.check.podcasting_values import VALUES
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument, Item

_PREFIX = "podcast:"


@rule("P01", Level.ERROR, source="Podcasting 2.0: the element's page")
def podcasting_elements_are_well_made(feed: FeedDocument) -> Iterator[Flaw]:
    """Elements of Podcasting 2.0 stand under a parent they may have, with every attribute they need and no other.

    Mend: correct what the message names; apps leave such an element out.

    Passes: <podcast:funding url="https://example.org/give">Help us</podcast:funding>
    Fails: <podcast:funding>Help us</podcast:funding>
    """
    for item, parent, element in podcasting_elements(feed):
        tag = TAGS.get(element.name)
        if tag is None:
            message = f"The namespace has no `{element.name}`; apps pass over it."
            yield Flaw(message=message, at=element, item=item, level=Level.ADVICE)
            continue
        for message, level in _faults(element, tag, parent=parent):
            yield Flaw(message=message, at=element, item=item, level=level)


def _faults(element: Element, tag: Tag, *, parent: str) -> Iterator[tuple[str, Level]]:
    name = element.name
    if parent not in tag.parents:
        yield f"`{name}` may not stand in `{parent}`.", Level.ERROR
    for attribute in tag.required:
        if not element.get(attribute):
            yield f"`{name}` needs `{attribute}`.", Level.ERROR
    if tag.has_text and not element.text():
        yield f"`{name}` is empty.", Level.ERROR
    if tag.children and not any(child.name in tag.children for child in element.children):
        yield f"`{name}` needs {' or '.join(f'`{child}`' for child in tag.children)} in it.", Level.ERROR
    for attribute in element.attributes:
        if attribute not in tag.required and attribute not in tag.optional and not attribute.startswith("{"):
            yield f"`{name}` has no attribute `{attribute}`.", Level.WARNING


@rule("P02", Level.WARNING, source="Podcasting 2.0: the element's page")
def podcasting_values_are_short_enough(feed: FeedDocument) -> Iterator[Flaw]:
    """Texts and attributes of Podcasting 2.0 keep to their limits: 32, 128 or 4000 characters.

    Mend: shorten what the message names; apps cut it.

    Passes: <item><podcast:episode display="Part one">1</podcast:episode></item>
    Fails: <item><podcast:episode display="The first part of a very long conversation">1</podcast:episode></item>
    """
    for item, _, element in podcasting_elements(feed):
        for name, value, limit in _limited(element):
            if len(value) > limit:
                message = f"`{name}` has {len(value)} characters; {limit} are allowed."
                yield Flaw(message=message, at=element, value=value, item=item)


def _limited(element: Element) -> Iterator[tuple[str, str, int]]:
    """What has a limit: its name, the value, the limit."""
    tag = TAGS.get(element.name)
    if tag is None:
        return
    if tag.text_length is not None:
        yield element.name, element.text(), tag.text_length
    for attribute, limit in tag.lengths.items():
        yield f"{element.name}@{attribute}", element.get(attribute), limit


@rule("P13", Level.WARNING, source="Podcasting 2.0: the element's page")
def podcasting_values_can_be_read(feed: FeedDocument) -> Iterator[Flaw]:
    """Numbers, dates and choices in elements of Podcasting 2.0 are written as the namespace has them.

    Mend: write it as the message says.

    Passes: <podcast:podping usesPodping="true"/>
    Fails: <podcast:podping usesPodping="1"/>
    """
    for item, _, element in podcasting_elements(feed):
        for attribute, (pattern, meant) in VALUES.get(element.name, {}).items():
            value = element.get(attribute) if attribute else element.text()
            if value and not pattern.fullmatch(value):
                name = f"{element.name}@{attribute}" if attribute else element.name
                yield Flaw(message=f"`{name}` should be {meant}.", at=element, value=value, item=item)


def podcasting_elements(feed: FeedDocument) -> Iterator[tuple[Item | None, str, Element]]:
    """Every element of the namespace with its episode and the name of its parent."""
    for item, place in feed.places():
        yield from ((item, parent, element) for parent, element in _within(place) if element.name.startswith(_PREFIX))


def _within(parent: Element) -> Iterator[tuple[str, Element]]:
    for child in parent.children:
        yield parent.name, child
        if child.children:
            yield from _within(child)
