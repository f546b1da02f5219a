"""Bring an archive into a library: its files to the same places, nothing that is there changed, the feed proved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from catalogue.actions.archives import LIST_NAME, PIECE_BYTES, Archive, Manifest, damaged, opened_archive
from catalogue.actions.begin import GIT_ATTRIBUTES
from catalogue.actions.index import Report, Wishes, index_library
from catalogue.actions.open import Place
from catalogue.actions.publish import Publication
from catalogue.actions.remembered import LEDGER_LIMIT_BYTES as _LIMIT
from catalogue.domain.links import Links
from catalogue.errors import Conflict
from catalogue.library.folder import SHOW_NAME
from catalogue.library.ledger import LEDGER_NAME, read_ledger
from catalogue.library.storage import checked_path, within_limit
from catalogue.library.walk import is_passed_over

# Who is who comes first: an index that looks in between must give nobody another GUID.
_ORDER = {LEDGER_NAME: 0, SHOW_NAME: 1}


@dataclass(frozen=True, kw_only=True)
class FromArchive:
    """What came out of an archive: `other` are files that are here with other bytes, and were left alone.

    `feeds` says of each of its shows, by GUID, whether the feed is the same to the byte; None: it was published under
    another address.
    """

    written: int
    same: int
    other: tuple[str, ...]
    report: Report
    feeds: dict[str, bool | None]

    @property
    def is_whole(self) -> bool:
        """Whether everything is here, and every feed that can be compared is the same."""
        return not self.other and not self.report.refused and False not in self.feeds.values()


def read_archive(
    place: Place, path: Path, wishes: Wishes, *, links: Links, progress: Callable[[int, int], None]
) -> FromArchive:
    """Write what an archive holds into the library, index it and compare the feeds.

    Every file is compared with the archive's list before it gets its name. Raises ConfigError where it is no archive,
    ContentError where it is damaged, leads out of the library, or cannot be written, and Conflict, before anything is
    written, where a show that is here does not know all its episodes.
    """
    written = same = 0
    other: list[str] = []
    with opened_archive(path) as (archive, manifest):
        _check_known(place, archive, manifest)
        for done, name in enumerate(sorted(manifest.files, key=_rank), start=1):
            was = _write(place, archive, manifest, name)
            written, same = written + (was is None), same + (was is True)
            other += [name] if was is False else []
            progress(done, len(manifest.files))
    if place.storage.stat(".gitattributes") is None:
        place.storage.replace(".gitattributes", GIT_ATTRIBUTES)
    report = index_library(place, wishes)
    feeds = _compared(place, manifest, links, wishes.clock())
    return FromArchive(written=written, same=same, other=tuple(other), report=report, feeds=feeds)


def _check_known(place: Place, archive: Archive, manifest: Manifest) -> None:
    """Who is who stands in the ledger that is here, and that stays: an episode it lacks would get another GUID."""
    for path in manifest.files:
        if path.rpartition("/")[2] != LEDGER_NAME or place.storage.stat(checked_path(path)) is None:
            continue
        try:
            with archive.open(path) as file:
                theirs = read_ledger(within_limit(file.read(_LIMIT + 1), path=path, limit_bytes=_LIMIT), path)
        except OSError as error:
            raise damaged(path) from error
        here = read_ledger(place.storage.read_bytes(path, limit_bytes=_LIMIT), path)
        if not {line.guid for line in theirs.episodes} <= {line.guid for line in here.episodes}:
            template = (
                "{path} is here, and lacks episodes of the archive: they would get other GUIDs. Nothing was written. "
                "Bring the archive into an empty library, or put its {name} in the place of this one first."
            )
            raise Conflict("archive-other-ledger", template, path=path, name=LEDGER_NAME)


def _rank(path: str) -> tuple[int, str]:
    return _ORDER.get(path.rpartition("/")[2], len(_ORDER)), path


def _write(place: Place, archive: Archive, manifest: Manifest, path: str) -> bool | None:
    """Write a file that is not there (None); else tell whether it is the same."""
    if path == LIST_NAME or any(map(is_passed_over, checked_path(path).split("/"))):
        raise damaged(path)
    try:
        if place.storage.stat(path) is not None:
            with place.storage.open(path) as here:
                return _hash(here) == manifest.files[path]
        with archive.open(path) as file:
            if _hash(file) != manifest.files[path]:
                raise damaged(path)
        with archive.open(path) as file:
            place.storage.replace(path, file, expected="")
    except OSError as error:
        raise damaged(path) from error
    return None


def _hash(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def _compared(place: Place, manifest: Manifest, links: Links, now: datetime) -> dict[str, bool | None]:
    publication = Publication(place.index, place.storage, place.derived, hub=place.settings.websub_hub)
    shows = {show.guid: show for show in publication.shows()}
    found: dict[str, bool | None] = {}
    for guid, sha256 in manifest.feeds.items():
        if guid not in shows:
            found[guid] = False
        elif links.base_url != manifest.base_url:
            found[guid] = None
        else:
            body = publication.feed(shows[guid], links, now).body
            found[guid] = hashlib.sha256(body).hexdigest() == sha256
    return found
