"""What the site asks of the catalogue: the shape of the one object every view calls.

`catalogue.actions.publish` gives the real one, the tests a fake; the site holds no state of its own.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from catalogue.domain.catalogue import Catalogue
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.show import Show


class Coded(Protocol):
    """A feed in one content coding, in pieces that follow one another, with a strong, quoted ETag of its own."""

    @property
    def chunks(self) -> tuple[bytes, ...]: ...
    @property
    def size_bytes(self) -> int: ...
    @property
    def etag(self) -> str: ...


class FeedBody(Protocol):
    """A feed in the codings there are so far; `brotli` may follow later.

    `changed_at` (aware UTC) is when the served set last changed; `due_at` the next scheduled moment; `link` is the
    value of the Link header, if there is anything to say in it.
    """

    @property
    def plain(self) -> Coded: ...
    @property
    def gzip(self) -> Coded: ...
    @property
    def brotli(self) -> Coded | None: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def link(self) -> str | None: ...


class Media(Protocol):
    """A file with a public address: on disk at `path` (symlinks resolved), or made by us as `body`.

    `size_bytes` and `mtime_ns` are what was indexed (0: nothing knows when); `kind` is a key of CACHE_CONTROL
    in `web.media`.
    """

    @property
    def path(self) -> Path | None: ...
    @property
    def body(self) -> bytes | None: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size_bytes(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def download_name(self) -> str: ...


class Publication(Protocol):
    """What visitors and apps may see at a moment; safe to call from several threads.

    `show` and `episode` raise Moved (to a slug), NotFound or Withdrawn; `media` raises Moved (to a
    path), NotFound, Withdrawn or MediaError; it may remember what the index says of a file, and `media_anew` asks again
    for one that is no longer so. `feed_at_hand` never waits: None where the feed would have to be made. `shows` is in
    order, the main show first; `episodes` holds public episodes only, newest first.
    """

    def catalogue(self) -> Catalogue: ...
    def shows(self) -> tuple[Show, ...]: ...
    def show(self, slug: str) -> Show: ...
    def episodes(self, show: Show, now: datetime) -> tuple[Episode, ...]: ...
    def episode(self, show: Show, slug: str, now: datetime) -> Episode: ...
    def feed(self, show: Show, links: Links, now: datetime) -> FeedBody: ...
    def feed_at_hand(self, slug: str, links: Links, now: datetime) -> FeedBody | None: ...
    def media(self, sha256: str, name: str, now: datetime) -> Media: ...
    def media_anew(self, sha256: str, name: str, now: datetime) -> Media: ...
    def cues(self, transcript: Transcript) -> tuple[Cue, ...]: ...
    def first_feed(self) -> Show: ...
    def is_ready(self) -> bool: ...
