"""Rules I03 to I07: the audio of an episode as its enclosure states it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from catalogue.check.address import ending, read_address
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.domain.media import FORMATS
from catalogue.feed_reading import FeedDocument, Item

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
    **dict.fromkeys(("ogg", "oga"), frozenset({"audio/ogg", "application/ogg", "audio/opus", "audio/vorbis"})),
    "wav": frozenset({"audio/wav", "audio/x-wav", "audio/vnd.wave"}),
    "aac": frozenset({"audio/aac", "audio/x-aac", "audio/aacp"}),
    "flac": frozenset({"audio/flac", "audio/x-flac"}),
}
# Names that nobody registered and every app takes → the registered one.
COINED_TYPES = dict.fromkeys(("audio/mp3", "audio/x-mp3", "audio/mpeg3", "audio/x-mpeg", "audio/mpg"), "audio/mpeg")


@item_rule("I03", Level.ERROR, source="Apple: RSS feed requirements; PSP-1")
def episode_has_one_enclosure(item: Item) -> Iterator[Flaw]:
    """The episode has exactly one enclosure, with `url`, `length` and `type`.

    Mend: put the audio beside the note; other renditions go out as alternates by themselves.

    Passes: <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
    Fails: <item><enclosure url="https://example.org/1.mp3" type="audio/mpeg"/></item>
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

    Passes:
        # bytes: 2000
        <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
    Fails:
        # bytes: 2001
        <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
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

    Passes:
        <item><enclosure url="https://example.org/2.mp3" length="2000" type="audio/mpeg"/></item>
        <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
    Fails:
        <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
        <item><enclosure url="https://example.org/1.mp3" length="2000" type="audio/mpeg"/></item>
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

    Passes: <item><enclosure url="https://example.org/1.m4a" length="2000" type="audio/x-m4a"/></item>
    Fails: <item><enclosure url="https://example.org/1.opus" length="2000" type="audio/opus"/></item>
    """
    url = item.enclosure_url
    if read_address(url) is not None and ending(url) not in APPLE_ENDINGS:
        yield Flaw(
            message="Apple tells the format by the address's ending, and does not list an episode with this one.",
            at=item.first("enclosure"),
            value=url,
        )


@item_rule("I07", Level.ERROR, source="Apple: A Podcaster's Guide to RSS")
def enclosure_type_is_right(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """The enclosure's `type` is the media type of its file: what its bytes were found to be, else what its ending says.

    Mend: index again; for remote audio correct `type` under `enclosure` in the note.

    Passes: <item><enclosure url="https://example.org/1.m4a" length="2000" type="audio/x-m4a"/></item>
    Fails: <item><enclosure url="https://example.org/1.m4a" length="2000" type="audio/mpeg"/></item>
    """
    enclosure = item.first("enclosure")
    if enclosure is None or not (stated := enclosure.get("type")):
        return
    url = enclosure.get("url")
    found = facts.types.get(url)
    right = names_of_type(found) if found is not None else TYPES_OF_ENDING.get(ending(url), frozenset())
    kind = stated.partition(";")[0].strip().lower()
    if right and kind not in right:
        weighs = Level.WARNING if COINED_TYPES.get(kind) in right else None
        meant = found or " or ".join(sorted(right))
        yield Flaw(message=f"The type should be {meant}.", at=enclosure, value=stated, level=weighs)


@cache
def names_of_type(media_type: str) -> frozenset[str]:
    """All names in use for the same media type."""
    return frozenset({media_type}).union(*(names for names in TYPES_OF_ENDING.values() if media_type in names))
