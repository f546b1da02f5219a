"""What an address by hash gives: a file of the library or made by us, as it was when it was last indexed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from catalogue.actions.damage import is_damaged
from catalogue.actions.public_pieces import address_today, missing, not_found, public_episode
from catalogue.actions.served_cards import ServedCards
from catalogue.actions.served_pictures import ServedPictures
from catalogue.actions.shelf import Piece, Shelves, chapters_piece, find_audio, find_transcript, piece_kind
from catalogue.documents import read_document
from catalogue.domain.cards import read_card_name
from catalogue.domain.episode import Episode
from catalogue.domain.facts import TranscriptFacts
from catalogue.domain.links import CHAPTERS_ENDING, artwork_name, audio_name, transcript_name
from catalogue.domain.media import CHAPTERS_TYPE, IMAGE_RECIPES, Cue, Transcript
from catalogue.domain.show import Show
from catalogue.errors import MediaError, Moved, NotFound, Withdrawn
from catalogue.ports import LibraryStorage, size_and_time
from catalogue.store.index import Index

# Chapters made by us are a kilobyte each; they are made again where more than these are asked for.
CHAPTERS_KEPT = 1000


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


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What the index says of a file of the library: its bytes' hash, and how it lay on the disk then."""

    sha256: str
    size_bytes: int
    mtime_ns: int
    path: Path


@dataclass(frozen=True, kw_only=True)
class _Memory:
    """What was looked up at one revision, so that a thousand listeners ask the database once."""

    revision: int
    files: dict[tuple[str, str], _Held] = field(default_factory=dict)
    chapters: dict[str, bytes] = field(default_factory=dict)


class ServedMedia:
    """Finds what has, or had, a hash. Threads may share one."""

    def __init__(self, index: Index, storage: LibraryStorage, derived: Path) -> None:
        self._index, self._storage, self._pictures = index, storage, ServedPictures(derived)
        self._cards = ServedCards(derived, self._pictures)
        self._memory = _Memory(revision=-1)

    def find(self, shelves: Shelves, sha256: str, name: str, *, now: datetime) -> Media:
        """What has, or had, this hash, as the index knew it when it was first asked at this revision.

        Raises Moved (to the path of what took its place), Withdrawn, MediaError where it is not there
        today, NotFound; drafts and scheduled episodes have no media yet.
        """
        owner = read_card_name(name.lower())
        if owner is not None:
            return self._card(shelves, sha256, owner, now)
        if self._memory.revision != shelves.revision:
            self._memory = _Memory(revision=shelves.revision)
        closed: Exception = not_found()
        for piece in shelves.pieces(sha256):
            try:
                if not piece.is_current:
                    raise Moved(address_today(piece, sha256, now))
                return self._open(piece, sha256, name.lower(), now)
            except (NotFound, Withdrawn, MediaError) as error:
                closed = error if isinstance(closed, NotFound) else closed
        raise closed

    def find_anew(self, shelves: Shelves, sha256: str, name: str, *, now: datetime) -> Media:
        """As `find`, but asking the index: for a file that no longer is as it was remembered."""
        for key in [key for key in tuple(self._memory.files) if key[0] == sha256]:
            self._memory.files.pop(key, None)
        return self.find(shelves, sha256, name, now=now)

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
            return self._chapters(episode, sha256, name)
        return (
            self._audio(episode, piece, sha256, name) if kind == "audio" else self._text(episode, piece, sha256, name)
        )

    def _chapters(self, episode: Episode, sha256: str, name: str) -> Media:
        if not name.endswith(CHAPTERS_ENDING):
            raise not_found()
        made = self._memory.chapters
        body = made.get(sha256) or chapters_piece(episode)[0]
        if len(made) >= CHAPTERS_KEPT:
            made.clear()
        made[sha256] = body
        return Media(
            media_type=CHAPTERS_TYPE,
            size_bytes=len(body),
            mtime_ns=0,
            kind="chapters",
            download_name=episode.slug + CHAPTERS_ENDING,
            body=body,
        )

    def _audio(self, episode: Episode, piece: Piece, sha256: str, name: str) -> Media:
        if episode.missing_since is not None:
            raise missing()
        audio = find_audio(episode, piece.role)
        if audio is None or not name.endswith(f".{audio.extension}"):
            raise not_found()
        return self._file(audio.path, sha256, audio.media_type, name=audio_name(episode, audio), kind="audio")

    def _text(self, episode: Episode, piece: Piece, sha256: str, name: str) -> Media:
        found = find_transcript(episode, piece.role)
        if found is None or not name.endswith(f".{found.format}"):
            raise not_found()
        called = transcript_name(episode, found)
        return self._file(found.path, sha256, found.media_type, name=called, kind="transcript")

    def _file(self, path: str, sha256: str, media_type: str, *, name: str, kind: str) -> Media:
        """A file of the library, if it still held these bytes when it was last read."""
        files = self._memory.files
        held = files.get((sha256, path)) or self._look_up(path)
        if held.sha256 != sha256:  # not remembered: it may be put back without any other change
            raise missing()
        files[sha256, path] = held
        return Media(
            media_type=media_type,
            size_bytes=held.size_bytes,
            mtime_ns=held.mtime_ns,
            kind=kind,
            download_name=name,
            path=held.path,
        )

    def _look_up(self, path: str) -> _Held:
        row = self._index.file(path)
        if row is None or not row.document or is_damaged(row):
            raise missing()
        size_bytes, mtime_ns = size_and_time(row.version)
        sha256 = json.loads(row.document).get("sha256", "")
        return _Held(sha256=sha256, size_bytes=size_bytes, mtime_ns=mtime_ns, path=self._storage.local_path(path))

    def _card(self, shelves: Shelves, sha256: str, owner: tuple[str, str | None], now: datetime) -> Media:
        (path, size_bytes, mtime_ns), name = self._cards.find(shelves, sha256, owner, now=now)
        return Media(
            media_type="image/jpeg",
            size_bytes=size_bytes,
            mtime_ns=mtime_ns,
            kind="image",
            download_name=name,
            path=path,
        )

    def _image(self, piece: Piece, sha256: str, name: str, now: datetime) -> Media:
        owner: Show | Episode = piece.show if piece.row is None else public_episode(piece.row, now)
        recipe = next((recipe for recipe in IMAGE_RECIPES if name.endswith(f".{recipe}.jpg")), None)
        if recipe is None:
            raise not_found()
        path, size_bytes, mtime_ns = self._pictures.find(f"{sha256}.{recipe}.jpg")
        return Media(
            media_type="image/jpeg",
            size_bytes=size_bytes,
            mtime_ns=mtime_ns,
            kind="image",
            download_name=artwork_name(owner, recipe),
            path=path,
        )
