"""The published catalogue in memory: one revision of the index, arranged by address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalogue.documents import read_document
from catalogue.domain.catalogue import Catalogue
from catalogue.domain.episode import Episode, newest_first
from catalogue.domain.ledger_lines import ARTWORK_ROLE, CHAPTERS_ROLE, audio_role, transcript_role
from catalogue.domain.media import CHAPTERS_TYPE, Audio, Transcript
from catalogue.domain.show import Show
from catalogue.errors import Moved, NotFound
from catalogue.feed.chapters import render_chapters
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.store.index import EpisodeRow, Index, ShowRow


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Something with an address by hash: what it is, and whose (`row` None: the show's own artwork)."""

    role: str
    show: Show
    row: EpisodeRow | None
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class ShowShelf:
    """One show with all its episodes (drafts, scheduled and withdrawn ones too), newest first."""

    row: ShowRow
    episodes: tuple[Episode, ...]
    rows: dict[str, EpisodeRow] = field(default_factory=dict)
    """By slug, earlier slugs included; a slug in use wins."""

    @property
    def show(self) -> Show:
        return self.row.show


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """The whole catalogue at one revision."""

    revision: int
    catalogue: Catalogue
    shows: tuple[ShowShelf, ...]
    pieces: dict[str, tuple[Piece, ...]]
    """By sha256; what has the hash now comes before what had it once."""

    def show(self, slug: str) -> ShowShelf:
        """Find a show by slug; raises Moved for an earlier slug, NotFound."""
        for shelf in self.shows:
            if shelf.show.slug == slug:
                return shelf
        for shelf in self.shows:
            if slug in shelf.row.line.was:
                raise Moved(shelf.show.slug)
        raise NotFound("no-show", "There is no show at this address.")

    def shelf(self, show: Show) -> ShowShelf:
        """A show's shelf, whatever its slug is by now; raises NotFound where the show has gone."""
        for shelf in self.shows:
            if shelf.show.guid == show.guid:
                return shelf
        raise NotFound("no-show", "There is no show at this address.")


def read_shelves(index: Index) -> Shelves:
    """Arrange what the index holds now."""
    revision = index.revision()
    shelves = tuple(_shelf(row, index.episodes(row.show.guid)) for row in index.shows())
    row = index.file(CATALOGUE_NAME)
    pieces: dict[str, list[Piece]] = {}
    for sha256, piece in sorted(_all_pieces(shelves), key=lambda pair: not pair[1].is_current):
        pieces.setdefault(sha256, []).append(piece)
    return Shelves(
        revision=revision,
        catalogue=read_document(Catalogue, row.document) if row and row.document else Catalogue(),
        shows=shelves,
        pieces={sha256: tuple(found) for sha256, found in pieces.items()},
    )


def find_audio(episode: Episode, role: str) -> Audio | None:
    """The rendition that has this role now."""
    return next((audio for audio in episode.renditions if audio_role(audio.extension) == role), None)


def find_transcript(episode: Episode, role: str) -> Transcript | None:
    """The transcript that has this role now."""
    return next((one for one in episode.transcripts if transcript_role(one.language, one.format) == role), None)


def chapters_piece(episode: Episode) -> tuple[bytes, str, str]:
    """Body, sha256 and media type of an episode's chapters file."""
    body = render_chapters(episode)
    return body, hashlib.sha256(body).hexdigest(), CHAPTERS_TYPE


def _shelf(row: ShowRow, rows: tuple[EpisodeRow, ...]) -> ShowShelf:
    by_slug = {slug: one for one in rows for slug in one.line.was} | {one.line.slug: one for one in rows}
    episodes = sorted((one.episode for one in rows if one.episode is not None), key=newest_first)
    return ShowShelf(row=row, episodes=tuple(episodes), rows=by_slug)


def _all_pieces(shelves: tuple[ShowShelf, ...]) -> Iterator[tuple[str, Piece]]:
    for shelf in shelves:
        line, show = shelf.row.line, shelf.show
        for role, media in line.media.items():
            yield media.sha256, Piece(role=role, show=show, row=None, is_current=True)
        for sha256, role in line.was_media.items():
            yield sha256, Piece(role=role, show=show, row=None, is_current=False)
        for row in {id(row): row for row in shelf.rows.values()}.values():
            for role, media in row.line.media.items():
                yield media.sha256, Piece(role=role, show=show, row=row, is_current=True)
            for sha256, role in row.line.was_media.items():
                yield sha256, Piece(role=role, show=show, row=row, is_current=False)


def piece_kind(role: str) -> str:
    """`audio`, `transcript`, `chapters` or `image`."""
    if role == CHAPTERS_ROLE:
        return "chapters"
    return "image" if role == ARTWORK_ROLE else role.partition(".")[0]
