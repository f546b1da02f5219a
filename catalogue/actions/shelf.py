"""The published catalogue in memory: one revision of the index, arranged by address."""

from __future__ import annotations

import hashlib
from bisect import bisect_right, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from catalogue.actions.agenda import EVENTS
from catalogue.actions.coming import settled_agenda
from catalogue.actions.people import PEOPLE, notes_by_slug
from catalogue.actions.written_pages import PAGES
from catalogue.documents import read_document
from catalogue.domain.agenda import Agenda
from catalogue.domain.catalogue import Catalogue, publisher_guid
from catalogue.domain.episode import Episode, newest_first
from catalogue.domain.identity import REMOTE_ROLE, LedgerEpisode, LedgerShow
from catalogue.domain.ledger_lines import ARTWORK_ROLE, CHAPTERS_ROLE, audio_role, transcript_role
from catalogue.domain.links import Links
from catalogue.domain.media import CHAPTERS_TYPE, Audio, Transcript
from catalogue.domain.people import PersonNote
from catalogue.domain.podcasting import RemoteItem
from catalogue.domain.show import Show
from catalogue.domain.show_extras import ShowExtras
from catalogue.domain.written_page import WrittenPages
from catalogue.errors import Moved, NotFound
from catalogue.feed.chapters import render_chapters
from catalogue.library.catalogue_file import CATALOGUE_NAME
from catalogue.store.index import Changes, EpisodeRow, Index, ShowRow


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
    by_guid: Mapping[str, EpisodeRow] = field(default_factory=dict)
    rows: Mapping[str, EpisodeRow] = field(default_factory=dict)
    """By slug, earlier slugs included; a slug in use wins."""
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    """By sha256; what has the hash now comes before what had it once."""
    publisher: str | None = None
    """The `podcast:guid` of the catalogue's publisher feed, where it has one that names this show."""

    @property
    def show(self) -> Show:
        return self.row.show

    @cached_property
    def pages(self) -> Mapping[str, int | None]:
        """The page of the archive on which each episode stands, by GUID."""
        return {guid: row.line.page for guid, row in self.by_guid.items()}

    @cached_property
    def by_page(self) -> Mapping[int | None, tuple[Episode, ...]]:
        """The episodes on each page of the archive."""
        found: dict[int | None, list[Episode]] = {}
        for episode in self.episodes:
            found.setdefault(self.pages[episode.guid], []).append(episode)
        return {page: tuple(episodes) for page, episodes in found.items()}

    def published_by(self, links: Links) -> Show:
        """The show as its feeds say it: with the catalogue's publisher feed, unless it states another."""
        stated = self.show.extras or ShowExtras()
        if self.publisher is None or stated.publisher is not None:
            return self.show
        publisher = RemoteItem(feed_guid=self.publisher, feed_url=links.publisher())
        return replace(self.show, extras=replace(stated, publisher=publisher))


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """The whole catalogue at one revision. A show's shelf is the same object until something of the show changes."""

    revision: int
    catalogue: Catalogue
    shows: tuple[ShowShelf, ...]
    by_slug: Mapping[str, ShowShelf]
    agenda: Agenda = field(default_factory=Agenda)
    notes_by_slug: Mapping[str, PersonNote] = field(default_factory=dict)
    """What is said of people, by every slug that a credit of theirs may have."""
    pages: WrittenPages = field(default_factory=WrittenPages)

    def show(self, slug: str) -> ShowShelf:
        """Find a show by slug; raises Moved for an earlier slug, NotFound."""
        found = self.by_slug.get(slug)
        if found is not None:
            return found
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

    def pieces(self, sha256: str) -> tuple[Piece, ...]:
        """All that has, or had, a hash; what has it now first."""
        found = [piece for shelf in self.shows for piece in shelf.pieces.get(sha256, ())]
        return tuple(sorted(found, key=_was))


def read_shelves(index: Index, known: Shelves | None = None) -> Shelves:
    """Arrange what the index holds now; of what is `known`, only what changed since is read. Raises StoreError."""
    changes = index.changes(known.revision if known else -1)
    before = {shelf.show.guid: shelf for shelf in known.shows} if known else {}
    arranged = tuple(_shelf(index, row, changes, before.get(row.show.guid)) for row in changes.shows)
    row = index.file(CATALOGUE_NAME)
    catalogue = read_document(Catalogue, row.document) if row and row.document else Catalogue()
    shelves = _published(arranged, publisher_guid(catalogue, [one.show for one in arranged]))
    return Shelves(
        revision=changes.revision,
        catalogue=catalogue,
        shows=shelves,
        by_slug={shelf.show.slug: shelf for shelf in shelves},
        agenda=settled_agenda(EVENTS.held(index), [one.show for one in shelves]),
        notes_by_slug=notes_by_slug(PEOPLE.held(index).notes),
        pages=PAGES.held(index),
    )


