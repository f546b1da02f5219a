"""What a guest gets: one episode that is not out, with its media. Nothing of it is public, as `members_area.py` says.

The token in the address is looked up at each request, so that one that is over leads nowhere from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.public_pieces import missing, not_found
from catalogue.actions.served_media import Media, ServedMedia
from catalogue.actions.shelf import Shelves, ShowShelf, arrange_shelf
from catalogue.domain.episode import Audience, Episode
from catalogue.domain.links import Links
from catalogue.domain.members import hash_token
from catalogue.domain.show import Show
from catalogue.errors import Moved, Withdrawn
from catalogue.store.index import EpisodeRow, Index


@dataclass(frozen=True, kw_only=True)
class PreviewView:
    """What one guest may have: the episode as it is, and its media as if it were out."""

    show: Show
    episode: Episode
    ends_at: datetime
    shelves: Shelves
    served: ServedMedia

    def media(self, sha256: str, name: str, now: datetime) -> Media:
        """What of the episode or its show has, or had, this hash; raises Moved (to a path), MediaError, NotFound."""
        return self.served.find(self.shelves, sha256, name, now=now)

    def media_anew(self, sha256: str, name: str, now: datetime) -> Media:
        """As `media`, asking the index again."""
        return self.served.find_anew(self.shelves, sha256, name, now=now)


class PreviewArea:
    """Finds out what a guest may have. Threads may share one."""

    def __init__(self, index: Index, served: ServedMedia) -> None:
        self._index, self._served = index, served

    def enter(self, token: str, shelves: Shelves, *, now: datetime) -> PreviewView:
        """What the guest with this token may have.

        Raises Moved (to a path) where the episode is public by now, Withdrawn where the address is over or taken back
        or the episode withdrawn, MediaError where its files are away, NotFound, StoreError.
        """
        preview = self._index.find_preview(hash_token(token))
        shelf = next((one for one in shelves.shows if preview and one.show.guid == preview.show_guid), None)
        row = shelf.by_guid.get(preview.guid) if shelf and preview else None
        if preview is None or shelf is None or row is None:
            raise not_found()
        if row.episode is not None and row.episode.is_public(now) and row.line.withdrawn_at is None:
            raise Moved(Links("").episode(shelf.show, row.episode))
        if not preview.is_open(now) or row.line.withdrawn_at is not None:
            raise Withdrawn("preview-over", "This link is over.")
        if row.episode is None:
            raise missing()
        return PreviewView(
            show=shelf.show,
            episode=row.episode,
            ends_at=preview.ends_at,
            shelves=_alone(shelves, shelf, replace(row, episode=_as_if_out(row.episode, now=now))),
            served=self._served,
        )


def _alone(shelves: Shelves, shelf: ShowShelf, row: EpisodeRow) -> Shelves:
    """A catalogue of this one episode."""
    only = arrange_shelf(shelf.row, {row.line.guid: row})
    return Shelves(revision=shelves.revision, catalogue=shelves.catalogue, shows=(only,), by_slug={})


def _as_if_out(episode: Episode, *, now: datetime) -> Episode:
    """An episode as if it were out at `now`, so that all that belongs to it can be had."""
    moment = min(episode.published_at or now, now)
    return replace(episode, draft=False, audience=Audience.PUBLIC, published_at=moment)
