"""What is heard, read along and looked at: audio, chapters, transcripts, artwork."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class AudioFormat:
    """A kind of audio file we read and publish."""

    name: str
    media_type: str
    extension: str
    """Without the dot, as published (an m4b goes out as m4a)."""
    endings: tuple[str, ...]
    """Lower-case file endings that make a file a candidate; the bytes decide."""


# Media types: Apple's technical requirements and the Podcasting 2.0 examples; order: which rendition is the
# enclosure (Apple lists only mp3, m4a and mp4).
FORMATS = {
    audio_format.name: audio_format
    for audio_format in (
        AudioFormat(name="mp3", media_type="audio/mpeg", extension="mp3", endings=("mp3",)),
        AudioFormat(name="m4a", media_type="audio/x-m4a", extension="m4a", endings=("m4a", "m4b")),
        AudioFormat(name="mp4", media_type="video/mp4", extension="mp4", endings=("mp4",)),
        AudioFormat(name="ogg", media_type="audio/ogg", extension="ogg", endings=("ogg", "oga")),
        AudioFormat(name="opus", media_type="audio/opus", extension="opus", endings=("opus",)),
        AudioFormat(name="flac", media_type="audio/flac", extension="flac", endings=("flac",)),
        AudioFormat(name="wav", media_type="audio/wav", extension="wav", endings=("wav",)),
        AudioFormat(name="aac", media_type="audio/aac", extension="aac", endings=("aac",)),
        AudioFormat(name="aiff", media_type="audio/aiff", extension="aiff", endings=("aiff", "aif")),
    )
}
AUDIO_ENDINGS = frozenset(ending for row in FORMATS.values() for ending in row.endings)

# Podcasting 2.0, transcripts: the types in use.
TRANSCRIPT_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "txt": "text/plain",
    "html": "text/html",
}
# Those with times and speakers are read from first, whatever else is there.
READING_ORDER = ("vtt", "json", "srt", "html", "txt")
CHAPTERS_TYPE = "application/json+chapters"


@dataclass(frozen=True, kw_only=True)
class Audio:
    """One rendition of an episode, a file of the library.

    `sha256` is of the whole file, `essence` of the audio bytes without tag blocks (hex), so that a
    retagged file is known again. `duration` is None where nothing trustworthy says it.
    """

    path: str
    format: str
    size_bytes: int
    sha256: str
    essence: str
    duration: timedelta | None = None
    bitrate_kbps: int | None = None

    @property
    def media_type(self) -> str:
        return FORMATS[self.format].media_type

    @property
    def extension(self) -> str:
        return FORMATS[self.format].extension


@dataclass(frozen=True, kw_only=True)
class RemoteAudio:
    """Audio on somebody else's server, as the note's `enclosure:` states it."""

    url: str
    size_bytes: int
    media_type: str
    duration: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A named stretch of an episode; `is_listed` False: it changes picture or link silently."""

    start: timedelta
    title: str
    end: timedelta | None = None
    url: str | None = None
    image_url: str | None = None
    is_listed: bool = True


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A spoken sentence of a transcript; `start` is None in formats without times."""

    text: str
    start: timedelta | None = None
    end: timedelta | None = None
    speaker: str | None = None


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """A transcript file; `format` is a key of TRANSCRIPT_TYPES, `language` a BCP 47 tag."""

    path: str
    format: str
    language: str
    sha256: str
    size_bytes: int

    @property
    def media_type(self) -> str:
        return TRANSCRIPT_TYPES[self.format]


# What is made of a picture: name in the address → widest edge in pixels. A new name when the making changes.
COVER = "cover1"
THUMBNAIL = "thumb1"
IMAGE_RECIPES = {COVER: 3000, THUMBNAIL: 640}


@dataclass(frozen=True, kw_only=True)
class Artwork:
    """A square cover, at least 1400 pixels wide, as it stands in the library.

    `path` is the image, or the audio file that carries it; `sha256` is of the image's own bytes.
    What is served is made from it under hash and recipe. `path` is None where we drew it ourselves.
    """

    path: str | None
    sha256: str
    width: int
    height: int
