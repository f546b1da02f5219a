"""Rules I04 and I07, as far as they are over answers: whether a server states of audio what the feed states."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.addresses import places_of_addresses
from catalogue.check.enclosure_rules import TYPES_OF_ENDING
from catalogue.check.online import OnlineReplies, Reply, online_rule
from catalogue.check.rule import Flaw, Level
from catalogue.feed_reading import Element, FeedDocument, Item


@online_rule("I04", Level.ERROR, source="RSS 2.0; Apple: A Podcaster's Guide to RSS")
def served_length_is_that_of_the_feed(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The audio's server states the length that the feed states, in bytes.

    Mend: let every copy be the one that was indexed; for remote audio correct `length` under `enclosure` in the note.

    Passes:
        HEAD /a.mp3
        200 OK
        Content-Length: 2000
    Fails:
        HEAD /a.mp3
        200 OK
        Content-Length: 1999
    """
    for item, enclosure, reply in _enclosures(feed, online):
        stated = enclosure.get("length")
        if stated.isdecimal() and reply.size_bytes is not None and stated.lstrip("0") != str(reply.size_bytes):
            yield Flaw(
                message=f"Its server says that it has {reply.size_bytes} bytes.", at=enclosure, item=item, value=stated
            )


@online_rule("I07", Level.ERROR, source="Apple: A Podcaster's Guide to RSS")
def served_type_is_that_of_the_feed(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The audio's server states the media type that the feed states, or another name of the same.

    Mend: let the server send the right Content-Type; for remote audio correct `type` under `enclosure` in the note.

    Passes:
        HEAD /a.mp3
        200 OK
        Content-Length: 2000
        Content-Type: audio/mpeg
    Fails:
        HEAD /a.mp3
        200 OK
        Content-Length: 2000
        Content-Type: audio/ogg
    """
    for item, enclosure, reply in _enclosures(feed, online):
        stated = enclosure.get("type").partition(";")[0].strip().lower()
        others = [names for names in TYPES_OF_ENDING.values() if reply.media_type in names]
        if others and not any(stated in names for names in others):
            message = f"Its server says that it is {reply.media_type}."
            yield Flaw(message=message, at=enclosure, item=item, value=stated)


def _enclosures(feed: FeedDocument, online: OnlineReplies) -> Iterator[tuple[Item | None, Element, Reply]]:
    for place in places_of_addresses(feed):
        reply = online.replies.get(place.url)
        if place.element.name == "enclosure" and reply is not None and reply.is_there:
            yield place.item, place.element, reply
