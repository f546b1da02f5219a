"""Rule P12, as far as it is over answers: whether the publisher of a show calls it one of its own."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.addresses import Kind, places_of_addresses
from catalogue.check.online import OnlineReplies, online_rule
from catalogue.check.rule import Flaw, Level
from catalogue.feed_reading import FeedDocument


@online_rule("P12", Level.WARNING, source="Podcasting 2.0: publisher")
def publisher_lists_the_show(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The feed of the show's publisher lists the show by its `podcast:guid`; otherwise apps believe neither.

    Mend: let the publisher's feed have a `podcast:remoteItem` with the show's GUID, or remove `publisher` here.

    Passes:
        GET /publisher.xml
        200 OK
        # lists: 917393e3-1b1e-5cef-ace4-edaa54e1f810
    Fails:
        GET /publisher.xml
        200 OK
        # lists: 9b024349-ccf0-5f69-a609-6b82873eab3c
    """
    own = feed.channel.text("podcast:guid").lower()
    for place in places_of_addresses(feed):
        reply = online.replies.get(place.url)
        if place.kind is not Kind.PUBLISHER or reply is None or not reply.is_there:
            continue
        if reply.content_fault:
            message = f"The publisher's feed cannot be read. {reply.content_fault}"
            yield Flaw(message=message, at=place.element, value=place.url)
        elif reply.listed is not None and own and own not in reply.listed:
            message = "The publisher's feed does not list this show, so apps will not show the publisher."
            yield Flaw(message=message, at=place.element, value=place.url)
