"""Cards of shared links, each drawn when it is first asked for and kept beside the other pictures.

Not at indexing: of ten thousand episodes few are ever shared. Not in a box either: a card is drawn from words and from
a picture that we made and sealed ourselves, so nothing hostile is decoded; and one at a time, so that a crawler takes
no more than one processor's share.
"""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

from catalogue.actions.public_pieces import not_found, public_episode
from catalogue.actions.served_pictures import ServedPictures
from catalogue.actions.shelf import Shelves
from catalogue.domain.cards import CARD, Card, card_name, card_of
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import THUMBNAIL
from catalogue.domain.show import Show
from catalogue.errors import ArtworkError, MediaError, Moved


class ServedCards:
    """Finds, and draws, the cards of shows and episodes. Threads may share one."""

    def __init__(self, folder: Path, pictures: ServedPictures) -> None:
        self._folder, self._pictures = folder, pictures
        self._lock = threading.Lock()

    def find(
        self, shelves: Shelves, sha256: str, owner: tuple[str, str | None], *, now: datetime
    ) -> tuple[tuple[Path, int, int], str]:
        """Path, size in bytes and mtime_ns of the card, and its name; `owner` is the slugs of show and episode.

        Raises Moved (to the path of the card as it is today), Withdrawn, NotFound, and MediaError where it cannot be
        drawn just now.
        """
        show, episode = _owner(shelves, owner, now)
        card = card_of(show, episode)
        if card.sha256 != sha256:
            raise Moved(Links("").card(show, episode))
        name = f"{sha256}.{CARD}.jpg"
        with self._lock:
            if not (self._folder / name).exists():
                self._draw(name, card)
        return self._pictures.find(name), card_name(show, episode)

    def _draw(self, name: str, card: Card) -> None:
        # Pillow is slow to import, and most processes draw nothing.
        from catalogue.formats.pictures.cards import draw_card

        source = str(self._pictures.find(f"{card.picture}.{THUMBNAIL}.jpg")[0]) if card.picture else None
        try:
            draw_card(str(self._folder / name), source, card)
        except ArtworkError as error:  # no room, or no right to write
            raise MediaError("no-card", "The card cannot be drawn just now: {why}", why=str(error)) from error


def _owner(shelves: Shelves, owner: tuple[str, str | None], now: datetime) -> tuple[Show, Episode | None]:
    """Whose card it is; under earlier slugs too, as the card has moved then."""
    show_slug, episode_slug = owner
    try:
        shelf = shelves.show(show_slug)
    except Moved as moved:
        shelf = shelves.show(moved.to)
    if episode_slug is None:
        return shelf.show, None
    row = shelf.rows.get(episode_slug)
    if row is None:
        raise not_found()
    return shelf.show, public_episode(row, now)
