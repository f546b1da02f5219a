"""Foreign feeds as plain values: hardened XML in, a FeedDocument of Elements out.

No lxml object leaves this module, so that a document can travel out of the sandbox and a rule or an import
can ask for `item.text("itunes:author")` without knowing namespaces. Element names carry the usual prefix of
their namespace, whatever prefix the feed chose; a misspelt address of a known namespace is understood here and
judged by the linter. Nothing is ever recovered from broken XML: half a feed must not look like a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from lxml import etree

from catalogue.errors import FeedError

FEED_LIMIT_BYTES = 50 * 1024 * 1024
MOST_ATTRIBUTES = 200

# Apple, "Podcast RSS feed requirements"; PSP-1; Podcasting 2.0; RFC 4287; RFC 5005.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
}
# Podcasting 2.0, "The namespace": readers take this older address for the same.
OLD_PODCAST = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


def _folded(uri: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", uri.strip().lower()).rstrip("/")


_PREFIXES = {_folded(uri): prefix for prefix, uri in NAMESPACES.items()} | {_folded(OLD_PODCAST): "podcast"}


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element: `name` such as `itunes:author` (`{uri}name` where the namespace is not one of ours).

    `raw` is its own text as written, without that of its children; `line` counts from 1.
    """

    name: str
    raw: str
    line: int
    attributes: Mapping[str, str]
    children: tuple[Element, ...] = ()

    def all(self, name: str) -> tuple[Element, ...]:
        """The children of that name, in their order."""
        return tuple(child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """The first child of that name, or None."""
        return next((child for child in self.children if child.name == name), None)

    def text(self, name: str | None = None) -> str:
        """Own text without outer blanks, or that of the first child of that name; empty where there is none."""
        element = self if name is None else self.first(name)
        return element.raw.strip() if element is not None else ""

    def get(self, attribute: str) -> str:
        """An attribute without outer blanks; empty where it is missing."""
        return self.attributes.get(attribute, "").strip()


@dataclass(frozen=True, slots=True)
class Item(Element):
    """An episode in a feed."""

    @property
    def guid(self) -> str:
        return self.text("guid")

    @property
    def title(self) -> str:
        """What to call it: its title, else its GUID, else where it stands."""
        return self.text("title") or self.guid or f"item at line {self.line}"

    @property
    def enclosure_url(self) -> str:
        """Address of the first enclosure; empty where there is none."""
        enclosure = self.first("enclosure")
        return enclosure.get("url") if enclosure is not None else ""


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace as the feed declares it."""

    prefix: str
    uri: str
    line: int

    @property
    def meant(self) -> str | None:
        """The usual prefix of the namespace this is, or is a misspelling of; None for any other."""
        return _PREFIXES.get(_folded(self.uri))


@dataclass(frozen=True, kw_only=True)
class FeedDocument:
    """A feed as it was read: `channel` without its items, `items` in the order of the feed.

    `encoding` is the declared one, None without an XML declaration. `channel_count` and `version` are for the
    linter: a feed is read by its first channel.
    """

    channel: Element
    items: tuple[Item, ...]
    version: str
    channel_count: int
    encoding: str | None
    has_byte_order_mark: bool
    size_bytes: int
    url: str | None = None
    namespaces: tuple[Namespace, ...] = field(default=())
    late: tuple[Element, ...] = ()
    """The elements of the channel that stand after its first item."""

    @property
    def title(self) -> str:
        """What to call the show: its title, else the feed's address."""
        return self.channel.text("title") or self.url or "the feed"

    def places(self) -> Iterator[tuple[Item | None, Element]]:
        """The channel, then each item with itself as its episode: for what may stand in both."""
        yield None, self.channel
        yield from ((item, item) for item in self.items)


def read_feed(content: bytes, *, url: str | None) -> FeedDocument:
    """Read an RSS feed; `url` is where it was read, None where that means nothing.

    External entities, DTDs and the network stay untouched. Raises FeedError (codes `feed-…`) for what is no
    well-formed XML, holds a DOCTYPE, is over 256 levels deep, over 50 MiB or 200 attributes an
    element, or is no RSS.
    """
    root = parse_xml(content, url=url)
    channels = root.findall("channel")
    if root.tag != "rss" or not channels:
        template = "This is no RSS feed: the document is `{name}`{lack}."
        lack = " without a `channel`" if root.tag == "rss" else ""
        raise _unread("feed-root", template, url, 1, name=_name(root), lack=lack)
    items = channels[0].findall("item")
    channel = Element(_name(channels[0]), *_parts(channels[0], passed_over="item"))
    return FeedDocument(
        channel=channel,
        items=tuple(Item("item", *_parts(item)) for item in items),
        version=root.get("version", ""),
        channel_count=len(channels),
        encoding=_declared_encoding(content),
        has_byte_order_mark=content.startswith(b"\xef\xbb\xbf"),
        size_bytes=len(content),
        url=url,
        namespaces=_namespaces(root, items),
        late=channel.children[_count_before_items(channels[0]) :] if items else (),
    )


def read_feed_file(file: str, path: str, *, mended: Callable[[bytes], bytes] = bytes) -> FeedDocument:
    """Read the feed in the local `file`, which a stranger may have written: to be called in the sandbox.

    `mended` gives its bytes as they are to be read. FeedError, also for a file that cannot be opened, names it by
    `path`.
    """
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(FEED_LIMIT_BYTES + 1)
    except OSError as error:
        raise FeedError("feed-closed", "It cannot be opened: {why}.", path=path, why=error.strerror) from error
    return replace(read_feed(mended(content), url=path), url=None)


def parse_xml(content: bytes, *, url: str | None) -> Any:
    """Parse XML that a stranger may have written, as an lxml element; raises FeedError as `read_feed` does."""
    if len(content) > FEED_LIMIT_BYTES:
        raise _unread("feed-size", "The feed is over 50 MiB. Offer fewer items or shorter notes.", url, None)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, remove_pis=True
    )
    try:
        root: Any = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _unparsed(error, content, url) from error
    if root.getroottree().docinfo.doctype:
        mend = "The feed has a DOCTYPE, which is refused because it can define entities. Remove it."
        raise _unread("feed-doctype", mend, url, 1)
    for element in root.iter(etree.Element):  # lxml looks each value up from the first: quadratic
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise _unread("feed-attributes", "An element has hundreds of attributes.", url, element.sourceline)
    return root


