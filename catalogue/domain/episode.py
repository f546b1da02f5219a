"""An episode: what RSS calls the item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from catalogue.domain.credits import Funding, License, Location, Person, Txt
from catalogue.domain.media import Artwork, Audio, Chapter, RemoteAudio, Transcript
from catalogue.domain.podcasting import EpisodeExtras
from catalogue.domain.show import Help


class EpisodeType(StrEnum):
    """Apple, `itunes:episodeType`."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class Audience(StrEnum):
    """Who may hear it."""

    PUBLIC = "public"
    MEMBERS = "members"


@dataclass(frozen=True, kw_only=True)
class Season:
    """A season, perhaps with a name of its own."""

    number: int
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Soundbite:
    """A stretch worth quoting (Podcasting 2.0, `soundbite`)."""

    start: timedelta
    duration: timedelta
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """Something the notes rest on, or further reading."""

    title: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tag:
    """What an episode is about, in a word or two; `slug` stands in addresses."""

    name: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was put right, and when; a dated correction changes the feed's build date."""

    on: date
    text: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """When health information was last read by somebody who knows.

    Days are `2018-05-03` or just a month, `2018-05`; `next_on` may also be the words `under way`.
    """

    last_on: str | None = None
    next_on: str | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Translation:
    """An episode's texts in another language; `notes` is Markdown. What is None or empty is as in the episode."""

    language: str
    title: str
    summary: str | None = None
    content_warning: str | None = None
    chapters: tuple[Chapter, ...] = ()
    sources: tuple[Source, ...] = ()
    help: tuple[Help, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Episode:
    """An episode as its files and the ledger state it.

    `path` is its folder or stem relative to the show. `published_at` (UTC) is None only in drafts
    whose moment nothing states yet. `renditions` come enclosure first; `notes` is Markdown, `summary`
    plain text. `updated_at` is the note's own `updated`. People are empty where the show's apply.
    """

    guid: str
    slug: str
    path: str
    title: str
    published_at: datetime | None
    language: str
    number: Decimal | None = None
    season: Season | None = None
    type: EpisodeType = EpisodeType.FULL
    summary: str | None = None
    notes: str = ""
    notes_html: str = ""
    """Notes that came as HTML; `notes` then are their words as Markdown, and feed and page show this."""
    author: str | None = None
    explicit: bool | None = None
    draft: bool = False
    audience: Audience = Audience.PUBLIC
    block: bool = False
    link: str | None = None
    updated_at: datetime | None = None
    renditions: tuple[Audio, ...] = ()
    remote: RemoteAudio | None = None
    chapters: tuple[Chapter, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    artwork: Artwork | None = None
    artwork_alt: str | None = None
    people: tuple[Person, ...] = ()
    funding: tuple[Funding, ...] = ()
    license: License | None = None
    location: tuple[Location, ...] = ()
    txt: tuple[Txt, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    content_warning: str | None = None
    help: tuple[Help, ...] = ()
    review: Review | None = None
    sources: tuple[Source, ...] = ()
    tags: tuple[Tag, ...] = ()
    corrections: tuple[Correction, ...] = ()
    translations: tuple[Translation, ...] = ()
    missing_since: datetime | None = None
    withdrawn_at: datetime | None = None
    extras: EpisodeExtras | None = None
    """None where it states none of them, as nearly all: they then cost nothing."""

    @property
    def texts(self) -> tuple[Episode | Translation, ...]:
        """Title, summary and notes in every language they are written in, the episode's own first."""
        return (self, *self.translations)

    @property
    def audio(self) -> Audio | None:
        """The rendition that is the enclosure; None where the audio is remote."""
        return self.renditions[0] if self.renditions else None

    @property
    def alternates(self) -> tuple[Audio, ...]:
        """The other renditions, in the order of FORMATS."""
        return self.renditions[1:]

    @property
    def duration(self) -> timedelta | None:
        """How long the enclosure plays, where that is known."""
        source = self.audio or self.remote
        return source.duration if source else None

    @property
    def has_audio(self) -> bool:
        """Whether there is anything to enclose, here or elsewhere."""
        return bool(self.renditions) or self.remote is not None

    def is_public(self, now: datetime) -> bool:
        """Whether visitors and feeds may know of it at `now` (aware UTC)."""
        return (
            not self.draft
            and self.withdrawn_at is None
            and self.audience is Audience.PUBLIC
            and self.published_at is not None
            and self.published_at <= now
        )

    @property
    def changed_at(self) -> datetime | None:
        """The latest of publication, `updated` and dated corrections (midnight UTC of their day)."""
        corrected = (datetime.fromisoformat(f"{c.on.isoformat()}T00:00:00+00:00") for c in self.corrections)
        moments = [m for m in (self.published_at, self.updated_at, *corrected) if m is not None]
        return max(moments, default=None)


def newest_first(episode: Episode) -> tuple[float, str]:
    """Sort key: the latest publication first, then by GUID, so that the order is always the same."""
    published = episode.published_at.timestamp() if episode.published_at else float("inf")
    return (-published, episode.guid)
