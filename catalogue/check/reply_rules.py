"""Rules N01, N02 and N05: whether addresses answer, in parts too, and to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from catalogue.check.addresses import Kind, Place, places_of_addresses
from catalogue.check.online import OnlineReplies, Reply, online_rule
from catalogue.check.rule import Flaw, Level
from catalogue.feed_reading import FeedDocument

Fault = tuple[Place | None, str, str, Level | None]
"""Where the address stands (None: it is the feed's own), the address, the sentence, and its weight if not the usual."""

_CERTIFICATE = "outside-certificate"
_RANGE = re.compile(r"bytes 0-1/(\d{1,19})")
_NEEDS_PASSWORD = frozenset({401, 407})


@online_rule("N01", Level.ERROR, source="Apple: RSS feed requirements; Apple: A Podcaster's Guide to RSS")
def addresses_answer(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The feed and all it names answer HEAD with 200, after five redirects at most; audio with its length.

    Mend: let the server answer HEAD as it does GET; correct the address, or put the file back.

    Passes:
        HEAD /a.mp3
        200 OK
        Content-Length: 2000
    Fails:
        HEAD /a.mp3
        405 Method Not Allowed
    """
    found = (_unanswered(place, url, reply) for place, url, reply in _replies(feed, online))
    yield from _grouped(fault for fault in found if fault is not None)


def _unanswered(place: Place | None, url: str, reply: Reply) -> Fault | None:
    if reply.failure:
        return None if reply.failure_code == _CERTIFICATE else (place, url, reply.failure, None)
    if reply.status in _NEEDS_PASSWORD:
        return None
    if reply.status != 200:
        is_there = reply.range_status in {200, 206}
        sentence = f"It answers {reply.status} to HEAD, which directories ask first" if is_there else None
        return place, url, f"{sentence or f'It answers {reply.status}'}.", None
    if place is not None and place.kind is Kind.AUDIO and reply.size_bytes is None:
        return place, url, "It does not say how long the audio is: Content-Length is missing.", None
    return None


@online_rule("N02", Level.ERROR, source="Apple: RSS feed requirements; RFC 9110, section 14")
def audio_is_sent_in_parts(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """Audio answers a request for its first two bytes with these alone: 206, and Content-Range with the whole length.

    Mend: serve audio from a server that understands Range; without it nobody can jump, and Apple rejects the show.

    Passes:
        GET /a.mp3
        206 Partial Content
        Content-Range: bytes 0-1/2000
    Fails:
        GET /a.mp3
        200 OK
        Content-Length: 2000
    """
    found = (_not_in_parts(place, url, reply) for place, url, reply in _replies(feed, online))
    yield from _grouped(fault for fault in found if fault is not None)


def _not_in_parts(place: Place | None, url: str, reply: Reply) -> Fault | None:
    if place is None or reply.range_status is None or not (reply.is_there or reply.range_status == 206):
        return None
    if reply.range_status != 206:
        why = "sends the whole file" if reply.range_status == 200 else f"answers {reply.range_status}"
        return place, url, f"Asked for two bytes, it {why}.", None
    part = _RANGE.fullmatch(reply.content_range.strip())
    if part is None:
        return place, url, f"Asked for two bytes, it answers with the range “{reply.content_range[:40]}”.", None
    if reply.is_there and reply.size_bytes is not None and int(part[1]) != reply.size_bytes:
        return place, url, f"HEAD says it has {reply.size_bytes} bytes, a range says {part[1]}.", None
    return None


@online_rule("N05", Level.WARNING, source="Apple: RSS feed requirements")
def addresses_are_open_and_safe(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """No address asks for a password, shows a certificate that nobody can trust, or leads from https to http.

    Mend: take the password away for what is public; renew the certificate; redirect to https.

    Passes:
        HEAD /a.mp3
        200 OK
        Content-Length: 2000
    Fails:
        HEAD /a.mp3
        401 Unauthorized
    """
    found = (_not_open(place, url, reply) for place, url, reply in _replies(feed, online))
    yield from _grouped(fault for fault in found if fault is not None)


def _not_open(place: Place | None, url: str, reply: Reply) -> Fault | None:
    if reply.failure_code == _CERTIFICATE:
        return place, url, reply.failure, Level.ERROR
    if reply.status in _NEEDS_PASSWORD:
        return place, url, "It asks for a password, which no directory has.", Level.ERROR
    if reply.is_downgraded:
        return place, url, "It leads from https to http, where others can read and change what is sent.", None
    return None


def _replies(feed: FeedDocument, online: OnlineReplies) -> Iterator[tuple[Place | None, str, Reply]]:
    """The feed's own reply, then that of each address, once, where it stands first."""
    if online.feed is not None:
        yield None, feed.url or "", online.feed.head
    told: set[str] = set()
    for place in places_of_addresses(feed):
        reply = online.replies.get(place.url)
        if reply is not None and place.url not in told:
            told.add(place.url)
            yield place, place.url, reply


def _grouped(faults: Iterable[Fault]) -> Iterator[Flaw]:
    """One flaw for all addresses of a host that have the same fault: a server that is down is one fault."""
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((urlsplit(fault[1]).netloc, fault[2]), []).append(fault)
    for (_, message), group in groups.items():
        place, url, _, level = group[0]
        others = len(group) - 1
        more = f" So do {others} more addresses there." if others > 1 else " So does one more there." if others else ""
        yield Flaw(
            message=message + more,
            at=place.element if place else None,
            item=place.item if place else None,
            value=url,
            level=level,
        )
