"""Rules P03 and P04, as far as they are over answers: transcripts and chapters as they are served."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.addresses import Kind, Place, places_of_addresses
from catalogue.check.online import OnlineReplies, Reply, online_rule
from catalogue.check.rule import Flaw, Level
from catalogue.domain.media import CHAPTERS_TYPE, TRANSCRIPT_TYPES
from catalogue.feed_reading import FeedDocument

# A type in a feed → other names under which servers send the same thing.
_ALSO = {
    TRANSCRIPT_TYPES["srt"]: frozenset({"application/srt", "text/srt", "text/x-subrip"}),
    TRANSCRIPT_TYPES["html"]: frozenset({"application/xhtml+xml"}),
    CHAPTERS_TYPE: frozenset({"application/json"}),
}


@online_rule("P03", Level.WARNING, source="Podcasting 2.0: transcripts")
def transcripts_can_be_shown(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """Transcripts are served with the type that the feed states, and web pages of others may read them (CORS).

    Mend: send `Access-Control-Allow-Origin: *` with transcripts, and the Content-Type of the feed's `type`.

    Passes:
        HEAD /a.vtt
        200 OK
        Content-Type: text/vtt
        Access-Control-Allow-Origin: *
    Fails:
        HEAD /a.vtt
        200 OK
        Content-Type: text/vtt
    """
    for place, reply in _replies(feed, online, Kind.TRANSCRIPT):
        stated = place.element.get("type").partition(";")[0].strip().lower()
        if stated and reply.media_type not in {stated, *_ALSO.get(stated, ())}:
            message = f"It is served as {reply.media_type or 'nothing in particular'}, and the feed says {stated}."
            yield Flaw(message=message, at=place.element, item=place.item, value=place.url)
        if reply.origin != "*":
            yield Flaw(message=_CLOSED, at=place.element, item=place.item, value=place.url)


@online_rule("P04", Level.WARNING, source="Podcasting 2.0: JSON chapters 1.2")
def chapters_can_be_shown(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """Chapters are served as JSON, and web pages of others may read them (CORS).

    Mend: send `Access-Control-Allow-Origin: *` and `Content-Type: application/json+chapters` with chapters.

    Passes:
        GET /a.json
        200 OK
        Content-Type: application/json
        Access-Control-Allow-Origin: *
    Fails:
        GET /a.json
        200 OK
        Content-Type: application/json
    """
    for place, reply in _replies(feed, online, Kind.CHAPTERS):
        if reply.media_type not in {CHAPTERS_TYPE, *_ALSO[CHAPTERS_TYPE]}:
            message = f"It is served as {reply.media_type or 'nothing in particular'}, and not as {CHAPTERS_TYPE}."
            yield Flaw(message=message, at=place.element, item=place.item, value=place.url)
        if reply.origin != "*":
            yield Flaw(message=_CLOSED, at=place.element, item=place.item, value=place.url)


_CLOSED = "Players in web pages cannot read it: it does not allow other sites (CORS)."


def _replies(feed: FeedDocument, online: OnlineReplies, kind: Kind) -> Iterator[tuple[Place, Reply]]:
    told: set[str] = set()
    for place in places_of_addresses(feed):
        reply = online.replies.get(place.url)
        if place.kind is kind and reply is not None and reply.is_there and place.url not in told:
            told.add(place.url)
            yield place, reply
