"""Rules P03 and P06 to P11: what Podcasting 2.0 says about the values of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.check.facts import FeedFacts
from catalogue.check.podcasting import is_known_license, is_rrule
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.check.sound_rules import find_seconds
from catalogue.domain.media import TRANSCRIPT_TYPES
from catalogue.feed_reading import Element, FeedDocument, Item

# What several hosts write for SubRip, and most apps take.
COINED_SRT = frozenset({"application/srt", "text/srt", "application/x-srt", "text/x-subrip"})
SHORTEST_SOUNDBITE, LONGEST_SOUNDBITE = 15, 120  # seconds
# Podcasting 2.0, location: RFC 5870 as far as it is used, OpenStreetMap's kinds, ISO 3166-1 alpha 2.
_GEO = re.compile(r"geo:-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?(,-?\d+(\.\d+)?)?(;[\w=.;-]+)?")
_OSM = re.compile(r"[NWR]\d+(#\d+)?")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_SECONDS = re.compile(r"\d{1,7}(\.\d{1,6})?")


@item_rule("P03", Level.ERROR, source="Podcasting 2.0: transcripts; Apple: transcripts")
def transcript_types_are_known(item: Item) -> Iterator[Flaw]:
    """A transcript's type is text/vtt, application/x-subrip, application/json, text/plain or text/html; one is VTT.

    Mend: put the transcript beside the note as .vtt, .srt, .json, .txt or .html; Apple prefers .vtt.

    Passes: <item><podcast:transcript url="https://example.org/1.vtt" type="text/vtt"/></item>
    Fails: <item><podcast:transcript url="https://example.org/1.doc" type="application/msword"/></item>
    """
    transcripts = item.all("podcast:transcript")
    types = [transcript.get("type").partition(";")[0].strip().lower() for transcript in transcripts]
    unknown = [one for one, kind in zip(transcripts, types, strict=True) if kind and kind not in _TYPES]
    for transcript in unknown:
        stated = transcript.get("type")
        if stated.lower() in COINED_SRT:
            message = f"This type was never registered; write {TRANSCRIPT_TYPES['srt']}."
            yield Flaw(message=message, at=transcript, value=stated, level=Level.WARNING)
        else:
            yield Flaw(message="No app knows this type of transcript.", at=transcript, value=stated)
    if transcripts and not unknown and TRANSCRIPT_TYPES["vtt"] not in types:
        message = "There is no transcript as WebVTT, which Apple takes with the names of who speaks."
        yield Flaw(message=message, at=transcripts[0], value=" ".join(types), level=Level.ADVICE)


_TYPES = frozenset(TRANSCRIPT_TYPES.values())


@item_rule("P07", Level.WARNING, source="Podcasting 2.0: soundbite")
def soundbites_are_within_the_audio(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """A soundbite lies within the audio and lasts 15 to 120 seconds.

    Mend: correct `soundbites` in the note.

    Passes: <item><podcast:soundbite startTime="60" duration="30.5">The heap</podcast:soundbite></item>
    Fails: <item><podcast:soundbite startTime="60" duration="5">The heap</podcast:soundbite></item>
    """
    bites = item.all("podcast:soundbite")
    if not bites:
        return
    measured = facts.durations.get(item.enclosure_url)
    whole = measured.total_seconds() if measured is not None else find_seconds(item.text("itunes:duration"))
    for bite in bites:
        start, length = bite.get("startTime"), bite.get("duration")
        if not start or not length:  # rule P01 speaks of that
            continue
        if not (_SECONDS.fullmatch(start) and _SECONDS.fullmatch(length)):
            yield Flaw(message="`startTime` and `duration` must be seconds.", at=bite, value=f"{start}, {length}")
        elif not SHORTEST_SOUNDBITE <= float(length) <= LONGEST_SOUNDBITE:
            yield Flaw(message="A soundbite should last 15 to 120 seconds.", at=bite, value=length)
        elif whole is not None and float(start) + float(length) > whole:
            yield Flaw(message="The soundbite ends after the audio.", at=bite, value=start)


@rule("P08", Level.WARNING, source="Podcasting 2.0: images (deprecated), image")
def pictures_are_named_one_by_one(feed: FeedDocument) -> Iterator[Flaw]:
    """Pictures are named by `podcast:image`, one element each; `podcast:images` is deprecated.

    Mend: write a `podcast:image` for every size.

    Passes: <podcast:image href="https://example.org/banner.jpg" purpose="banner"/>
    Fails: <podcast:images srcset="https://example.org/banner.jpg 1500w"/>
    """
    for item, element in _everywhere(feed, "podcast:images"):
        message = "`podcast:images` is deprecated, and apps leave it out; use `podcast:image`."
        yield Flaw(message=message, at=element, value=element.get("srcset"), item=item)


@rule("P09", Level.WARNING, source="Podcasting 2.0: license")
def licenses_can_be_looked_up(feed: FeedDocument) -> Iterator[Flaw]:
    """A license is a known identifier such as `CC-BY-4.0`, or has a page.

    Mend: state `license` with an identifier of the list, or with its `url`.

    Passes: <podcast:license>CC-BY-4.0</podcast:license>
    Fails: <podcast:license>Ask first</podcast:license>
    """
    for item, element in _everywhere(feed, "podcast:license"):
        if element.text() and not element.get("url") and not is_known_license(element.text()):
            yield Flaw(message="Nobody can look this license up; add its url.", at=element, item=item)


@rule("P10", Level.WARNING, source="Podcasting 2.0: location; RFC 5870; ISO 3166-1")
def locations_can_be_found(feed: FeedDocument) -> Iterator[Flaw]:
    """A location's `geo`, `osm` and `country` are written like `geo:52.5,13.4`, `R62422` and `DE`.

    Mend: correct `location`.

    Passes: <podcast:location geo="geo:52.5,13.4" osm="R62422" country="DE">Berlin</podcast:location>
    Fails: <podcast:location geo="52.5 13.4" country="DE">Berlin</podcast:location>
    """
    for item, element in _everywhere(feed, "podcast:location"):
        for name, pattern in (("geo", _GEO), ("osm", _OSM), ("country", _COUNTRY)):
            value = element.get(name)
            if value and not pattern.fullmatch(value):
                yield Flaw(message=f"`{name}` cannot be read.", at=element, value=value, item=item)


@rule("P11", Level.WARNING, source="Podcasting 2.0: updateFrequency; RFC 5545, section 3.3.10")
def update_frequency_is_a_rule(feed: FeedDocument) -> Iterator[Flaw]:
    """The rule of the update frequency is one of RFC 5545; with COUNT it has a `dtstart`.

    Mend: correct `update_frequency` in show.toml, such as `FREQ=WEEKLY;BYDAY=TU`.

    Passes: <podcast:updateFrequency rrule="FREQ=WEEKLY;BYDAY=TU">Every Tuesday</podcast:updateFrequency>
    Fails: <podcast:updateFrequency rrule="every Tuesday">Every Tuesday</podcast:updateFrequency>
    """
    for element in feed.channel.all("podcast:updateFrequency"):
        rrule = element.get("rrule")
        if rrule and not is_rrule(rrule):
            yield Flaw(message="The rule cannot be read.", at=element, value=rrule)
        elif "COUNT=" in rrule.upper() and not element.get("dtstart"):
            yield Flaw(message="A rule with COUNT needs a `dtstart`.", at=element, value=rrule)


def _everywhere(feed: FeedDocument, name: str) -> Iterator[tuple[Item | None, Element]]:
    for item, parent in feed.places():
        yield from ((item, element) for element in parent.all(name))
