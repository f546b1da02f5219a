"""Rules C20 and C22 to C24: what the feed says of itself as a feed."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.address import is_same_address, read_address
from catalogue.check.channel_rules import self_address
from catalogue.check.dates import CLOCK_TOLERANCE, find_moment
from catalogue.check.facts import FeedFacts
from catalogue.check.medium import KNOWN, PUBLISHER, is_for_directories, medium_of
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import FeedDocument

# Podcasting 2.0: a stream is no statement about the show, and some hosts append it.
_NO_METADATA = frozenset({"podcast:liveItem"})


@rule("C20", Level.WARNING, source="RSS 2.0")
def build_date_is_told(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
    """`lastBuildDate` says when the feed last changed; it is a date as in e-mails, and not in the future.

    Mend: let the publisher write it from the latest change.

    Passes: <lastBuildDate>Tue, 12 Oct 2021 08:00:00 +0000</lastBuildDate>
    Fails: <lastBuildDate>2021-10-12</lastBuildDate>
    """
    element = feed.channel.first("lastBuildDate")
    stated = element.text() if element is not None else ""
    moment = find_moment(stated)
    if not stated:
        yield Flaw(message="The feed does not say when it last changed.", at=element)
    elif moment is None:
        yield Flaw(message="The date must be like `Tue, 05 Oct 2021 08:00:00 +0000`.", at=element)
    elif facts.now is not None and moment > facts.now + CLOCK_TOLERANCE:
        yield Flaw(message="The feed says that it changed in the future.", at=element)


@rule("C22", Level.WARNING, source="Podcasting 2.0: medium")
def medium_is_known(feed: FeedDocument) -> Iterator[Flaw]:
    """`podcast:medium`, where it stands, is in the list; a publisher's feed and a list have no episodes of their own.

    Mend: state `medium` in show.toml, such as `podcast`, `music` or `audiobook`.

    Passes: <podcast:medium>audiobook</podcast:medium>
    Fails: <podcast:medium>radio</podcast:medium>
    """
    element = feed.channel.first("podcast:medium")
    if element is not None and medium_of(feed) not in KNOWN:
        yield Flaw(message="The namespace has no such medium.", at=element)
    elif feed.items and not is_for_directories(feed):
        kind = "A publisher's feed" if medium_of(feed) == PUBLISHER else "A list"
        yield Flaw(message=f"{kind} holds `podcast:remoteItem`s; apps pass over its episodes.", at=element)


@rule("C23", Level.WARNING, source="RSS 2.0; W3C feed validator: MisplacedMetadata")
def show_is_described_before_its_episodes(feed: FeedDocument) -> Iterator[Flaw]:
    """What is said of the show stands before the first episode; readers that stop early miss the rest.

    Mend: move it above the first `<item>`.

    Passes: <copyright>Garden Talk</copyright> <item><title>Compost</title></item>
    Fails: <item><title>Compost</title></item> <copyright>Garden Talk</copyright>
    """
    late = [one for one in feed.late if one.name not in _NO_METADATA and not one.name.startswith("{")]
    if late:
        others = f" and {len(late) - 1} more" if len(late) > 1 else ""
        yield Flaw(message=f"`{late[0].name}`{others} stands after the first episode.", at=late[0])


@rule("C24", Level.WARNING, source="Apple: A Podcaster's Guide to RSS")
def new_address_is_this_one(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
    """`itunes:new-feed-url` is the feed's own address, or the old address redirects there, for good (301).

    Mend: redirect the old address to the new one, and say the new one in the feed there; `new_feed_url` in show.toml.

    Passes: <itunes:new-feed-url>https://example.org/talk/feed.xml</itunes:new-feed-url>
    Fails: <itunes:new-feed-url>https://new.example.org/feed.xml</itunes:new-feed-url>
    """
    element = feed.channel.first("itunes:new-feed-url")
    if element is None:
        return
    address = element.text()
    known = (feed.url, self_address(feed), facts.moved_to)
    if read_address(address) is None:
        yield Flaw(message="The new address must be whole, with https:// and the host.", at=element)
    elif not any(is_same_address(address, one) for one in known if one):
        message = "The feed names another address than its own; have this one answer 301 to it."
        yield Flaw(message=message, at=element)
