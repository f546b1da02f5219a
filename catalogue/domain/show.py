"""A show: what RSS calls the channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalogue.domain.credits import Funding, License, Location, Person, Txt
from catalogue.domain.listed import Listed
from catalogue.domain.media import Artwork
from catalogue.domain.show_extras import ShowExtras

__all__ = (
    "Category",
    "Funding",
    "Help",
    "License",
    "Listed",
    "Location",
    "NewFiles",
    "Owner",
    "Person",
    "Show",
    "ShowType",
    "Txt",
    "UpdateFrequency",
)


class ShowType(StrEnum):
    """How apps order and offer a show (Apple, `itunes:type`)."""

    EPISODIC = "episodic"
    SERIAL = "serial"


class NewFiles(StrEnum):
    """What a newly seen audio file becomes where no note says otherwise."""

    PUBLISH = "publish"
    DRAFT = "draft"


@dataclass(frozen=True, kw_only=True)
class Category:
    """One of Apple's categories; written `Health & Fitness > Medicine` in `show.toml`."""

    name: str
    subcategory: str | None = None

    @classmethod
    def from_text(cls, text: str) -> Category:
        """Read `Name` or `Name > Subcategory`.

        >>> Category.from_text("Health & Fitness > Medicine").subcategory
        'Medicine'
        """
        name, _, subcategory = (part.strip() for part in text.partition(">"))
        return cls(name=name, subcategory=subcategory or None)


@dataclass(frozen=True, kw_only=True)
class UpdateFrequency:
    """How often episodes come, in words and as an RFC 5545 rule."""

    label: str
    rrule: str | None = None
    dtstart: str | None = None
    complete: bool = False


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who answers for the show; the e-mail is in the feed only where the show says so (`show_owner_email`)."""

    name: str
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class Help:
    """A place to turn to: shown beside content warnings and under every episode."""

    name: str
    what: str | None = None
    url: str | None = None
    phone: str | None = None
    hours: str | None = None
    language: str | None = None
    country: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShowText:
    """What pages say of a show, in another language; what is None or empty is as in the show itself."""

    language: str
    title: str | None = None
    subtitle: str | None = None
    description: str | None = None
    disclaimer: str | None = None
    copyright: str | None = None
    artwork_alt: str | None = None
    funding: tuple[Funding, ...] = ()
    help: tuple[Help, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Show:
    """A show as `show.toml` and the ledger state it.

    `language` is a BCP 47 tag, `timezone` an IANA name, `accent` a CSS hex colour; `link` is the
    show's own website (None: its page here). `was` holds every earlier slug.
    """

    guid: str
    slug: str
    path: str
    """The show's folder, relative to the library (`""` where the library is one show)."""
    title: str
    description: str
    author: str
    language: str
    first_seen_at: datetime
    categories: tuple[Category, ...] = ()
    explicit: bool = False
    type: ShowType = ShowType.EPISODIC
    timezone: str = "UTC"
    subtitle: str | None = None
    link: str | None = None
    copyright: str | None = None
    owner: Owner | None = None
    show_owner_email: bool = False
    apple_title: str | None = None
    locked: bool = True
    people: tuple[Person, ...] = ()
    funding: tuple[Funding, ...] = ()
    license: License | None = None
    location: tuple[Location, ...] = ()
    txt: tuple[Txt, ...] = ()
    medium: str = "podcast"
    update_frequency: UpdateFrequency | None = None
    block: bool = False
    complete: bool = False
    podlove_chapters: bool = False
    """Whether items carry their chapters as Podlove Simple Chapters, too."""
    new_feed_url: str | None = None
    moved_to: str | None = None
    """The feed at another host to which this one's subscribers are led for good."""
    moved_from: tuple[str, ...] = ()
    """Where the feed was before it came here."""
    feed_episodes: int = 0
    """How many of the latest episodes the feed has at least, with an archive for the others; 0: all of them."""
    artwork: Artwork | None = None
    artwork_alt: str | None = None
    accent: str | None = None
    new_files: NewFiles = NewFiles.PUBLISH
    help: tuple[Help, ...] = ()
    disclaimer: str | None = None
    support: str | None = None
    """A page or address for feedback."""
    listed: Listed | None = None
    corrections_days: int = 30
    """How many days a feed tells a correction; 0: only pages do."""
    was: tuple[str, ...] = ()
    texts: tuple[ShowText, ...] = ()
    """Its texts in other languages, for pages alone: a feed has one language."""
    extras: ShowExtras | None = None

    @property
    def public_email(self) -> str | None:
        """The owner's address, where the feed may say it."""
        return self.owner.email if self.owner is not None and self.show_owner_email else None