def _published(shelves: Sequence[ShowShelf], guid: str | None) -> tuple[ShowShelf, ...]:
    """The shelves with the publisher feed that names them; those that it named already stay the same objects."""
    wanted = {one.show.guid: None if one.show.block else guid for one in shelves}
    return tuple(
        one if one.publisher == wanted[one.show.guid] else replace(one, publisher=wanted[one.show.guid])
        for one in shelves
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


def piece_kind(role: str) -> str:
    """`audio`, `transcript`, `chapters` or `image`."""
    if role == CHAPTERS_ROLE:
        return "chapters"
    return "image" if role == ARTWORK_ROLE else role.partition(".")[0]


def _shelf(index: Index, row: ShowRow, changes: Changes, known: ShowShelf | None) -> ShowShelf:
    guid = row.show.guid
    changed = changes.episodes.get(guid, ())
    by_guid = {**(known.by_guid if known else {}), **{one.line.guid: one for one in changed}}
    if len(by_guid) != changes.counts.get(guid, 0):  # some have left, or came to what we had not read
        return arrange_shelf(row, {one.line.guid: one for one in index.episodes(guid)})
    if known is None or (known.row.show, known.row.line) != (row.show, row.line):
        return arrange_shelf(row, by_guid)
    return known if known.row == row and not changed else _rearranged(known, row, changed, by_guid)


def arrange_shelf(row: ShowRow, by_guid: Mapping[str, EpisodeRow]) -> ShowShelf:
    """Put a show and its episodes, by GUID, on a shelf."""
    episodes = sorted((one.episode for one in by_guid.values() if one.episode is not None), key=newest_first)
    pieces: dict[str, tuple[Piece, ...]] = {}
    for owner in (None, *by_guid.values()):
        _add_pieces(pieces, row, owner)
    rows = _by_slug(by_guid.values())
    return ShowShelf(row=row, episodes=tuple(episodes), by_guid=by_guid, rows=rows, pieces=pieces)


def _rearranged(
    known: ShowShelf, row: ShowRow, changed: Sequence[EpisodeRow], by_guid: Mapping[str, EpisodeRow]
) -> ShowShelf:
    """The same as `arrange_shelf`, in the time that the changed rows take: of ten thousand episodes all others stay."""
    guids = {one.line.guid for one in changed}
    episodes = [episode for episode in known.episodes if episode.guid not in guids]
    pieces = dict(known.pieces)
    for one in changed:
        if one.episode is not None:
            insort(episodes, one.episode, key=newest_first)
        _drop_pieces(pieces, known.by_guid.get(one.line.guid))
        _add_pieces(pieces, row, one)
    rows = _by_slug(by_guid.values())
    return ShowShelf(row=row, episodes=tuple(episodes), by_guid=by_guid, rows=rows, pieces=pieces)


def _by_slug(rows: Collection[EpisodeRow]) -> dict[str, EpisodeRow]:
    return {slug: one for one in rows for slug in one.line.was} | {one.line.slug: one for one in rows}


def _add_pieces(pieces: dict[str, tuple[Piece, ...]], show_row: ShowRow, row: EpisodeRow | None) -> None:
    for sha256, role, is_current in _hashes(row.line if row else show_row.line):
        piece = Piece(role=role, show=show_row.show, row=row, is_current=is_current)
        others = pieces.get(sha256, ())
        place = bisect_right(others, _was(piece), key=_was)  # a cover may be that of ten thousand episodes
        pieces[sha256] = (*others[:place], piece, *others[place:])


def _drop_pieces(pieces: dict[str, tuple[Piece, ...]], row: EpisodeRow | None) -> None:
    for sha256, _, _ in _hashes(row.line) if row else ():
        left = tuple(piece for piece in pieces.pop(sha256, ()) if piece.row is not row)
        if left:
            pieces[sha256] = left


def _was(piece: Piece) -> bool:
    return not piece.is_current


def _hashes(line: LedgerShow | LedgerEpisode) -> Iterator[tuple[str, str, bool]]:
    """Every hash that bytes are served under, with its role, and whether it has it still."""
    for role, media in line.media.items():
        if role != REMOTE_ROLE:
            yield media.sha256, role, True
    for sha256, role in line.was_media.items():
        if role != REMOTE_ROLE:
            yield sha256, role, False
