"""Rules C01 to C04, C07, C08 and C12: what RSS and Apple ask of the show."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.address import is_same_address, read_address
from catalogue.check.language import is_language
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument

LONGEST_TITLE = 100
MOST_DESCRIPTION_BYTES = 4000
TRUTH = frozenset({"true", "false"})
# In small letters: `True` is read as well.
LEGACY_TRUTH = TRUTH | {"yes", "no", "clean", "explicit"}


@rule("C01", Level.ERROR, source="RSS 2.0; Apple: A Podcaster's Guide to RSS")
def show_has_one_title(feed: FeedDocument) -> Iterator[Flaw]:
    """The show has exactly one title that is not empty; a name, not a list of keywords, in at most 100 characters.

    Mend: state `title` in show.toml.

    Passes: <title>Garden Talk</title>
    Fails: <title/>
    """
    titles = feed.channel.all("title")
    if not feed.channel.text("title"):
        yield Flaw(message="The show has no title.")
    elif len(titles) > 1:
        yield Flaw(message=f"The show has {len(titles)} titles; keep one.", at=titles[1])
    elif len(titles[0].text()) > LONGEST_TITLE:
        yield Flaw(message="The title is longer than apps can show.", at=titles[0], level=Level.ADVICE)
    elif max(titles[0].raw.count("|"), titles[0].raw.count(",") - 1) > 2:
        yield Flaw(message="The title reads like a list of keywords.", at=titles[0], level=Level.ADVICE)


@rule("C02", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def show_has_description(feed: FeedDocument) -> Iterator[Flaw]:
    """The show has a description of at most 4000 bytes (bytes, not characters).

    Mend: state `description` in show.toml, or shorten it.

    Passes: <description>Two people and a garden.</description>
    Fails: <description/>
    """
    size = len(feed.channel.text("description").encode())
    if not size and not has_markup(feed.channel, "description"):
        yield Flaw(message="The show has no description.")
    elif size > MOST_DESCRIPTION_BYTES:
        message = f"The description has {size} bytes; {MOST_DESCRIPTION_BYTES} are allowed."
        yield Flaw(message=message, at=feed.channel.first("description"))


def has_markup(parent: Element, name: str) -> bool:
    """Whether an element holds bare elements where text should be (rule I14 speaks of those)."""
    element = parent.first(name)
    return element is not None and bool(element.children)


@rule("C03", Level.ERROR, source="RSS 2.0")
def show_links_to_its_site(feed: FeedDocument) -> Iterator[Flaw]:
    """The show's link is the absolute address of its website, not of the feed.

    Mend: state `link` in show.toml.

    Passes: <link>https://example.org/talk/</link>
    Fails: <link>/talk/</link>
    """
    link = feed.channel.first("link")
    address = link.text() if link is not None else ""
    if read_address(address) is None:
        yield Flaw(message="The show's link is missing or no absolute http(s) address.", at=link)
    elif any(is_same_address(address, own) for own in (feed.url, self_address(feed)) if own):
        yield Flaw(message="The show's link is the feed itself; link to a page people can read.", at=link)


def self_address(feed: FeedDocument) -> str:
    """The address the feed gives as its own; empty where it gives none."""
    links = feed.channel.all("atom:link")
    return next((link.get("href") for link in links if link.get("rel") == "self"), "")


@rule("C04", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; ISO 639")
def show_states_its_language(feed: FeedDocument) -> Iterator[Flaw]:
    """The show states its language as an ISO 639 code, with a region or without: `en`, `en-us`.

    Mend: state `language` in show.toml.

    Passes: <language>en-us</language>
    Fails: <language>English</language>
    """
    language = feed.channel.first("language")
    if language is None or not language.text():
        yield Flaw(message="The show states no language.", at=language)
    elif not is_language(language.text()):
        yield Flaw(message="This is no language code; write one like `en` or `en-us`.", at=language)


@rule("C07", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def show_states_explicit(feed: FeedDocument) -> Iterator[Flaw]:
    """The show says `true` or `false` in `itunes:explicit`; the older yes, no, clean, explicit still pass.

    Mend: state `explicit` in show.toml.

    Passes: <itunes:explicit>false</itunes:explicit>
    Fails: <itunes:explicit>maybe</itunes:explicit>
    """
    explicit = feed.channel.first("itunes:explicit")
    value = explicit.text() if explicit is not None else ""
    if value not in TRUTH and value.lower() in LEGACY_TRUTH:
        message = "This spelling is legacy, still parsed; write true or false."
        yield Flaw(message=message, at=explicit, level=Level.WARNING)
    elif not value:
        yield Flaw(message="The show does not say in `itunes:explicit` whether it is explicit.", at=explicit)
    elif value not in TRUTH:
        yield Flaw(message="`itunes:explicit` must be true or false.", at=explicit)


@rule("C08", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def show_has_artwork(feed: FeedDocument) -> Iterator[Flaw]:
    """The show has a cover: `itunes:image` with an absolute address.

    Mend: put a square picture of 1400 to 3000 pixels beside show.toml as artwork.jpg or artwork.png.

    Passes: <itunes:image href="https://example.org/cover.jpg"/>
    Fails: <itunes:image/>
    """
    image = feed.channel.first("itunes:image")
    address = image.get("href") if image is not None else ""
    if read_address(address) is None:
        yield Flaw(message="The show has no cover with an absolute address.", at=image, value=address)


@rule("C12", Level.WARNING, source="PSP-1; RFC 4287, section 4.2.7.2")
def feed_names_its_own_address(feed: FeedDocument) -> Iterator[Flaw]:
    """The feed names its own address in `atom:link rel="self"`, and that is where it was read.

    Mend: set the base URL to the public address.

    Passes:
        # read at: https://example.org/talk/feed.xml
        <atom:link rel="self" href="https://example.org/talk/feed.xml"/>
    Fails:
        # read at: https://example.org/talk/feed.xml
        <atom:link rel="self" href="https://old.example.org/feed.xml"/>
    """
    address = self_address(feed)
    if not address:
        yield Flaw(message='The feed has no `atom:link rel="self"`.')
    elif read_address(address) is None:
        yield Flaw(message="The feed's own address is not absolute.", value=address)
    elif feed.url and read_address(feed.url) and address != feed.url:
        yield Flaw(message=f"The feed says it lives elsewhere than at {feed.url}.", value=address)
