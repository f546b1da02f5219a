"""Rules N03, N04 and N06: how the feed itself is served."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.check.online import FeedReply, OnlineReplies, online_rule
from catalogue.check.rule import Flaw, Level
from catalogue.feed_reading import FeedDocument

XML_TYPES = frozenset({"application/rss+xml", "application/xml", "text/xml"})
# Below this, packing spares nothing: it is one packet either way.
WORTH_PACKING_BYTES = 1400
_LINK = re.compile(r"<([^>]*)>\s*((?:;[^,]*)*)")
_RELATION = re.compile(r";\s*rel\s*=\s*\"?([^\";]*)", re.IGNORECASE)


@online_rule("N03", Level.WARNING, source="Apple: technical updates 2022; RFC 9110, section 13")
def feed_says_when_it_is_unchanged(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The feed has an ETag or Last-Modified, and answers 304 to who has it already.

    Mend: let the server send one of them and compare it; otherwise every app loads the whole feed each time.

    Passes:
        GET /feed.xml
        200 OK
        Content-Type: application/rss+xml
        ETag: "1"
    Fails:
        GET /feed.xml
        200 OK
        Content-Type: application/rss+xml
    """
    reply = _whole(online)
    if reply is None:
        return
    if not reply.etag and not reply.last_modified:
        yield Flaw(message="The feed has neither ETag nor Last-Modified.", value=feed.url)
    elif reply.again_status != 304:
        how = "the same" if reply.is_same else "another"
        message = f"Asked again, it answers {reply.again_status} with {how} feed, and not 304."
        yield Flaw(message=message, value=reply.etag or reply.last_modified)


@online_rule("N04", Level.WARNING, source="Apple: RSS feed requirements; RFC 7303; practice of readers")
def feed_is_served_as_xml(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The feed is served as XML in UTF-8 (application/rss+xml), and packed for who takes it packed.

    Mend: set the Content-Type to `application/rss+xml; charset=utf-8`, and turn on gzip for it.

    Passes:
        GET /feed.xml
        200 OK
        Content-Type: text/xml; charset=utf-8
        ETag: "1"
    Fails:
        GET /feed.xml
        200 OK
        Content-Type: text/plain
        ETag: "1"
    """
    reply = _whole(online)
    if reply is None:
        return
    kind, _, parameters = reply.media_type.partition(";")
    charset = re.search(r"charset\s*=\s*\"?([^\s\";]+)", parameters, re.IGNORECASE)
    if kind.strip().lower() not in XML_TYPES:
        yield Flaw(message="Its Content-Type is none of a feed; some apps will not take it.", value=reply.media_type)
    elif charset is not None and charset[1].lower() not in {"utf-8", "utf8"}:
        yield Flaw(message="Its Content-Type names another charset than UTF-8.", value=reply.media_type)
    if not reply.coding and reply.size_bytes > WORTH_PACKING_BYTES:
        message = f"It is sent unpacked; gzip would spare most of its {reply.size_bytes} bytes."
        yield Flaw(message=message, value=feed.url, level=Level.ADVICE)


@online_rule("N06", Level.WARNING, source="WebSub, section 4")
def hubs_are_named_twice(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """A feed with a WebSub hub names it in its Link header and in the channel, with exactly one address as its own.

    Mend: send `Link: <hub>; rel="hub", <feed>; rel="self"` with the feed, the same as its `atom:link`s.

    Passes:
        GET /feed.xml
        200 OK
        Content-Type: application/rss+xml
        ETag: "1"
    Fails:
        GET /feed.xml
        200 OK
        Content-Type: application/rss+xml
        ETag: "1"
        Link: <https://hub.example/>; rel="hub", <https://example.org/feed.xml>; rel="self"
    """
    reply = _whole(online)
    if reply is None:
        return
    links = [(link.get("rel"), link.get("href")) for link in feed.channel.all("atom:link")]
    inside = {href for relation, href in links if relation == "hub"}
    header = list(_links(reply.links))
    outside = {href for relation, href in header if relation == "hub"}
    if not inside and not outside:
        return
    if inside != outside:
        missing = sorted(inside ^ outside)[0]
        where = "in the Link header" if missing in outside else "in the channel"
        yield Flaw(message=f"The hub stands only {where}.", value=missing)
    selves = {href for relation, href in header if relation == "self"}
    if outside and len(selves) != 1:
        message = f"The Link header names {len(selves)} addresses as the feed's own; hubs need one."
        yield Flaw(message=message, value=reply.links)


def _whole(online: OnlineReplies) -> FeedReply | None:
    """The feed's reply, where it came with a feed."""
    return online.feed if online.feed is not None and online.feed.size_bytes else None


def _links(header: str) -> Iterator[tuple[str, str]]:
    """Relation and address of each link (RFC 8288, section 3)."""
    for address, parameters in _LINK.findall(header):
        relation = _RELATION.search(parameters)
        for one in relation[1].split() if relation else ():
            yield one.lower(), address
