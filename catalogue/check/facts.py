"""What the catalogue knows and a feed cannot say: the second thing a rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class FeedFacts:
    """Facts for the rules, all optional; the mappings have absolute URLs, as in the feed, as their keys.

    `lengths` are bytes, `types` media types and `durations` playing times, all by enclosure; `chapters` the
    bytes of chapter files. `published_guids` were ever published in this show, `guid_by_audio` says under which
    GUID an enclosure was. `without_seek_header` are enclosures of variable bit rate in which no player finds its
    way. `show_guid` is the `podcast:guid` last published. Without `now` nothing is too late.
    """

    now: datetime | None = None
    show_guid: str | None = None
    lengths: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    durations: Mapping[str, timedelta] = field(default_factory=dict)
    chapters: Mapping[str, bytes] = field(default_factory=dict)
    without_seek_header: frozenset[str] = frozenset()
    published_guids: frozenset[str] = frozenset()
    guid_by_audio: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    """The feed is one of ours, so every fact should be there."""
