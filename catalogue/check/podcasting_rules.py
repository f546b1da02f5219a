"""Rules P03 and P05 to P11: what Podcasting 2.0 says about the values of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.check.address import read_address
from catalogue.check.facts import FeedFacts
from catalogue.check.podcasting import GROUPS, ROLES, is_known_license, is_rrule
from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.domain.media import TRANSCRIPT_TYPES
from catalogue.feed_reading import Element, FeedDocument, Item

HOSTS = frozenset({"host", "co-host", "guest host", "narrator"})
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
    """
    transcripts = item.all("podcast:transcript")
    types = [transcript.get("type").partition(";")[0].strip().lower() for transcript in transcripts]
    for transcript, kind in zip(transcripts, types, strict=True):
        if kind not in TRANSCRIPT_TYPES.values():
            yield Flaw(message="No app knows this type of transcript.", at=transcript, value=transcript.get("type"))
    if transcripts and TRANSCRIPT_TYPES["vtt"] not in types:
        message = "There is no transcript as WebVTT, which Apple takes with the names of who speaks."
        yield Flaw(message=message, at=transcripts[0], value=" ".join(types), level=Level.ADVICE)


@rule("P05", Level.WARNING, source="Podcasting 2.0: person; podcast taxonomy")
def people_have_known_roles(feed: FeedDocument) -> Iterator[Flaw]:
    """Roles and groups of people are in the podcast taxonomy; an episode's people include who hosts it.

    Mend: choose a role of the taxonomy; name the host again where an episode names anybody.
    """
    for item, parent in feed.places():
        people = parent.all("podcast:person")
        for person in people:
            for name, known in (("role", ROLES), ("group", GROUPS)):
                value = person.get(name)
                if value and value.lower() not in known:
                    yield Flaw(message=f"The taxonomy has no {name} of this name.", at=person, value=value, item=item)
        roles = {(person.get("role") or "host").lower() for person in people}
        if item is not None and people and not roles & HOSTS:
            yield Flaw(message="An episode's people replace the show's, and no host is named.", at=people[0], item=item)


@item_rule("P06", Level.ERROR, source="Podcasting 2.0: alternateEnclosure")
def alternates_have_sources(item: Item) -> Iterator[Flaw]:
    """Every alternate enclosure has a source with an address, and best its length.

    Mend: put the rendition beside the audio; the rest follows by itself.
    """
    for alternate in item.all("podcast:alternateEnclosure"):
        sources = [source.get("uri") for source in alternate.all("podcast:source")]
        if not any(read_address(uri) for uri in sources):
            yield Flaw(message="The alternate enclosure has no source with an address.", at=alternate)
        elif not alternate.get("length").isdecimal():
            yield Flaw(message="The alternate enclosure has no length.", at=alternate, level=Level.WARNING)


@item_rule("P07", Level.WARNING, source="Podcasting 2.0: soundbite")
def soundbites_are_within_the_audio(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """A soundbite lies within the audio and lasts 15 to 120 seconds.

    Mend: correct `soundbites` in the note.
    """
    whole = facts.durations.get(item.enclosure_url)
    for bite in item.all("podcast:soundbite"):
        start, length = bite.get("startTime"), bite.get("duration")
        if not (_SECONDS.fullmatch(start) and _SECONDS.fullmatch(length)):
            yield Flaw(message="`startTime` and `duration` must be seconds.", at=bite)
        elif not SHORTEST_SOUNDBITE <= float(length) <= LONGEST_SOUNDBITE:
            yield Flaw(message="A soundbite should last 15 to 120 seconds.", at=bite, value=length)
        elif whole is not None and float(start) + float(length) > whole.total_seconds():
            yield Flaw(message="The soundbite ends after the audio.", at=bite, value=start)


@rule("P09", Level.WARNING, source="Podcasting 2.0: license")
def licenses_can_be_looked_up(feed: FeedDocument) -> Iterator[Flaw]:
    """A license is a known identifier such as `CC-BY-4.0`, or has a page.

    Mend: state `license` with an identifier of the list, or with its `url`.
    """
    for item, element in _everywhere(feed, "podcast:license"):
        if not element.get("url") and not is_known_license(element.text()):
            yield Flaw(message="Nobody can look this license up; add its url.", at=element, item=item)


@rule("P10", Level.WARNING, source="Podcasting 2.0: location; RFC 5870; ISO 3166-1")
def locations_can_be_found(feed: FeedDocument) -> Iterator[Flaw]:
    """A location's `geo`, `osm` and `country` are written like `geo:52.5,13.4`, `R62422` and `DE`.

    Mend: correct `location`.
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
