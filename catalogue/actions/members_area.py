"""What members of a show get: its public episodes and those for members, as one feed, with their media.

Nothing of it is public: no page, search, list or export asks here. A member is known by the token in an address, which
is looked up at each request, so that one that was revoked leads nowhere from then on.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.feed_body import FeedBody, FeedMaker
from catalogue.actions.public_pieces import not_found
from catalogue.actions.served_media import Media, ServedMedia
from catalogue.actions.shelf import Shelves, ShowShelf, arrange_shelf
from catalogue.domain.episode import Audience, Episode
from catalogue.domain.links import Links
from catalogue.domain.members import Member, hash_token, shown_to_members, told_to_members
from catalogue.domain.show import Show
from catalogue.errors import Withdrawn
from catalogue.feed.packing import Coded
from catalogue.store.index import EpisodeRow, FragmentRow, Index


class _Edition:
    """A show as its members get it, made of one state of its shelf. Threads may share one."""

    def __init__(self, shelf: ShowShelf, shelves: Shelves, maker: FeedMaker, making: threading.Lock) -> None:
        self.shelf, self.shelves = shelf, shelves
        self.maker, self.making = maker, making
        self._feed: FeedBody | None = None

    def feed(self, now: datetime) -> FeedBody:
        """The feed for members under the public addresses; raises NotPublishable."""
        with self.making:
            if self._feed is None or (self._feed.due_at is not None and self._feed.due_at <= now):
                self._feed = self.maker.make(self.shelves.shows[0], now)
            return self._feed


# A feed is packed for each member alone.
PACKING_LEVEL = 6


@dataclass(frozen=True, kw_only=True)
class MembersView:
    """What one member of a show may have. Addresses in it are public ones, in whose place the member's own belong."""

    member: Member
    show: Show
    edition: _Edition
    served: ServedMedia

    def feed(self, now: datetime) -> FeedBody:
        """All public episodes and those for members as a feed; raises NotPublishable."""
        return self.edition.feed(now)

    def media(self, sha256: str, name: str, now: datetime) -> Media:
        """What has, or had, this hash; raises Moved (to a path), Withdrawn, MediaError, NotFound."""
        return self.served.find(self.edition.shelves, sha256, name, now=now)

    def media_anew(self, sha256: str, name: str, now: datetime) -> Media:
        """As `media`, asking the index again."""
        return self.served.find_anew(self.edition.shelves, sha256, name, now=now)

    def episodes(self, now: datetime) -> tuple[Episode, ...]:
        """The episodes that are for members alone, newest first."""
        shelf = self.edition.shelf
        own = {one.guid for one in shelf.episodes if one.audience is Audience.MEMBERS}
        return tuple(one for one in self.edition.shelves.shows[0].episodes if one.guid in own and one.is_public(now))


class MembersArea:
    """Finds out what a member may have. Threads may share one."""

    def __init__(self, index: Index, served: ServedMedia) -> None:
        self._index, self._served = index, served
        self._editions: dict[tuple[str, str], _Edition] = {}

    def enter(self, token: str, shelves: Shelves, links: Links) -> MembersView:
        """What the member with this token may have; raises NotFound, Withdrawn (it was revoked), StoreError."""
        member = self._index.find_member(hash_token(token))
        shelf = next((one for one in shelves.shows if member and one.show.guid == member.show_guid), None)
        if member is None or shelf is None:
            raise not_found()
        if member.revoked_at is not None:
            raise Withdrawn("revoked", "This address is no longer in use.")
        edition = self._edition(shelf, shelves, links)
        return MembersView(member=member, show=shelf.show, edition=edition, served=self._served)

    def _edition(self, shelf: ShowShelf, shelves: Shelves, links: Links) -> _Edition:
        """The show's edition of today; what its feed was made of is used again."""
        key = (links.base_url, shelf.show.guid)
        known = self._editions.get(key)
        if known is not None and known.shelf is shelf:
            return known
        maker = known.maker if known else FeedMaker(links, _Stored(self._index, shelf.show).of)
        making = known.making if known else threading.Lock()
        edition = self._editions[key] = _Edition(shelf, _for_members(shelf, shelves, links), maker, making)
        return edition


def own_body(pieces: Sequence[bytes], name: str, *, changed_at: datetime) -> FeedBody:
    """One member's feed in both codings, under entity tags made of `name`; no pieces: the tags alone are of use."""
    packed = tuple(gzip.compress(piece, PACKING_LEVEL, mtime=0) for piece in pieces)
    return FeedBody(
        plain=Coded(chunks=tuple(pieces), size_bytes=sum(map(len, pieces)), etag=f'"{name}"'),
        gzip=Coded(chunks=packed, size_bytes=sum(map(len, packed)), etag=f'"{name}-gzip"'),
        changed_at=changed_at,
        due_at=None,
    )


class _Stored:
    """The rendered items of a show: its feed for members has another GUID, and the same items."""

    def __init__(self, index: Index, show: Show) -> None:
        self._index, self._guid = index, show.guid

    def of(self, _guid: str, guids: Sequence[str]) -> Mapping[str, FragmentRow]:
        return self._index.fragments(self._guid, guids)


def _for_members(shelf: ShowShelf, shelves: Shelves, links: Links) -> Shelves:
    page = links.show(shelf.show)
    by_guid = {guid: _told(row, page) for guid, row in shelf.by_guid.items()}
    row = replace(shelf.row, show=shown_to_members(shelf.show))
    return Shelves(
        revision=shelves.revision, catalogue=shelves.catalogue, shows=(arrange_shelf(row, by_guid),), by_slug={}
    )


def _told(row: EpisodeRow, page: str) -> EpisodeRow:
    return row if row.episode is None else replace(row, episode=told_to_members(row.episode, page=page))
