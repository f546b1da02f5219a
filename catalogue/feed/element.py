"""Elements of any namespace: what a table of them says, cleaned and hung into feedgen's tree.

feedgen 1.0 knows neither Podcasting 2.0 nor today's `itunes:explicit`, and drops or refuses images by their
ending; its extension point is sound. So the namespaces are tables of our own, and an extension puts what they give
under the channel; `writing.py` writes what they give for an item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias, TypeVar
from urllib.parse import quote, urlsplit

from lxml import etree

from catalogue.domain.links import Links

T = TypeVar("T")

# Prefix → URI; all of them on every <rss>, so that an item's XML never depends on its neighbours.
# PSP-1, "Namespaces"; case counts.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}

# RFC 5005, section 2: said where it stands, for so few feeds have it.
HISTORY = "http://purl.org/syndication/history/1.0"
_OWN_PREFIX = {f"{{{HISTORY}": {"fh": HISTORY}}

# XML 1.0, production 2 (Char), without the controls U+007F to U+009F it merely discourages: validators complain.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile("[\t\n ]+")
# Apple and PSP-1: the longest value where the element's own rule names no other limit, in characters.
VALUE_LIMIT = 255
# What may stand in an address besides letters and digits (RFC 3986, 2.2 and 2.3; `%`, since it may be encoded already).
_ADDRESS_SIGNS = "-._~:/?#[]@!$&'()*+,;=%"
# The attributes that are addresses, in all of our namespaces.
ADDRESSES = frozenset({"href", "img", "uri", "url", "feedUrl", "accountUrl"})


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Node(NamedTuple):
    """An element without its name; attributes that are None or empty are left out."""

    text: str | None = None
    attributes: Mapping[str, str | None] = _NOTHING
    children: Sequence[tuple[str, Node]] = ()
    """Names with what stands under them; a plain name is of the parent's namespace, one after `RSS` of none."""


Child: TypeAlias = tuple[str, Node]
# Before the name of a child that is RSS's own.
RSS = "rss:"

# Element name → what stands under that name for a show or an episode; nothing, if nothing is to be said.
Table = Mapping[str, Callable[[T, Links], Iterable[Node]]]


@dataclass(frozen=True)
class Element:
    """A node under its qualified name (`{uri}name`)."""

    name: str
    node: Node


def xml_clean(text: str) -> str:
    r"""Leave out what XML cannot carry: control characters, lone surrogates, U+FFFE; line ends become `\n`.

    One such character would otherwise cost the whole feed.

    >>> xml_clean("a\x0bb\r\nc")
    'ab\nc'
    """
    # Nothing printable is forbidden, and nearly all texts are printable: ten times quicker than to look for the rest.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int | None = None) -> str:
    """Clean a value, without line breaks and outer blanks (PSP-1); beyond `limit` characters it ends in `…`."""
    clean = text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", xml_clean(text))
    clean = clean.strip(" ")
    if limit is None or len(clean) <= limit:
        return clean
    return clean[: limit - 1].rstrip(" ") + "…"


def ascii_address(url: str) -> str:
    """Write an address in ASCII, as Apple asks: blanks and other letters percent-encoded, the host by IDNA.

    One that is ASCII already stays as it was stated.

    >>> ascii_address("https://españa.example/canción 1.mp3?a=%20")
    'https://xn--espaa-rta.example/canci%C3%B3n%201.mp3?a=%20'
    """
    clean = one_line(url)
    if clean.isascii() and " " not in clean:
        return clean
    try:
        parts = urlsplit(clean)
        clean = parts._replace(netloc=parts.netloc.encode("idna").decode("ascii")).geturl()
    except ValueError:  # no host, or none that a name could be: `check` says what is wrong with it
        pass
    return quote(clean, safe=_ADDRESS_SIGNS)


def text_node(text: str | None) -> tuple[Node, ...]:
    """Give a node of text alone, of 255 characters at most; none where nothing would be left to read."""
    value = one_line(text or "", VALUE_LIMIT)
    return (Node(value),) if value else ()


def address_node(url: str | None) -> tuple[Node, ...]:
    """Give a node of an address alone, however long; none where there is none."""
    return (Node(text=ascii_address(url)),) if url else ()


def decimal_text(number: Decimal | int | timedelta) -> str:
    """Write a number in plain notation without trailing zeros, a duration in seconds.

    >>> decimal_text(Decimal("110.50")), decimal_text(timedelta(minutes=1, milliseconds=500))
    ('110.5', '60.5')
    """
    if isinstance(number, timedelta):
        number = Decimal(number // timedelta(milliseconds=1)) / 1000
    return f"{Decimal(number).normalize():f}"


def elements_of(prefix: str, table: Table[T], subject: T, links: Links) -> Iterator[Element]:
    """Read a namespace's table for one show or episode, in the table's order."""
    for name, nodes in table.items():
        for node in nodes(subject, links):
            yield Element(f"{{{NAMESPACES[prefix]}}}{name}", node)


def append_elements(parent: etree._Element, elements: Iterable[Element]) -> None:
    """Hang elements under `parent`, every text and attribute clean."""
    for element in elements:
        created = etree.SubElement(parent, element.name, nsmap=_OWN_PREFIX.get(element.name.partition("}")[0]))
        for name, value in element.node.attributes.items():
            if value:
                created.set(name, ascii_address(value) if name in ADDRESSES else one_line(value))
        if element.node.text:
            created.text = one_line(element.node.text)
        namespace = element.name.partition("}")[0] + "}"
        children = (Element(_qualified(namespace, name), node) for name, node in element.node.children)
        append_elements(created, children)


def _qualified(namespace: str, name: str) -> str:
    return name.removeprefix(RSS) if name.startswith(RSS) else namespace + name


class ChannelElements:
    """The extension of feedgen's FeedGenerator; fill `elements` before rendering."""

    def __init__(self) -> None:
        self.elements: tuple[Element, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        return NAMESPACES

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        append_elements(rss[0], self.elements)
        return rss
