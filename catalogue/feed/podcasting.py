"""Podcasting 2.0's namespace: `podcast:*` of a show and of an episode (podcastindex.org, docs/1.0.md)."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import UTC
from email.utils import format_datetime

from catalogue.domain.episode import Episode, Season, Soundbite
from catalogue.domain.links import Links
from catalogue.domain.media import CHAPTERS_TYPE, COVER, IMAGE_RECIPES, TRANSCRIPT_TYPES, Audio, Transcript
from catalogue.domain.show import Funding, License, Location, Person, Show, Txt, UpdateFrequency
from catalogue.feed.chapters import chapters_address
from catalogue.feed.element import Node, Table, decimal_text, one_line, text_node
from catalogue.feed.enclosure import enclosure_of

PREFIX = "podcast"
# The limits the tags' own pages name, in characters.
_LABEL_LIMIT, _TXT_LIMIT, _RENDITION_LIMIT = 128, 4000, 32
# Formats whose lines carry times, so that they can be shown as captions.
_CAPTIONS = frozenset({"vtt", "srt"})


def _label(text: str) -> str:
    return one_line(text, _LABEL_LIMIT)


def _locked(show: Show) -> Iterable[Node]:
    yield Node(text="yes" if show.locked else "no", attributes={"owner": show.public_email})


def funding_nodes(funding: Iterable[Funding]) -> Iterable[Node]:
    """Give `funding`."""
    return (Node(text=_label(page.label), attributes={"url": page.url}) for page in funding)


def person_nodes(people: Iterable[Person]) -> Iterable[Node]:
    """Give `person`."""
    for person in people:
        details = {"role": person.role, "group": person.group, "img": person.image_url, "href": person.url}
        yield Node(text=_label(person.name), attributes=details)


def license_nodes(stated: License | None) -> Iterable[Node]:
    """Give `license`."""
    return (Node(text=_label(stated.identifier), attributes={"url": stated.url}),) if stated else ()


def location_nodes(locations: Iterable[Location]) -> Iterable[Node]:
    """Give `location`."""
    for place in locations:
        details = {"rel": place.rel, "geo": place.geo, "osm": place.osm, "country": place.country}
        yield Node(text=_label(place.name), attributes=details)


def txt_nodes(txts: Iterable[Txt]) -> Iterable[Node]:
    """Give `txt`."""
    for txt in txts:
        purpose = _label(txt.purpose) if txt.purpose else None
        yield Node(text=one_line(txt.value, _TXT_LIMIT), attributes={"purpose": purpose})


def _update_frequency(stated: UpdateFrequency | None) -> Iterable[Node]:
    if stated is not None:
        details = {"rrule": stated.rrule, "dtstart": stated.dtstart, "complete": "true" if stated.complete else None}
        yield Node(text=_label(stated.label), attributes=details)


def _image(owner: Show | Episode, links: Links) -> Iterable[Node]:
    if owner.artwork is not None:
        width = min(owner.artwork.width, IMAGE_RECIPES[COVER])
        details = {"alt": owner.artwork_alt, "aspect-ratio": "1/1", "width": str(width), "type": "image/jpeg"}
        yield Node(attributes={"href": links.artwork(owner, owner.artwork), **details})


def _trailers(trailers: Sequence[Episode], links: Links) -> Iterable[Node]:
    for trailer in trailers:
        enclosure = enclosure_of(trailer, links)
        if enclosure is not None and trailer.published_at is not None:
            details = {
                "pubdate": format_datetime(trailer.published_at.astimezone(UTC)),
                "url": enclosure.url,
                "length": str(enclosure.size_bytes),
                "type": enclosure.media_type,
                "season": str(trailer.season.number) if trailer.season else None,
            }
            yield Node(text=_label(trailer.title), attributes=details)


def _season(season: Season | None) -> Iterable[Node]:
    if season is not None:
        yield Node(text=str(season.number), attributes={"name": _label(season.name) if season.name else None})


def _transcripts(episode: Episode, links: Links) -> Iterable[Node]:
    """One for each language and format: the episode's own language first, in the order of TRANSCRIPT_TYPES."""
    formats = list(TRANSCRIPT_TYPES)

    def order(transcript: Transcript) -> tuple[bool, str, int]:
        return (
            transcript.language != episode.language,
            transcript.language,
            formats.index(transcript.format),
        )

    chosen = {(transcript.language, transcript.format): transcript for transcript in reversed(episode.transcripts)}
    for transcript in sorted(chosen.values(), key=order):
        details = {
            "url": links.transcript(episode, transcript),
            "type": transcript.media_type,
            "language": transcript.language,
            "rel": "captions" if transcript.format in _CAPTIONS else None,
        }
        yield Node(attributes=details)


