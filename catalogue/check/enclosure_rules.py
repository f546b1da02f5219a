"""Rules I03 to I08, I15 and I22: the audio of an episode, and the addresses that go out with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from catalogue.check.address import ending, flaws_of_address, read_address
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.domain.media import FORMATS
from catalogue.feed_reading import Element, FeedDocument, Item

APPLE_ENDINGS = frozenset({"m4a", "mp3", "mov", "mp4", "m4v", "pdf"})
# Apple's types and our own (domain/media.py); PSP-1 and practice add the other names in use for the same thing.
TYPES_OF_ENDING: dict[str, frozenset[str]] = {
    **{name: frozenset({row.media_type}) for row in FORMATS.values() for name in row.endings},
    **dict.fromkeys(("m4a", "m4b"), frozenset({"audio/x-m4a", "audio/m4a", "audio/mp4"})),
    "mp4": frozenset({"video/mp4", "audio/mp4"}),
    "m4v": frozenset({"video/x-m4v", "video/m4v", "video/mp4"}),
    "mov": frozenset({"video/quicktime"}),
    "pdf": frozenset({"application/pdf"}),
    "opus": frozenset({"audio/opus", "audio/ogg"}),
    "wav": frozenset({"audio/wav", "audio/x-wav", "audio/vnd.wave"}),
    "aac": frozenset({"audio/aac", "audio/x-aac", "audio/aacp"}),
}
DURATION_TOLERANCE = timedelta(seconds=2)
DURATION_TOLERANCE_SHARE = 0.01


@item_rule("I03", Level.ERROR, source="Apple: RSS feed requirements; PSP-1")
def episode_has_one_enclosure(item: Item) -> Iterator[Flaw]:
    """The episode has exactly one enclosure, with `url`, `length` and `type`.

    Mend: put the audio beside the note; other renditions go out as alternates by themselves.
    """
    enclosures = item.all("enclosure")
    if not enclosures:
        yield Flaw(message="The episode has no audio: there is no enclosure.")
        return
    if len(enclosures) > 1:
        yield Flaw(message=f"There are {len(enclosures)} enclosures; apps play any one of them.", at=enclosures[1])
    missing = [name for name in ("url", "length", "type") if not enclosures[0].get(name)]
    if missing:
        yield Flaw(message=f"The enclosure has no {' and no '.join(missing)}.", at=enclosures[0])


@item_rule("I04", Level.ERROR, source="RSS 2.0; Apple: A Podcaster's Guide to RSS")
def enclosure_length_is_exact(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """The enclosure's `length` is the size of its file in bytes.

    Mend: index again after the audio changed; for remote audio correct `length` under `enclosure` in the note.
    """
    enclosure = item.first("enclosure")
    if enclosure is None or not (stated := enclosure.get("length")):
        return
    actual = facts.lengths.get(enclosure.get("url"))
    if not (stated.isascii() and stated.isdecimal()) or not stated.strip("0"):
        yield Flaw(message="`length` must be a number of bytes above 0.", at=enclosure, value=stated)
    elif actual is not None and stated.lstrip("0") != str(actual):
        yield Flaw(message=f"The file has {actual} bytes.", at=enclosure, value=stated)


@rule("I05", Level.ERROR, source="Apple: RSS feed requirements")
def enclosures_are_unique(feed: FeedDocument) -> Iterator[Flaw]:
    """No two episodes have the same enclosure URL; directories leave out the second.

    Mend: give the episode its own audio.
    """
    first: dict[str, Item] = {}
    for item in feed.items:
        url = item.enclosure_url
        other = first.setdefault(url, item) if url else item
        if other is not item:
            yield Flaw(message=f"“{other.title}” has the same audio.", at=item.first("enclosure"), value=url, item=item)


@item_rule("I06", Level.WARNING, source="Apple: A Podcaster's Guide to RSS")
def enclosure_is_a_format_of_apple(item: Item) -> Iterator[Flaw]:
    """The enclosure's address ends in a format Apple takes: .m4a, .mp3, .mov, .mp4, .m4v, .pdf.

    Mend: put an MP3 or M4A rendition beside the audio; the other stays as an alternate.
    """
    url = item.enclosure_url
    if read_address(url) is not None and ending(url) not in APPLE_ENDINGS:
        yield Flaw(message="Apple does not list an episode in this format.", at=item.first("enclosure"), value=url)


@item_rule("I07", Level.ERROR, source="Apple: A Podcaster's Guide to RSS")
def enclosure_type_is_right(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """The enclosure's `type` is the media type of its file: what its bytes were found to be, else what its ending says.

    Mend: index again; for remote audio correct `type` under `enclosure` in the note.
    """
    enclosure = item.first("enclosure")
    if enclosure is None or not (stated := enclosure.get("type")):
        return
    url = enclosure.get("url")
    found = facts.types.get(url)
    right = _names_of(found) if found is not None else TYPES_OF_ENDING.get(ending(url), frozenset())
    kind = stated.partition(";")[0].strip().lower()
    if right and kind not in right:
        yield Flaw(message=f"The type should be {found or ' or '.join(sorted(right))}.", at=enclosure, value=stated)


def _names_of(media_type: str) -> frozenset[str]:
    """All names in use for the same media type."""
    return frozenset({media_type}).union(*(names for names in TYPES_OF_ENDING.values() if media_type in names))


@rule("I08", Level.WARNING, source="Apple: RSS feed requirements; Podcasting 2.0")
def addresses_are_fit_to_publish(feed: FeedDocument) -> Iterator[Flaw]:
    """Addresses of audio, pictures, transcripts and chapters are https and ASCII, without blanks, passwords or keys.

    Mend: set an https base URL; use plain file names and public addresses for what lies elsewhere.
    """
    plain = []
    for item, element, url in _addresses(feed):
        for why in flaws_of_address(url):
            yield Flaw(message=f"The address of `{element.name}` {why}.", at=element, value=url, item=item)
        if url.lower().startswith("http://"):
            plain.append((item, element, url))
    if plain:
        item, element, url = plain[0]  # one base URL is one fault, however many addresses it is in
        count = "1 address is" if len(plain) == 1 else f"{len(plain)} addresses are"
        yield Flaw(message=f"{count} not https; apps and directories want https.", at=element, value=url, item=item)


_ADDRESSES = {
    "enclosure": "url",
    "itunes:image": "href",
    "podcast:image": "href",
    "podcast:transcript": "url",
    "podcast:chapters": "url",
}


def _addresses(feed: FeedDocument) -> Iterator[tuple[Item | None, Element, str]]:
    for item, parent in feed.places():
        for element in parent.children:
            url = element.get(_ADDRESSES[element.name]) if element.name in _ADDRESSES else ""
            if url:
                yield item, element, url


@item_rule("I15", Level.WARNING, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def duration_is_right(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """`itunes:duration` is a whole number of seconds above 0, within 2 seconds (or 1 %) of what was measured.

    Mend: index again; for remote audio state `duration` under `enclosure` in the note.
    """
    element = item.first("itunes:duration")
    stated = element.text() if element is not None else ""
    if not stated:
        yield Flaw(message="The episode states no duration.", at=element)
        return
    if not (stated.isascii() and stated.isdecimal()) or not stated.strip("0") or len(stated) > 9:
        yield Flaw(message="The duration must be a whole number of seconds above 0.", at=element)
        return
    measured = facts.durations.get(item.enclosure_url)
    if measured is None:
        return
    tolerance = max(DURATION_TOLERANCE, measured * DURATION_TOLERANCE_SHARE)
    if abs(timedelta(seconds=int(stated)) - measured) > tolerance:
        yield Flaw(message=f"The audio plays {measured.total_seconds():.0f} seconds.", at=element)


@item_rule("I22", Level.WARNING, source="LAME: Mp3 Info Tag; practice of players")
def audio_can_be_sought(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """An MP3 of variable bit rate has a Xing or VBRI header; without it players jump to the wrong moment.

    Mend: export it again, at a constant bit rate or with an encoder that writes the header, such as LAME.
    """
    if item.enclosure_url in facts.without_seek_header:
        message = "Its bit rate varies and no header says where which moment is: chapters and times will be missed."
        yield Flaw(message=message, at=item.first("enclosure"))
