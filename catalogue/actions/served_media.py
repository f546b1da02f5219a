"""What an address by hash gives: a file of the library or made by us, as it was when it was last indexed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalogue.actions.shelf import Piece, Shelves, chapters_piece, find_audio, find_transcript, piece_kind
from catalogue.documents import read_document
from catalogue.domain.episode import Episode
from catalogue.domain.facts import TranscriptFacts
from catalogue.domain.identity import MediaLine
from catalogue.domain.links import IMAGE_RECIPES, Links, artwork_name, audio_name, transcript_name
from catalogue.domain.media import Cue, Transcript
from catalogue.domain.show import Show
from catalogue.errors import MediaError, Moved, NotFound, Withdrawn
from catalogue.ports import LibraryStorage, size_and_time
from catalogue.store.index import EpisodeRow, Index


@dataclass(frozen=True, kw_only=True)
class Media:
    """Something served by hash: a file at `path`, which must still have the size and time given, or `body`."""

    media_type: str
    size_bytes: int
    mtime_ns: int
    kind: str
    download_name: str
    path: Path | None = None
    body: bytes | None = None


class ServedMedia:
    """Finds what has, or had, a hash. Threads may share one."""

    def __init__(self, index: Index, storage: LibraryStorage, derived: Path) -> None:
        self._index, self._storage, self._derived = index, storage, derived

    def find(self, shelves: Shelves, sha256: str, name: str, *, now: datetime) -> Media:
        """What has, or had, this hash.

        Raises Moved (to the path of what took its place), Withdrawn, MediaError where it is not there
        today, NotFound; drafts and scheduled episodes have no media yet.
        """
        closed: Exception = not_found()
        for piece in shelves.pieces.get(sha256, ()):
            try:
                if not piece.is_current:
                    raise Moved(_address_of(piece, now))
                return self._open(piece, sha256, name, now)
            except (NotFound, Withdrawn, MediaError) as error:
                closed = error if isinstance(closed, NotFound) else closed
        raise closed

    def cues(self, transcript: Transcript) -> tuple[Cue, ...]:
        """A transcript's sentences; empty where the file has gone since."""
        row = self._index.file(transcript.path)
        if row is None or row.document is None:
            return ()
        return read_document(TranscriptFacts, row.document).cues

    def _open(self, piece: Piece, sha256: str, name: str, now: datetime) -> Media:
        kind = piece_kind(piece.role)
        if kind == "image":
            return self._image(piece, sha256, name, now)
        assert piece.row is not None
        episode = public_episode(piece.row, now)
        if kind == "chapters":
            body, _, media_type = chapters_piece(episode)
            return Media(
                media_type=media_type, size_bytes=len(body), mtime_ns=0, kind=kind, download_name=name, body=body
            )
        if kind == "audio":
            if episode.missing_since is not None:
                raise _missing()
            audio = find_audio(episode, piece.role)
            if audio is None or not name.endswith(f".{audio.extension}"):
                raise not_found()
            return self._file(audio.path, sha256, audio.media_type, name=audio_name(episode, audio), kind=kind)
        transcript = find_transcript(episode, piece.role)
        if transcript is None or not name.endswith(f".{transcript.format}"):
            raise not_found()
        name = transcript_name(episode, transcript)
        return self._file(transcript.path, sha256, transcript.media_type, name=name, kind=kind)

    def _file(self, path: str, sha256: str, media_type: str, *, name: str, kind: str) -> Media:
        """A file of the library, if it still held these bytes when it was last read."""
        row = self._index.file(path)
        facts = json.loads(row.document) if row is not None and row.document else {}
        if row is None or facts.get("sha256") != sha256:
            raise _missing()
        size_bytes, mtime_ns = size_and_time(row.version)
        return Media(
            media_type=media_type,
            size_bytes=size_bytes,
            mtime_ns=mtime_ns,
            kind=kind,
            download_name=name,
            path=self._storage.local_path(path),
        )

    def _image(self, piece: Piece, sha256: str, name: str, now: datetime) -> Media:
        owner: Show | Episode = piece.show if piece.row is None else public_episode(piece.row, now)
        recipe = next((recipe for recipe in IMAGE_RECIPES if name.endswith(f".{recipe}.jpg")), None)
        if recipe is None:
            raise not_found()
        path = self._derived / f"{sha256}.{recipe}.jpg"
        try:
            stat = path.stat()
        except FileNotFoundError as error:
            raise _missing() from error
        return Media(
            media_type="image/jpeg",
            size_bytes=stat.st_size,
            mtime_ns=stat.st_mtime_ns,
            kind="image",
            download_name=artwork_name(owner, recipe),
            path=path,
        )


def public_episode(row: EpisodeRow, now: datetime) -> Episode:
    """The episode of a row, if it is public at `now`; raises Withdrawn, MediaError (missing), NotFound."""
    if row.line.withdrawn_at is not None:
        raise Withdrawn("withdrawn", "This episode was taken back.")
    if row.episode is None:
        raise _missing() if row.line.missing_since is not None else not_found()
    if not row.episode.is_public(now):
        raise not_found()
    return row.episode


def _address_of(piece: Piece, now: datetime) -> str:
    """Where what once had a hash is to be found today; raises Withdrawn where nothing took its place."""
    owner: Show | Episode = piece.show if piece.row is None else public_episode(piece.row, now)
    lines: dict[str, MediaLine] = piece.row.line.media if piece.row else {}
    line = lines.get(piece.role)
    kind = piece_kind(piece.role)
    artwork = owner.artwork or piece.show.artwork
    if kind == "image" and artwork is not None:
        return Links("").artwork(owner if owner.artwork else piece.show, artwork)
    if line is None or not isinstance(owner, Episode):
        raise Withdrawn("replaced", "This file was taken back; the episode's page has what there is today.")
    links = Links("")
    if kind == "chapters":
        return links.chapters(owner, line.sha256)
    audio, transcript = find_audio(owner, piece.role), find_transcript(owner, piece.role)
    if audio is not None:
        return links.audio(owner, audio)
    if transcript is None:
        raise _missing()
    return links.transcript(owner, transcript)


def not_found() -> NotFound:
    """What to say where there is nothing."""
    return NotFound("not-found", "There is nothing at this address.")


def _missing() -> MediaError:
    return MediaError("missing", "The file is not there just now.")