def _chapters(episode: Episode, links: Links) -> Iterable[Node]:
    address = chapters_address(episode, links)
    return (Node(attributes={"url": address, "type": CHAPTERS_TYPE}),) if address else ()


def _soundbites(soundbites: Iterable[Soundbite]) -> Iterable[Node]:
    for bite in soundbites:
        times = {"startTime": decimal_text(bite.start), "duration": decimal_text(bite.duration)}
        yield Node(text=_label(bite.title or ""), attributes=times)


def _rendition(episode: Episode, audio: Audio, links: Links) -> Node:
    kbps = audio.bitrate_kbps
    title = f"{audio.format.upper()}, {kbps} kbit/s" if kbps else audio.format.upper()
    integrity = base64.b64encode(bytes.fromhex(audio.sha256)).decode("ascii")
    return Node(
        attributes={
            "type": audio.media_type,
            "length": str(audio.size_bytes),
            "bitrate": str(kbps * 1000) if kbps else None,
            "title": one_line(title, _RENDITION_LIMIT),
        },
        children=(
            ("source", Node(attributes={"uri": links.audio(episode, audio)})),
            ("integrity", Node(attributes={"type": "sri", "value": f"sha256-{integrity}"})),
        ),
    )


SHOW: Table[Show] = {
    "guid": lambda show, _: text_node(show.guid),
    "locked": lambda show, _: _locked(show),
    "block": lambda show, _: (Node("yes"),) if show.block else (),
    "medium": lambda show, _: text_node(show.medium),
    "funding": lambda show, _: funding_nodes(show.funding),
    "person": lambda show, _: person_nodes(show.people),
    "license": lambda show, _: license_nodes(show.license),
    "location": lambda show, _: location_nodes(show.location),
    "txt": lambda show, _: txt_nodes(show.txt),
    "updateFrequency": lambda show, _: _update_frequency(show.update_frequency),
    "image": _image,
}

TRAILERS: Table[Sequence[Episode]] = {"trailer": _trailers}

EPISODE: Table[Episode] = {
    "season": lambda episode, _: _season(episode.season),
    "episode": lambda episode, _: text_node(decimal_text(episode.number) if episode.number is not None else None),
    "transcript": lambda episode, links: _transcripts(episode, links) if episode.transcripts else (),
    "chapters": _chapters,
    "alternateEnclosure": lambda episode, links: (_rendition(episode, audio, links) for audio in episode.alternates),
    "soundbite": lambda episode, _: _soundbites(episode.soundbites),
    "person": lambda episode, _: person_nodes(episode.people),
    "funding": lambda episode, _: funding_nodes(episode.funding),
    "license": lambda episode, _: license_nodes(episode.license),
    "location": lambda episode, _: location_nodes(episode.location),
    "txt": lambda episode, _: txt_nodes(episode.txt),
    "image": _image,
}


def _shown_number(episode: Episode, _: Links) -> Iterable[Node]:
    if episode.number is not None:
        shown = episode.extras.number_display if episode.extras else None
        display = one_line(shown, _RENDITION_LIMIT) if shown else None
        yield Node(text=decimal_text(episode.number), attributes={"display": display})


# What replaces the rows of EPISODE where there are extras, so that the others pay nothing for them.
EPISODE_WITH_EXTRAS: Table[Episode] = {**EPISODE, "episode": _shown_number}
