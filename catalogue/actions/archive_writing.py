"""Write shows into an archive: everything that an empty instance needs to publish the same feed, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZipFile

from catalogue.actions.archives import LIST_NAME, PIECE_BYTES, Manifest, zip_writer
from catalogue.actions.listing import list_files
from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place
from catalogue.actions.publish import Publication
from catalogue.actions.runs import is_within
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.errors import Conflict, NotFound
from catalogue.library.folder import RESERVED_FILES, RESERVED_FOLDERS
from catalogue.ports import LibraryFile

ZIP = ".zip"
# How a file's bytes get into the archive under a path; gives their sha256.
_Put = Callable[[str, BinaryIO], str]


@dataclass(frozen=True, kw_only=True)
class Archived:
    """What was put into an archive, and what of the library could not be (path and reason)."""

    shows: tuple[Show, ...]
    files: int
    size_bytes: int
    left_out: tuple[tuple[str, str], ...]


def write_archive(
    place: Place,
    target: Path,
    *,
    show: str | None,
    links: Links,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Archived:
    """Put a show, or all of them, into `target`: a new folder, or one file if it ends in `.zip`.

    What belongs to the whole library goes with it; `progress` is told of each file. Raises NotFound, and Conflict
    where something is there already, or it would lie in the library.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise Conflict("archive-there", "{path} is there already. Name a new folder or file.", path=target)
    if target.resolve().is_relative_to(place.settings.library.resolve()):
        raise Conflict("archive-inside", "{path} lies in the library. Name a place elsewhere.", path=target)
    rows = [find_show_row(place, show)] if show is not None else list(place.index.shows())
    if not rows:
        raise NotFound("no-show", "The library holds no show yet. castalogue init makes a folder one.")
    others = [row.show.path for row in place.index.shows() if row not in rows]
    belongs = partial(_belongs, shows=[row.show.path for row in rows], others=others)
    files = [one for one in list_files(place.storage) if belongs(one.path)]
    shows = tuple(row.show for row in rows)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix.lower() == ZIP:
        with zip_writer(target) as zipped:
            _write(place, shows, files, _told(partial(_into_zip, zipped), progress, len(files)), links=links, now=now)
    else:
        put = _told(partial(_into_folder, target), progress, len(files))
        _write(place, shows, files, put, links=links, now=now)
    left_out = tuple((one.path, one.reason) for one in place.storage.skipped if one.is_lost and belongs(one.path))
    return Archived(shows=shows, files=len(files), size_bytes=sum(one.size_bytes for one in files), left_out=left_out)


def _belongs(file: str, *, shows: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a file is one of these shows', or of the library as a whole; the innermost show has it."""
    first, slash, _ = file.partition("/")
    if first in (RESERVED_FOLDERS if slash else RESERVED_FILES):
        return True
    owners = sorted((path for path in (*shows, *others) if is_within(file, (path,))), key=len)
    return bool(owners) and owners[-1] in shows


def _write(
    place: Place, shows: Sequence[Show], files: Sequence[LibraryFile], put: _Put, *, links: Links, now: datetime
) -> None:
    hashes = dict(_put_all(place, files, put))
    publication = Publication(place.index, place.storage, place.derived, hub=place.settings.websub_hub)
    feeds = {show.guid: hashlib.sha256(publication.feed(show, links, now).body).hexdigest() for show in shows}
    manifest = Manifest(base_url=links.base_url, files=hashes, feeds=feeds)
    put(LIST_NAME, BytesIO(manifest.render()))


def _told(put: _Put, progress: Callable[[int, int], None], total: int) -> _Put:
    """Put files in, and tell of each."""
    counted = count()

    def put_and_tell(path: str, file: BinaryIO) -> str:
        progress(min(next(counted), total), total)
        return put(path, file)

    return put_and_tell


def _put_all(place: Place, files: Sequence[LibraryFile], put: _Put) -> Iterator[tuple[str, str]]:
    for one in files:
        with place.storage.open(one.path) as file:
            yield one.path, put(one.path, file)


def _into_zip(zipped: ZipFile, path: str, file: BinaryIO) -> str:
    with zipped.open(path, "w", force_zip64=True) as target:
        return _copy(file, target)


def _into_folder(root: Path, path: str, file: BinaryIO) -> str:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as opened:
        return _copy(file, opened)


def _copy(file: BinaryIO, into: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
        into.write(piece)
    return digest.hexdigest()
