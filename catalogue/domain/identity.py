"""Who is who for ever: GUIDs, slugs and the lines of a show's ledger.

Identities are computed once, at first sight, then only read back from the ledger; so the functions
here that derive them must never be called for anything the ledger already knows.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime

from catalogue.domain.patterns import RESERVED

# Podcasting 2.0, guid: the namespace of `podcast:guid`.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
LEDGER_FORMAT = 1
REMOTE_ROLE = "remote"
SLUG_LENGTH = 80


@dataclass(frozen=True, kw_only=True)
class LedgerShow:
    """The ledger's first line. `was` holds earlier slugs, oldest first; `media` the artwork's role and hash.

    `feeds` holds the `podcast:guid` of each of its other feeds by name (`season/2`), given at first sight.
    """

    guid: str
    slug: str
    first_seen_at: datetime
    was: tuple[str, ...] = ()
    media: dict[str, MediaLine] = field(default_factory=dict)
    was_media: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    format: int = LEDGER_FORMAT


@dataclass(frozen=True, kw_only=True)
class MediaLine:
    """A file as last published: hash of its bytes; for audio also the hash of its sound, and its size."""

    sha256: str
    essence: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, kw_only=True)
class LedgerEpisode:
    """A line of the ledger.

    `path` is the folder or stem relative to the show, NFC with `/`. `published_at` stands only where no file
    states it, `draft` only where the show's `new_files` made it one and no note has said otherwise. `media` maps a
    role (`audio.mp3`, `transcript.en.vtt`, `chapters.json`, `artwork`) to what was last published there, `remote` to
    the hash of the address of remote audio, which nothing is served under; `was` holds earlier slugs and `was_media`
    every earlier hash with its role, for ever. `discarded_at`: it was thrown away as a draft that was never out, its
    slug is one that nobody wants (`discarded_slug`), and its files lie in a hidden folder. `page` is the page of the
    archive on which it stands, for ever; None: on none yet.
    """

    guid: str
    path: str
    slug: str
    published_at: datetime | None = None
    draft: bool = False
    media: dict[str, MediaLine] = field(default_factory=dict)
    was: tuple[str, ...] = ()
    was_media: dict[str, str] = field(default_factory=dict)
    missing_since: datetime | None = None
    withdrawn_at: datetime | None = None
    discarded_at: datetime | None = None
    page: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A show's ledger as read; `remarks` says what a merge left to be known."""

    show: LedgerShow
    episodes: tuple[LedgerEpisode, ...] = ()
    remarks: tuple[str, ...] = ()


def show_guid_from_url(feed_url: str) -> str:
    """`podcast:guid` of a feed's address (Podcasting 2.0, guid).

    >>> show_guid_from_url("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    bare = re.sub(r"^[a-zA-Z][a-zA-Z0-9+.-]*://", "", feed_url.strip()).rstrip("/")
    return str(uuid.uuid5(PODCAST_NAMESPACE, bare))


def show_guid_from_chance(chance: uuid.UUID) -> str:
    """`podcast:guid` of a show that has no public address yet; `chance` is a random UUID."""
    return str(uuid.uuid5(PODCAST_NAMESPACE, str(chance)))


def episode_guid(show_guid: str, path: str, enclosure: str) -> str:
    """GUID of an episode at first sight.

    `path` is relative to the show, `enclosure` the sha256 of the enclosure's bytes, or the URL of remote
    audio; two checkouts of one library agree.
    """
    return str(uuid.uuid5(uuid.UUID(show_guid), f"{unicodedata.normalize('NFC', path)}\n{enclosure}"))


def remote_hash(url: str) -> str:
    """Hash the address of remote audio: an episode is known by it as by the bytes of a file."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def discarded_slug(guid: str) -> str:
    """The slug of a draft that was thrown away: its own is anybody's again.

    >>> discarded_slug("1b2c3d4e")
    'discarded-b8bccdca524e'
    """
    return f"discarded-{hashlib.sha256(guid.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def is_sound(role: str) -> bool:
    """Whether an episode is known by what has this role: its audio, here or on another server.

    >>> [is_sound(role) for role in ("audio.mp3", "remote", "artwork")]
    [True, True, False]
    """
    return role == REMOTE_ROLE or role.startswith("audio")


def slug_of(name: str, transliterate: Callable[[str], str]) -> str:
    """Turn a name into an address segment of `a-z0-9-`; may be empty.

    >>> slug_of("Meet the Husbands!", str)
    'meet-the-husbands'
    """
    ascii_name = transliterate(unicodedata.normalize("NFC", name)).lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:SLUG_LENGTH].strip("-")


def free_slug(wanted: str, guid: str, taken: Container[str]) -> str:
    """Give the first of `wanted`, `wanted-2`, … that is neither taken nor reserved.

    >>> free_slug("search", "1b2c3d4e-0000", {"search-2"})
    'search-3'
    """
    stem = wanted or f"episode-{guid.replace('-', '')[:8]}"
    candidate, number = stem, 1
    while candidate in taken or candidate in RESERVED:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate
