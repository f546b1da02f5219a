"""What covers were at the last look, so that one which changed under the same address is found (rule C11).

A file of the derived folder: without it nothing is lost but the comparison. Its name is hidden, because other names
there are those of pictures, whose coming asks for an index. An address stands in it as a hash, for it may be secret.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from catalogue.check.online import Reply
from catalogue.config import Settings
from catalogue.documents import read_document, render_document
from catalogue.library.durable import write_durably

LOG = logging.getLogger("castalogue")
NAME = ".covers-seen.json"
MOST_ADDRESSES = 1000
# Longer than directories take until they look again for a cover whose address is new.
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class SeenCover:
    """What an address had when it was last looked at.

    Where it had other bytes before: `changed_on` is the first look at these, `other_until` the last at those.
    """

    sha256: str
    seen_on: date
    changed_on: date | None = None
    other_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class CoverMemory:
    """Covers as they were at earlier looks, kept in `file`; of two checks at once, one's looks may be forgotten."""

    file: Path
    today: date

    def compared(self, replies: Mapping[str, Reply]) -> dict[str, Reply]:
        """Replies by address, those of pictures that changed with `other_until`; keeps what came for the next look."""
        before = self._read()
        now = {
            url: _looked(before.get(_key(url)), reply.picture.sha256, today=self.today)
            for url, reply in replies.items()
            if reply.picture is not None
        }
        if now:
            self._write(before | {_key(url): seen for url, seen in now.items()})
        changed = {url: replace(replies[url], other_until=seen.other_until) for url, seen in now.items()}
        return {**replies, **changed}

    def _read(self) -> dict[str, SeenCover]:
        try:
            return read_document(dict[str, SeenCover], self.file.read_bytes())
        except (OSError, ValueError) as error:
            LOG.debug("No covers of earlier looks are known: %s", error)
            return {}

    def _write(self, seen: Mapping[str, SeenCover]) -> None:
        newest = sorted(seen.items(), key=lambda one: one[1].seen_on, reverse=True)[:MOST_ADDRESSES]
        try:
            write_durably(self.file, render_document(dict[str, SeenCover], dict(newest)), check=lambda: None)
        except OSError as error:
            LOG.warning("What covers are now cannot be kept for the next check: %s.", error)


def open_covers(settings: Settings, *, today: date) -> CoverMemory | None:
    """The memory of a library's data folder; None where there is none, for a look at a feed makes no folders."""
    return CoverMemory(file=settings.derived_folder / NAME, today=today) if settings.data_folder.is_dir() else None


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def _looked(before: SeenCover | None, sha256: str, *, today: date) -> SeenCover:
    if before is not None and before.sha256 != sha256:
        return SeenCover(sha256=sha256, seen_on=today, changed_on=today, other_until=before.seen_on)
    if before is None or before.changed_on is None or today - before.changed_on > TOLD_FOR:
        return SeenCover(sha256=sha256, seen_on=today)
    return replace(before, seen_on=today)
