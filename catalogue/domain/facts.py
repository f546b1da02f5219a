"""What one file of the library was found to hold; kept by the index so that unchanged files stay closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from catalogue.domain.media import Chapter, Cue

# The code of a remark: audio that may be cut off.
SHORT = "audio-short"
BitrateMode = Literal["constant", "variable", "average"]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something about a file that costs nothing but should be said; as in ContentError."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class ImageFacts:
    """A picture's own bytes: `sha256`, how many, pixels, and why it cannot be a cover (None: it can)."""

    sha256: str
    format: str
    width: int
    height: int
    unfit: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, kw_only=True)
class AudioFacts:
    """What an audio file and its tags say; empty tags are None.

    `published_at` is set only where the tag has a day (aware where the tag names a zone or a Z, else
    naive: the show's zone applies; a day alone stands in `published_on`). `guid` is a TGID or egid
    tag. `language` is a BCP 47 tag. `bitrate_mode` is known of MP3 alone; `seek_header` names the header
    by which a player finds its way in one (Xing, Info, VBRI; None: there is none).
    `sample_rate_hz` and `channels` are None where the format does not say.
    """

    format: str
    sha256: str
    essence: str
    size_bytes: int
    duration: timedelta | None = None
    bitrate_kbps: int | None = None
    bitrate_mode: BitrateMode | None = None
    seek_header: str | None = None
    sample_rate_hz: int | None = None
    channels: int | None = None
    title: str | None = None
    author: str | None = None
    album: str | None = None
    number: Decimal | None = None
    season: int | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    language: str | None = None
    summary: str | None = None
    notes: str | None = None
    guid: str | None = None
    feed_url: str | None = None
    chapters: tuple[Chapter, ...] = ()
    artwork: ImageFacts | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CoverFacts:
    """What a picture is that somebody serves as a cover; `format` such as jpeg, `mode` its colours as Pillow says."""

    sha256: str
    format: str
    width: int
    height: int
    mode: str
    has_alpha: bool
    size_bytes: int
    is_moving: bool = False

    @property
    def is_rgb(self) -> bool:
        """Whether its colours are red, green and blue; a palette is of such."""
        return self.mode in {"RGB", "RGBA"} or (self.mode == "P" and not self.has_alpha)


@dataclass(frozen=True, kw_only=True)
class TranscriptFacts:
    """A transcript's sentences in their order, and the language the file itself names."""

    format: str
    sha256: str
    size_bytes: int
    language: str | None = None
    cues: tuple[Cue, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChaptersFacts:
    """The chapters of a file of their own, by their starts."""

    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewTags:
    """What is to be written into an audio file's tags; None and empty: what is there stays.

    `length` is that of the sound, for chapters without an end; `id3_version` is 3 or 4 (ID3v2.3, ID3v2.4).
    """

    title: str
    number: Decimal | None = None
    season: int | None = None
    chapters: tuple[Chapter, ...] = ()
    length: timedelta | None = None
    id3_version: int = 4


@dataclass(frozen=True, kw_only=True)
class TagsWritten:
    """A file after its tags were written: its hash, whether that is what it was, and what tags have no place for."""

    sha256: str
    is_same: bool
    remarks: tuple[Remark, ...] = ()
