"""Where a feed stands among the feeds of its show: its own address, and its neighbours in the archive (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.feed.element import HISTORY, NAMESPACES, Element, Node


@dataclass(frozen=True, kw_only=True)
class Around:
    """The feed's address, and those of others; None: there is no such feed.

    `current` is the feed that an archive is of: only a page of the archive has one.
    """

    address: str
    prev_archive: str | None = None
    next_archive: str | None = None
    current: str | None = None


def around_elements(around: Around) -> Iterator[Element]:
    """Give what a feed says of its neighbours: links of Atom, and that a page of the archive is one."""
    links = (("current", around.current), ("prev-archive", around.prev_archive), ("next-archive", around.next_archive))
    for relation, address in links:
        if address is not None:
            yield Element(f"{{{NAMESPACES['atom']}}}link", Node(attributes={"rel": relation, "href": address}))
    if around.current is not None:
        yield Element(f"{{{HISTORY}}}archive", Node())
