"""Verify: read every medium again, byte for byte, and hold it against the hash in the ledger.

Serving looks at a file's size and time alone, as an index does. What a disk changes without anybody writing shows
only here; it is marked then, and not served any more (`damage.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.actions.damage import mark_files
from catalogue.actions.named import find_row
from catalogue.actions.open import Place
from catalogue.domain.ledger_lines import audio_role, transcript_role
from catalogue.domain.show import Show
from catalogue.ports import LibraryFile, LibraryStorage, size_and_time
from catalogue.store.index import EpisodeRow, FileRow

PIECE_BYTES = 1024 * 1024
TOLD = {
    "missing": "It is not there. Put it back from a backup.",
    "truncated": "It is cut off: {found} of {wanted} bytes are there. Put it back from a backup.",
    "damaged": "Its bytes changed although nobody wrote it: a fault of the disk. It is not served until you put it "
    "back from a backup.",
    "changed": "It was written since the last index. If that was meant, run castalogue index; if not, put it back "
    "from a backup.",
    "unreadable": "It cannot be read: {why}. Look after the disk and the file's rights.",
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A file that is not what the ledger says; `code` is a key of TOLD, `episode` a slug (None: the show's)."""

    code: str
    path: str
    show: str
    episode: str | None
    message: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How many files were read, how many bytes they have, and what is wrong; in the library's order."""

    files: int
    size_bytes: int
    faults: tuple[Fault, ...]


class _Medium(NamedTuple):
    """A file that must have this hash, as the ledger says."""

    path: str
    sha256: str
    show: Show
    episode: str | None
    size_bytes: int | None = None
    """As the ledger says; None: it does not."""


class _Verdict(NamedTuple):
    """What a file was found to be; `code` None: what it should be."""

    code: str | None
    message: str = ""
    size_bytes: int = 0


def verify_media(
    place: Place, names: Sequence[str] = (), *, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Verification:
    """Verify the audio, transcripts and pictures of the named episodes, or of all; takes as long as reading them.

    What is withdrawn is left out unless it is named. Raises NotFound, Conflict for a name, StoreError.
    """
    media = list(_named_media(place, names) if names else _all_media(place))
    rows = place.index.files_at([one.path for one in media])
    faults, damaged, sound, size_bytes = list[Fault](), list[FileRow](), list[FileRow](), 0
    for done, medium in enumerate(media, start=1):
        row = rows.get(medium.path)
        verdict = _look(place.storage, medium, row)
        size_bytes += verdict.size_bytes
        if verdict.code is not None:
            faults.append(_fault(medium, verdict))
        if row is not None and verdict.code in (None, "damaged"):
            (sound if verdict.code is None else damaged).append(row)
        progress(done, len(media))
    mark_files(place.index, damaged, sound)
    return Verification(files=len(media), size_bytes=size_bytes, faults=tuple(faults))


def _named_media(place: Place, names: Sequence[str]) -> Iterator[_Medium]:
    for name in names:
        show, row = find_row(place, name)
        yield from _media_of(place, show.show, row)


def _all_media(place: Place) -> Iterator[_Medium]:
    for row in place.index.shows():
        artwork = row.show.artwork
        if artwork is not None and _is_file_of_its_own(place, artwork.path, artwork.sha256):
            yield _Medium(str(artwork.path), artwork.sha256, row.show, None)
        for one in sorted(place.index.episodes(row.show.guid), key=lambda one: one.line.path):
            if one.line.withdrawn_at is None:
                yield from _media_of(place, row.show, one)


def _media_of(place: Place, show: Show, row: EpisodeRow) -> Iterator[_Medium]:
    """The files of an episode, with the hashes that its line of the ledger states."""
    episode, line = row.episode, row.line
    if line.discarded_at is not None:
        return
    if episode is None:  # its files were gone when the index was made: the ledger alone knows them
        hashes = [one.sha256 for role, one in line.media.items() if role.startswith("audio")]
        yield from (_Medium(f"{show.path}/{line.path}".lstrip("/"), one, show, line.slug) for one in hashes)
        return
    paths = {audio_role(one.extension): one.path for one in episode.renditions}
    paths |= {transcript_role(one.language, one.format): one.path for one in episode.transcripts}
    for role, path in paths.items():
        if role in line.media:
            yield _Medium(path, line.media[role].sha256, show, line.slug, line.media[role].size_bytes)
    artwork = episode.artwork
    if artwork is not None and _is_file_of_its_own(place, artwork.path, artwork.sha256):
        yield _Medium(str(artwork.path), artwork.sha256, show, line.slug)


def _is_file_of_its_own(place: Place, path: str | None, sha256: str) -> bool:
    """Whether a picture is a file: others are drawn by us, or lie in a tag of the audio."""
    row = place.index.file(path) if path is not None else None
    return row is not None and bool(row.document) and json.loads(str(row.document)).get("sha256") == sha256


def _look(storage: LibraryStorage, medium: _Medium, row: FileRow | None) -> _Verdict:
    try:
        file = storage.stat(medium.path)
        if file is None:
            return _Verdict("missing", TOLD["missing"])
        wanted = size_and_time(row.version) if row is not None else None
        # an index may have looked at half a file since, and held the episode: the ledger knows the whole one
        whole = medium.size_bytes or (wanted[0] if wanted is not None else 0)
        if file.size_bytes < whole:
            return _Verdict("truncated", TOLD["truncated"].format(found=file.size_bytes, wanted=whole))
        sha256 = _hash(storage, medium.path)
    except OSError as error:
        return _Verdict("unreadable", TOLD["unreadable"].format(why=(error.strerror or str(error)).lower()))
    if sha256 == medium.sha256:
        return _Verdict(None, size_bytes=file.size_bytes)
    code = "damaged" if _is_as_indexed(file, wanted) else "changed"
    return _Verdict(code, TOLD[code], file.size_bytes)


def _is_as_indexed(file: LibraryFile, wanted: tuple[int, int] | None) -> bool:
    return (file.size_bytes, file.mtime_ns) == wanted


def _hash(storage: LibraryStorage, path: str) -> str:
    digest = hashlib.sha256()
    with storage.open(path) as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _fault(medium: _Medium, verdict: _Verdict) -> Fault:
    assert verdict.code is not None
    return Fault(
        code=verdict.code,
        path=medium.path,
        show=medium.show.slug,
        episode=medium.episode,
        message=verdict.message,
    )
