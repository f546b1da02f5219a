"""Addresses that were public once and are not any more: where they lead today, or that they are gone for good.

The site knows this of each address it is asked for; a static host has to be told of all of them beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.public_pieces import address_today, public_episode
from catalogue.actions.shelf import Piece, Shelves, ShowShelf
from catalogue.domain.written_page import PageKind, WrittenPages
from catalogue.errors import MediaError, NotFound, Withdrawn
from catalogue.store.index import EpisodeRow


@dataclass(frozen=True, kw_only=True)
class Former:
    """A path that ends in `/`, and all below it; `to` is the path that took its place, None: withdrawn.

    Where `to` ends in `/`, what is below moved along.
    """

    path: str
    to: str | None


def former_addresses(shelves: Shelves, now: datetime) -> Iterator[Former]:
    """List what live answers 301, 307 or 410 at `now`: episodes, then shows, then media. Drafts are not told of."""
    for shelf in shelves.shows:
        for row in shelf.by_guid.values():
            yield from _of_episode(shelf, row, now)
    for shelf in shelves.shows:
        for slug in sorted(set(shelf.row.line.was) - shelves.by_slug.keys()):
            yield Former(path=f"/{slug}/", to=f"/{shelf.show.slug}/")
            yield Former(path=f"/embed/{slug}/", to=f"/embed/{shelf.show.slug}/")
    for sha256 in sorted({sha256 for shelf in shelves.shows for sha256 in shelf.pieces}):
        yield from _of_media(shelves.pieces(sha256), sha256, now)


def former_pages(pages: WrittenPages) -> Iterator[Former]:
    """List the earlier addresses that written pages state."""
    for kind in PageKind:
        for page in pages.of(kind):
            yield from (Former(path=f"/{kind}/{slug}/", to=f"/{kind}/{page.slug}/") for slug in page.was)


def _of_episode(shelf: ShowShelf, row: EpisodeRow, now: datetime) -> Iterator[Former]:
    homes = (f"/{shelf.show.slug}/", f"/embed/{shelf.show.slug}/")
    slugs = [slug for slug in (row.line.slug, *row.line.was) if shelf.rows.get(slug) is row]
    try:
        today = public_episode(row, now).slug
    except Withdrawn:
        yield from (Former(path=f"{home}{slug}/", to=None) for home in homes for slug in slugs)
    except (NotFound, MediaError):
        return
    else:
        earlier = tuple(slug for slug in slugs if slug != today)
        yield from (Former(path=f"{home}{slug}/", to=f"{home}{today}/") for home in homes for slug in earlier)


def _of_media(pieces: tuple[Piece, ...], sha256: str, now: datetime) -> Iterator[Former]:
    """As an address by hash is answered: by the first that has it, else by the first that had it."""
    for piece in pieces:
        try:
            if not piece.is_current:
                yield Former(path=f"/media/{sha256}/", to=address_today(piece, sha256, now))
                return
            if piece.row is None or public_episode(piece.row, now):
                return
        except Withdrawn:
            yield Former(path=f"/media/{sha256}/", to=None)
            return
        except (NotFound, MediaError):
            continue
