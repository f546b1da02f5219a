"""What the catalogue knows and a feed cannot say: the second thing a rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from catalogue.domain.episode import Episode
from catalogue.domain.facts import AudioFacts
from catalogue.domain.loudness import Loudness
from catalogue.domain.show import Show
from catalogue.domain.written_page import WrittenPage


@dataclass(frozen=True, kw_only=True)
class FeedFacts:
    """Facts for the rules, all optional; the mappings have absolute URLs, as in the feed, as their keys.

    `lengths` are bytes, `types` media types and `durations` playing times, all by enclosure; `chapters` the
    bytes of chapter files; `integrity` the `sri` of audio, such as `sha384-…`. `published_guids` were ever published
    in this show, `guid_by_audio` says under which GUID an enclosure was. `without_seek_header` are enclosures of
    variable bit rate in which no player finds its way. `show_guid` is the `podcast:guid` last published. `moved_to`
    is where the address the feed was read at now redirects. Without `now` nothing is too late.
    """

    now: datetime | None = None
    show_guid: str | None = None
    moved_to: str | None = None
    lengths: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    durations: Mapping[str, timedelta] = field(default_factory=dict)
    chapters: Mapping[str, bytes] = field(default_factory=dict)
    integrity: Mapping[str, str] = field(default_factory=dict)
    without_seek_header: frozenset[str] = frozenset()
    published_guids: frozenset[str] = frozenset()
    guid_by_audio: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    """The feed is one of ours, so every fact should be there."""


@dataclass(frozen=True, kw_only=True)
class LibraryEpisode:
    """An episode as its files state it; `sounds` is what its own audio files were found to hold, enclosure first.

    `loudness` is how loud the enclosure is, where that was measured.
    """

    episode: Episode
    sounds: Mapping[str, AudioFacts] = field(default_factory=dict)
    """By path, relative to the library."""
    loudness: Loudness | None = None


@dataclass(frozen=True, kw_only=True)
class LibraryFacts:
    """A show of the library on a day (in the show's zone), for the rules that look behind the feed.

    `pages` are the addresses below `base_url` that answer with an episode's page or lead to one, translations too,
    without the base: `/talk/mulch/`, `/talk/mulch/es/`.
    `shows` are the slugs that any show has or had. `written` are the library's public topic pages and plain pages; they
    are judged with the first show alone.
    """

    show: Show
    today: date
    episodes: tuple[LibraryEpisode, ...] = ()
    base_url: str = ""
    pages: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    written: tuple[WrittenPage, ...] = ()