# libxml2, xmlParserErrors: the codes that deserve a sentence of their own.
_PROBLEMS = {
    4: ("feed-empty", "There is no XML here. A feed starts with `<?xml` and then `<rss`."),
    9: ("feed-characters", "A character that XML does not allow: {why}. Remove it from the text."),
    26: ("feed-entity", "{why}. Write the character itself, or a number such as `&#160;`."),
    64: ("feed-start", "Something stands before the XML declaration. `<?xml` must be the very first characters."),
    81: ("feed-encoding", "The bytes are not in the declared encoding. Save the feed as UTF-8."),
    201: ("feed-namespace", "{why}. Declare it on `<rss>`."),
}
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def _unparsed(error: Any, content: bytes, url: str | None) -> FeedError:
    why = re.sub(r", line \d+, column \d+$", "", error.msg or "it cannot be parsed")
    default = ("feed-syntax", "The XML is broken: {why}. Nothing after this line can be trusted.")
    code, template = _PROBLEMS.get(error.code, default)
    if code == "feed-encoding" and _SURROGATE.search(content):
        code, template = "feed-characters", "A lone surrogate stands in the text. Remove it."
    return _unread(code, template, url, error.lineno, why=why)


def _unread(code: str, template: str, url: str | None, line: int | None, **params: object) -> FeedError:
    return FeedError(code, template, path=url or "feed", line=line or None, **params)


def _declared_encoding(content: bytes) -> str | None:
    start = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff")
    declaration = re.match(rb"<\?xml\s[^>]*?\?>", start)
    if declaration is None:
        return None
    stated = re.search(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", declaration[0])
    return stated[1].decode("ascii").lower() if stated else "utf-8"


def _name(element: Any) -> str:
    return _name_of_tag(element.tag)


@lru_cache(maxsize=1024)  # of a million elements, a few dozen names
def _name_of_tag(tag: str) -> str:
    name = etree.QName(tag)
    if name.namespace is None:
        return str(name.localname)
    prefix = _PREFIXES.get(_folded(name.namespace))
    return f"{prefix}:{name.localname}" if prefix else str(name.text)


def _parts(element: Any, *, passed_over: str = "") -> tuple[str, int, dict[str, str], tuple[Element, ...]]:
    attributes = dict(element.items())
    if not len(element):  # as nearly all
        return element.text or "", element.sourceline or 0, attributes, ()
    # comments are children to lxml: the text after one is its parent's, that within is nobody's
    raw = (element.text or "") + "".join(child.tail or "" for child in element)
    parts = [child for child in element if isinstance(child.tag, str) and child.tag != passed_over]
    children = tuple(Element(_name(child), *_parts(child)) for child in parts)
    return raw, element.sourceline or 0, attributes, children


def _count_before_items(channel: Any) -> int:
    elements = (child.tag for child in channel if isinstance(child.tag, str))
    return sum(1 for _ in takewhile(lambda tag: tag != "item", elements))


def _namespaces(root: Any, items: list[Any]) -> tuple[Namespace, ...]:
    """Every declaration once, with the line where it first stands; feeds may declare on items, too."""
    found: dict[tuple[str, str], Namespace] = {}
    for element in (root, *root.iterchildren("channel"), *items):
        for prefix, uri in element.nsmap.items():
            found.setdefault((prefix or "", uri), Namespace(prefix or "", uri, element.sourceline or 0))
    return tuple(found.values())
