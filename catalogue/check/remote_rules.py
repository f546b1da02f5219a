"""Rule P12: how a feed points to other feeds."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.medium import PUBLISHER
from catalogue.check.rule import Flaw, Level, rule
from catalogue.check.show_rules import is_uuid
from catalogue.check.tag_rules import podcasting_elements
from catalogue.feed_reading import Element, FeedDocument


@rule("P12", Level.WARNING, source="Podcasting 2.0: remoteItem, podroll, publisher")
def other_feeds_can_be_found(feed: FeedDocument) -> Iterator[Flaw]:
    """Another feed is named by its `podcast:guid`, a UUID; a podroll names some, `podcast:publisher` exactly one.

    Mend: take the GUID from the other feed, not its address; give the publisher's feed with `medium="publisher"`.

    Passes:
        <podcast:podroll><podcast:remoteItem feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"/></podcast:podroll>
    Fails:
        <podcast:podroll><podcast:remoteItem feedGuid="https://example.org/feed.xml"/></podcast:podroll>
    """
    for item, _, element in podcasting_elements(feed):
        guid = element.get("feedGuid") if element.name == "podcast:remoteItem" else ""
        if guid and not is_uuid(guid):
            yield Flaw(message="`feedGuid` must be the other feed's GUID, a UUID.", at=element, value=guid, item=item)
    for podroll in feed.channel.all("podcast:podroll"):
        if not podroll.all("podcast:remoteItem"):
            yield Flaw(message="The podroll names no show.", at=podroll)
    for publisher in feed.channel.all("podcast:publisher"):
        yield from _flaws_of_publisher(publisher)


def _flaws_of_publisher(publisher: Element) -> Iterator[Flaw]:
    items = publisher.all("podcast:remoteItem")
    if len(items) != 1:
        yield Flaw(message=f"`podcast:publisher` names {len(items)} feeds; it must name one.", at=publisher)
    elif items[0].get("medium").lower() != PUBLISHER:
        message = 'The publisher\'s feed must be named with medium="publisher".'
        yield Flaw(message=message, at=items[0], value=items[0].get("medium"))
