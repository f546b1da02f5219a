"""Write what an episode says into the tags of its audio: copy, tag the copy, read it back, replace, index."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalogue.actions.index import Report, Wishes, index_leased
from catalogue.actions.leases import open_lease
from catalogue.actions.named import find_episode
from catalogue.actions.open import Place
from catalogue.documents import render_document
from catalogue.domain.episode import Episode
from catalogue.domain.facts import NewTags, TagsWritten
from catalogue.domain.media import AUDIO_ENDINGS, THUMBNAIL
from catalogue.domain.show import Show
from catalogue.errors import AudioError, NotFound
from catalogue.formats.audio.tag_writing import write_tags
from catalogue.ports import LibraryFile
from catalogue.sandbox import Box, Limits

# A file may grow past what a parser may write otherwise: its own size, tags, and room.
WRITTEN_BYTES = 8 * 1024**3


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """The paths that were written, what their tags have no place for, and what indexing them gave."""

    written: tuple[str, ...]
    remarks: tuple[str, ...]
    report: Report


def tag_episode(
    place: Place, name: str, *, id3_version: int = 4, with_cover: bool = True, wishes: Wishes | None = None
) -> Tagged:
    """Write title, number, season, chapters and cover into all audio files of an episode that lie here; index.

    `name` is as `find_episode` takes it. A file is replaced only where its sound stays the same to the byte; one
    whose tags say all of it is left alone. Raises NotFound (no such episode, or no audio here), AudioError,
    ContentError, StaleEdit.
    """
    wishes = wishes or Wishes()
    show, episode = find_episode(place, name)
    if not episode.renditions:
        raise NotFound("no-audio", "“{name}” has no audio in the library that could be tagged.", name=name)
    tags = NewTags(
        title=episode.title,
        number=episode.number,
        season=episode.season.number if episode.season else None,
        chapters=episode.chapters,
        id3_version=id3_version,
    )
    cover = _cover(place, show, episode) if with_cover else ""
    written: list[str] = []
    remarks: list[str] = []
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((show.path,))
        with Box(1, Limits(written_bytes=WRITTEN_BYTES)) as box:
            for audio in episode.renditions:
                done = _tag(place, audio.path, box=box, tags=tags, cover=cover)
                written += [audio.path] if done is not None else []
                remarks += [remark.message for remark in done.remarks] if done is not None else []
        report = index_leased(place, wishes, lease)
    return Tagged(written=tuple(written), remarks=tuple(remarks), report=report)


def _tag(place: Place, path: str, *, box: Box, tags: NewTags, cover: str) -> TagsWritten | None:
    """Tag one file; None where its tags say all of it already."""
    before = place.storage.stat(path)
    if before is None:
        raise AudioError("audio-gone", "It is not there just now. Put it back, and run castalogue index.", path=path)
    with _copy_of(place, before) as copy:
        document = render_document(NewTags, tags).decode()
        done: TagsWritten = box.call(write_tags, str(copy), path, document, cover)
        if done.is_same:
            return None
        with copy.open("rb") as content:
            place.storage.replace(path, content, expected=before.version)
    return done


@contextmanager
def _copy_of(place: Place, file: LibraryFile) -> Iterator[Path]:
    """A copy beside the derived files, named so that it is swept if a run is killed; gone at the end."""
    copy = place.derived / f".{secrets.token_hex(8)}.tmp"
    try:
        with place.storage.open(file.path) as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _cover(place: Place, show: Show, episode: Episode) -> str:
    """The small JPEG of the cover; none where it is a picture in the audio, which is better than that."""
    artwork = episode.artwork or show.artwork
    if artwork is None or (artwork.path or "").rpartition(".")[2].lower() in AUDIO_ENDINGS:
        return ""
    made = place.derived / f"{artwork.sha256}.{THUMBNAIL}.jpg"
    return str(made) if made.is_file() else ""
