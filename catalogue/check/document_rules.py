"""Rules X: the document as a whole, before anything it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from catalogue.check.rule import Flaw, Level, rule
from catalogue.errors import FeedError
from catalogue.feed_reading import NAMESPACES, OLD_PODCAST, Element, FeedDocument, Item

# Which rule a feed breaks that cannot be read at all: error code → rule; any other code is X01.
UNREADABLE = {"feed-root": "X02", "feed-namespace": "X03", "feed-characters": "X04"}

# ASCII is UTF-8, too.
UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
ADVISED_SIZE_BYTES = 1_000_000
LARGEST_SIZE_BYTES = 2_000_000
MOST_ITEMS = 1_000
LONGEST_VALUE = 255
# What may be longer: the notes in all their forms, statements, and addresses.
LONG_VALUES = frozenset(
    "description itunes:summary itunes:subtitle content:encoded podcast:txt atom:summary atom:content "
    "link guid url docs comments itunes:new-feed-url".split()
)
_CONTROL = re.compile("[\x7f-\x84\x86-\x9f]")  # XML 1.0, 2.2: allowed, and never meant (U+0085 is a line end)


def rule_of(error: FeedError) -> str:
    """Which rule says why a feed could not be read."""
    return UNREADABLE.get(error.code, "X01")


@rule("X01", Level.ERROR, source="Apple: RSS feed requirements; RSS 2.0")
def document_is_well_formed(feed: FeedDocument) -> Iterator[Flaw]:
    """The document is well-formed XML in UTF-8, starts with its XML declaration and has no DOCTYPE.

    Mend: save the feed as UTF-8 with `<?xml version="1.0" encoding="UTF-8"?>` as its very first characters,
    and escape `&` and `<` in texts.

    Passes: <?xml version="1.0" encoding="UTF-8"?>
    Fails: <?xml version="1.0" encoding="ISO-8859-1"?>
    """
    if feed.encoding is None:
        yield Flaw(message='The XML declaration is missing; start with <?xml version="1.0" encoding="UTF-8"?>.')
    elif feed.encoding not in UTF_8:
        yield Flaw(message="The feed is not in UTF-8; save it as UTF-8 and say so.", value=feed.encoding)
    if feed.has_byte_order_mark:
        yield Flaw(message="An invisible byte order mark stands before the XML declaration; save without it.")


@rule("X02", Level.ERROR, source="Apple: technical updates 2022; RSS 2.0")
def document_is_rss(feed: FeedDocument) -> Iterator[Flaw]:
    """The document is RSS 2.0 with exactly one channel; directories no longer take Atom.

    Mend: write `<rss version="2.0">` with one `<channel>`.

    Passes: <rss version="2.0">
    Fails: <rss version="0.91">
    """
    if feed.version != "2.0":
        yield Flaw(message="The version of RSS must be 2.0.", value=feed.version)
    if feed.channel_count != 1:
        yield Flaw(message=f"There are {feed.channel_count} channels; only the first is read. Keep one.")


@rule("X03", Level.ERROR, source="Apple: RSS feed requirements; PSP-1")
def namespaces_are_exact(feed: FeedDocument) -> Iterator[Flaw]:
    """Namespace addresses are written letter for letter as specified, and every prefix used is declared.

    Mend: copy the address from the message into the declaration on `<rss>`.

    Passes: <rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
    Fails: <rss xmlns:itunes="http://www.itunes.com/DTDs/Podcast-1.0.dtd">
    """
    for namespace in feed.namespaces:
        # a usual prefix that stands for something else is a misspelling beyond recognition
        meant = namespace.meant or (namespace.prefix if namespace.prefix in NAMESPACES else None)
        if meant is not None and namespace.uri != NAMESPACES[meant]:
            is_old = namespace.uri == OLD_PODCAST
            yield Flaw(
                message=f"Apps look for the {meant} namespace under {NAMESPACES[meant]}{'' if is_old else ' exactly'}.",
                at=Element("xmlns", "", namespace.line, {}),
                value=namespace.uri,
                level=Level.ADVICE if is_old else None,
            )


@rule("X04", Level.ERROR, source="XML 1.0, section 2.2")
def texts_have_no_control_characters(feed: FeedDocument) -> Iterator[Flaw]:
    """No text holds control characters, U+FFFE or lone surrogates; most of them make the whole feed unreadable.

    Mend: delete the character from the title or notes named; it is invisible in most editors.

    Passes: <itunes:author>Gardener’s Guild</itunes:author>
    Fails: <itunes:author>Gardener&#x92;s Guild</itunes:author>
    """
    for item, element in all_elements(feed):
        found = _CONTROL.search(element.raw) or _control_in(element.attributes)
        if found is not None:
            message = f"`{element.name}` holds the control character U+{ord(found[0]):04X}; delete it."
            yield Flaw(message=message, at=element, item=item)


def _control_in(attributes: Mapping[str, str]) -> re.Match[str] | None:
    return next(filter(None, map(_CONTROL.search, attributes.values())), None)


@rule("X05", Level.WARNING, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def values_are_trim_and_short(feed: FeedDocument) -> Iterator[Flaw]:
    """Values have no blanks around them and at most 255 characters, descriptions and notes aside.

    Mend: trim or shorten the value.

    Passes: <itunes:author>Garden Talk</itunes:author>
    Fails: <itunes:author> Garden Talk </itunes:author>
    """
    padded: dict[str, list[tuple[Item | None, Element]]] = {}
    for item, element in all_elements(feed):
        if element.children or element.name in LONG_VALUES or element.name.startswith("{"):
            continue
        if element.raw and element.raw.strip() not in ("", element.raw):
            padded.setdefault(element.name, []).append((item, element))
        if len(element.raw) > LONGEST_VALUE:
            message = f"`{element.name}` has {len(element.raw)} characters; {LONGEST_VALUE} are safe."
            yield Flaw(message=message, at=element, item=item)
    for name, places in padded.items():
        item, element = places[0]  # what writes one of them so writes them all
        times = f", {len(places)} times" if len(places) > 1 else ""
        yield Flaw(message=f"`{name}` has blanks around its value{times}; trim it.", at=element, item=item)


@rule("X06", Level.WARNING, source="Rejections seen in practice")
def feed_is_not_too_large(feed: FeedDocument) -> Iterator[Flaw]:
    """The feed is under 2 MB and has no more than 1,000 episodes; some directories reject or time out beyond that.

    Mend: shorten long show notes in the feed; the episode's page can carry the rest.

    Passes:
        # bytes in all: 900000
        <title>Garden Talk</title>
    Fails:
        # bytes in all: 2100000
        <title>Garden Talk</title>
    """
    megabytes = f"{feed.size_bytes / 1_000_000:.1f} MB"
    if feed.size_bytes > LARGEST_SIZE_BYTES:
        yield Flaw(message=f"The feed has {megabytes}; some directories stop at 2 MB.", value=megabytes)
    elif feed.size_bytes > ADVISED_SIZE_BYTES:
        yield Flaw(message=f"The feed has {megabytes} and grows.", value=megabytes, level=Level.ADVICE)
    if len(feed.items) > MOST_ITEMS:
        yield Flaw(message=f"The feed has {len(feed.items)} episodes; some apps time out beyond {MOST_ITEMS}.")


def all_elements(feed: FeedDocument) -> Iterator[tuple[Item | None, Element]]:
    """Every element below the channel with the episode it belongs to, in the order of the document."""
    for item, parent in feed.places():
        yield from ((item, element) for element in _below(parent))


def _below(parent: Element) -> Iterator[Element]:
    for child in parent.children:
        yield child
        yield from _below(child)
