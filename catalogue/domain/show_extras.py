"""What a show alone may state of Podcasting 2.0 and few do: streams, other shows, services, ways to pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalogue.domain.credits import Funding, License, Location, Person, Txt
from catalogue.domain.media import RemoteAudio
from catalogue.domain.podcasting import (
    AlternateEnclosure,
    Chat,
    ContentLink,
    FeedTag,
    Image,
    RemoteItem,
    SocialInteract,
    Value,
)


class LiveStatus(StrEnum):
    """Whether a stream is to come, running or over (Podcasting 2.0, `liveItem`)."""

    PENDING = "pending"
    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class LiveItem:
    """A stream (Podcasting 2.0, `liveItem`); another `guid` is another stream. `start` and `end` are what is meant."""

    status: LiveStatus
    start: datetime
    title: str
    guid: str
    content_links: tuple[ContentLink, ...]
    end: datetime | None = None
    description: str | None = None
    link: str | None = None
    enclosure: RemoteAudio | None = None
    alternate_enclosures: tuple[AlternateEnclosure, ...] = ()
    people: tuple[Person, ...] = ()
    images: tuple[Image, ...] = ()
    funding: tuple[Funding, ...] = ()
    license: License | None = None
    location: tuple[Location, ...] = ()
    txt: tuple[Txt, ...] = ()
    social_interact: tuple[SocialInteract, ...] = ()
    chat: Chat | None = None
    value: tuple[Value, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the namespace asks for besides: a page, and something to play."""
        links = () if self.content_links else ("content_links",)
        return links if self.enclosure or self.alternate_enclosures else (*links, "enclosure")


@dataclass(frozen=True, kw_only=True)
class ShowExtras:
    """What a show states of Podcasting 2.0 that few shows use; services are slugs of its list, such as `youtube`."""

    images: tuple[Image, ...] = ()
    podroll: tuple[RemoteItem, ...] = ()
    publisher: RemoteItem | None = None
    remote_items: tuple[RemoteItem, ...] = ()
    allow_services: tuple[str, ...] = ()
    block_services: tuple[str, ...] = ()
    podping: bool = False
    social_interact: tuple[SocialInteract, ...] = ()
    chat: Chat | None = None
    value: tuple[Value, ...] = ()
    live_items: tuple[LiveItem, ...] = ()
    feed_tags: tuple[FeedTag, ...] = ()
