"""What Podcasting 2.0 has that few shows use, as a show or a note states it; only the feed shows it.

Fields are the namespace's attributes in our spelling. `lacks` names what is missing because of what else is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

NO_COMMENTS = "disabled"


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture elsewhere, and what for (`image`): `purpose` is tokens such as `banner social`, sizes are pixels."""

    url: str
    purpose: str | None = None
    alt: str | None = None
    aspect_ratio: str | None = None
    width: int | None = None
    height: int | None = None
    media_type: str | None = None


@dataclass(frozen=True, kw_only=True)
class RemoteItem:
    """A show, or an episode of it, that stands in another feed (`remoteItem`)."""

    feed_guid: str
    feed_url: str | None = None
    item_guid: str | None = None
    medium: str | None = None
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class SocialInteract:
    """The post under which people talk about it (`socialInteract`); `disabled`: nowhere."""

    protocol: str
    uri: str | None = None
    account_id: str | None = None
    account_url: str | None = None
    priority: int | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        return () if self.uri or self.protocol == NO_COMMENTS else ("uri",)


@dataclass(frozen=True, kw_only=True)
class Chat:
    """Where people talk while it runs (`chat`)."""

    server: str
    protocol: str
    account_id: str | None = None
    space: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContentLink:
    """A page where it can be heard or seen as well (`contentLink`)."""

    url: str
    label: str


class IntegrityType(StrEnum):
    """How a file's bytes can be proved (`integrity`)."""

    SRI = "sri"
    PGP = "pgp-signature"


@dataclass(frozen=True, kw_only=True)
class Integrity:
    """A checksum such as `sha384-…`, or an armoured signature (`integrity`)."""

    type: IntegrityType
    value: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """One address of a file, of any scheme (`source`)."""

    uri: str
    media_type: str | None = None
    """Where it is not the file's own: `application/x-bittorrent`."""


@dataclass(frozen=True, kw_only=True)
class AlternateEnclosure:
    """The same, or what belongs to it, in another file elsewhere (`alternateEnclosure`); `bitrate` is bits a second."""

    media_type: str
    sources: tuple[Place, ...]
    size_bytes: int | None = None
    bitrate: int | None = None
    height: int | None = None
    language: str | None = None
    title: str | None = None
    rel: str | None = None
    codecs: str | None = None
    is_default: bool = False
    integrity: Integrity | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        return () if self.sources else ("sources",)


@dataclass(frozen=True, kw_only=True)
class ValueRecipient:
    """Who gets which share (`valueRecipient`); `is_fee`: taken off before the others share."""

    type: str
    address: str
    split: int
    name: str | None = None
    custom_key: str | None = None
    custom_value: str | None = None
    is_fee: bool = False


@dataclass(frozen=True, kw_only=True)
class ValueTimeSplit:
    """A stretch for which others get their share (`valueTimeSplit`): those of another feed, or those named."""

    start: timedelta
    duration: timedelta
    remote_start: timedelta | None = None
    remote_percentage: int | None = None
    remote_item: RemoteItem | None = None
    recipients: tuple[ValueRecipient, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        return () if self.remote_item or self.recipients else ("recipients",)


@dataclass(frozen=True, kw_only=True)
class Value:
    """How listeners' apps can pay those who made it (`value`); `suggested` is an amount as text, never rounded."""

    type: str
    method: str
    recipients: tuple[ValueRecipient, ...]
    suggested: str | None = None
    time_splits: tuple[ValueTimeSplit, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        return () if self.recipients else ("recipients",)


@dataclass(frozen=True, kw_only=True)
class FeedTag:
    """An element of Podcasting 2.0 that has no key of its own here, as XML in one line: the feed has it as it is."""

    xml: str


@dataclass(frozen=True, kw_only=True)
class EpisodeExtras:
    """What an episode states of all this; `number_display` is its number in words (`episode`, `display`)."""

    number_display: str | None = None
    images: tuple[Image, ...] = ()
    alternate_enclosures: tuple[AlternateEnclosure, ...] = ()
    social_interact: tuple[SocialInteract, ...] = ()
    chat: Chat | None = None
    content_links: tuple[ContentLink, ...] = ()
    value: tuple[Value, ...] = ()
    feed_tags: tuple[FeedTag, ...] = ()
