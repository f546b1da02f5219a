"""What of a foreign feed nothing takes: tags of Podcasting 2.0 are kept as they are, all else is counted by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

from catalogue.errors import CatalogueError
from catalogue.feed_reading import Element
from catalogue.library.imports.mapped import Left
from catalogue.library.notes.feed_tags import KNOWN_TAGS, read_feed_tag

_PREFIX = "podcast:"
# Namespaces that feeds have → what they call them, so that people know what is meant.
_NAMES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay:",
    "http://www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd": "googleplay:",
    "http://www.spotify.com/ns/rss": "spotify:",
    "http://www.rawvoice.com/rawvoiceRssModule/": "rawvoice:",
    "https://podlove.org/simple-chapters": "psc:",
    "http://podlove.org/simple-chapters": "psc:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://purl.org/rss/1.0/modules/slash/": "slash:",
    "http://wellformedweb.org/CommentAPI/": "wfw:",
}


def feed_tags(element: Element) -> tuple[list[str], list[Left]]:
    """Give the elements of Podcasting 2.0 that nothing here knows as XML in one line, and those that cannot be kept."""
    kept: list[str] = []
    left: list[Left] = []
    for child in element.children:
        if child.name.startswith(_PREFIX) and child.name.removeprefix(_PREFIX) not in KNOWN_TAGS:
            try:
                kept.append(read_feed_tag(_xml(child)))
            except CatalogueError as error:
                why = error.template.format(**{**error.params, "what": "It"})
                left.append(Left(what=child.name, why=why, code=error.code, said=error.said))
    return kept, left


def unknown_names(elements: Iterable[Element], taken: Set[str]) -> dict[str, int]:
    """Count by name the elements that nothing takes."""
    found = Counter(child.name for element in elements for child in element.children if child.name not in taken)
    kept = {name for name in found if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in KNOWN_TAGS}
    return {_told(name): count for name, count in sorted(found.items()) if name not in kept}


def _told(name: str) -> str:
    uri, brace, local = name.lstrip("{").partition("}")
    return f"{_NAMES.get(uri, f'{uri} ')}{local}" if brace else name


def _xml(element: Element) -> str:
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attributes.items() if name[0] != "{")
    inner = _escaped(element.raw.strip()) + "".join(map(_xml, element.children))
    return f"<{element.name}{attributes}>{inner}</{element.name}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
