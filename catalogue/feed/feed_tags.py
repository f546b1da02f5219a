"""Elements of Podcasting 2.0 that have no table here: kept as XML in one line, written as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from catalogue.domain.podcasting import FeedTag
from catalogue.feed.element import NAMESPACES, Element, Node

_PODCAST = NAMESPACES["podcast"]


def tag_elements(tags: Iterable[FeedTag]) -> Iterator[Element]:
    """Give the elements of a channel; what the library read is well-formed and of the namespace alone."""
    for tag in tags:
        (element,) = etree.fromstring(f'<x xmlns:podcast="{_PODCAST}">{tag.xml}</x>')
        yield Element(f"{{{_PODCAST}}}{_name(element)}", _node(element))


def _node(element: Any) -> Node:
    children = tuple((_name(child), _node(child)) for child in element)
    return Node(text=element.text, attributes=dict(element.attrib), children=children)


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)
