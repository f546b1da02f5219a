"""Take over who a show and its episodes are from the feed that they had elsewhere, for audio that is here already.

The ledger is written first, then notes and `show.toml`, then the index: whatever is cut off is done by doing it again.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from catalogue.actions.foreign_feeds import ForeignFeed
from catalogue.actions.index import Report, Wishes
from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place
from catalogue.actions.show_editing import HeldShow, hold_show
from catalogue.actions.taking_over import write_identities
from catalogue.domain.episode import Episode
from catalogue.domain.identity import show_guid_from_url, slug_of
from catalogue.domain.moving import Marks, match_items
from catalogue.domain.show import Show
from catalogue.errors import CatalogueError, Conflict, GuidTaken
from catalogue.feed_outline import FeedOutline, ItemOutline
from catalogue.library.naming import transliterate
from catalogue.library.notes.text_shapes import read_text
from catalogue.store.index import EpisodeRow, ShowRow

GUID_KEY, FROM_KEY, TO_KEY = "guid", "moved_from", "moved_to"


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """An episode and the item that it is: its GUID here and there, and its date there where none is stated here."""

    slug: str
    title: str
    old_guid: str
    guid: str
    published_at: datetime | None = None

    @property
    def is_news(self) -> bool:
        return self.guid != self.old_guid or self.published_at is not None


@dataclass(frozen=True, kw_only=True)
class MoveIn:
    """What is taken over from a feed, and what is not clear: items nobody is here, episodes the feed does not have."""

    show: Show
    guid: str
    addresses: tuple[str, ...]
    adopted: tuple[Adopted, ...]
    unknown_items: tuple[ItemOutline, ...]
    unknown_episodes: tuple[Episode, ...]

    @property
    def changed_guids(self) -> int:
        """How many episodes get another GUID: who follows the feed here already is sent these again."""
        return sum(one.guid != one.old_guid for one in self.adopted)


def plan_move_in(place: Place, feed: ForeignFeed, *, show: str | None = None) -> MoveIn:
    """Say what `move_in` would take over; writes nothing. Raises NotFound, Conflict."""
    row = find_show_row(place, show)
    return _plan(place, row, feed)


def move_in(
    place: Place, feed: ForeignFeed, *, show: str | None = None, wishes: Wishes | None = None
) -> tuple[MoveIn, Report]:
    """Take over the feed's `podcast:guid`, its episodes' GUIDs and its addresses into ledger and `show.toml`; index.

    What is not clear stays as it is. Raises NotFound, Conflict, GuidTaken, ContentError, ContentErrors, StaleEdit,
    StoreError, NotPublishable.
    """
    with hold_show(place, show, wishes) as held:
        plan = _plan(place, held.row, feed)
        write_identities(held, plan.guid, {one.old_guid: (one.guid, one.published_at) for one in plan.adopted})
        held.edit({GUID_KEY: plan.guid, FROM_KEY: plan.addresses, TO_KEY: None})
        report, _ = _indexed(held, plan)
    return plan, report


def _indexed(held: HeldShow, plan: MoveIn) -> tuple[Report, Show]:
    report, show = held.index()
    if (show.guid, show.moved_from) != (plan.guid, plan.addresses):
        raise held.not_indexed(report)
    return report, show


def _plan(place: Place, row: ShowRow, feed: ForeignFeed) -> MoveIn:
    known = place.index.episodes(row.show.guid)
    rows = tuple(one for one in known if one.episode is not None)
    items = _clear_items(feed.outline)
    pairs = match_items([_item_marks(one) for one in items], [_episode_marks(one) for one in rows])
    adopted = tuple(_adopted(items[item], rows[place_]) for item, place_ in pairs.items())
    _check_guids(known, adopted)
    guid = _show_guid(feed)
    if any(other.show.guid == guid and other.show.path != row.show.path for other in place.index.shows()):
        raise Conflict("show-guid-taken", "The feed's `podcast:guid` is that of another show here: {guid}.", guid=guid)
    taken, found = {one.guid for one in adopted}, {one.old_guid for one in adopted}
    return MoveIn(
        show=row.show,
        guid=guid,
        addresses=tuple(dict.fromkeys((*row.show.moved_from, *filter(_can_be_stated, feed.addresses)))),
        adopted=adopted,
        unknown_items=tuple(one for one in feed.outline.items if one.guid not in taken),
        unknown_episodes=tuple(one.episode for one in rows if one.episode and one.line.guid not in found),
    )


def _can_be_stated(address: str) -> bool:
    """Whether `show.toml` can hold it: what a feed says of itself may be anything."""
    try:
        return read_text(FROM_KEY, address, kind=Show.__name__) == address
    except CatalogueError:
        return False


def _clear_items(outline: FeedOutline) -> Sequence[ItemOutline]:
    """The items that have a GUID of their own."""
    counts = Counter(item.guid for item in outline.items)
    return [item for item in outline.items if item.guid.strip() and counts[item.guid] == 1]


def _adopted(item: ItemOutline, row: EpisodeRow) -> Adopted:
    assert row.episode is not None
    is_ours = row.line.published_at is not None and item.published_at != row.line.published_at
    return Adopted(
        slug=row.line.slug,
        title=row.episode.title,
        old_guid=row.line.guid,
        guid=item.guid,
        published_at=item.published_at if is_ours else None,
    )


def _check_guids(rows: Sequence[EpisodeRow], adopted: Sequence[Adopted]) -> None:
    """Refuse a GUID that an episode here has which is taken for no item, or for another."""
    new: Mapping[str, Adopted] = {one.guid: one for one in adopted}
    moving = {one.old_guid for one in adopted}
    for row in rows:
        if row.line.guid in new and row.line.guid not in moving:
            raise GuidTaken(
                "guid-taken",
                "The feed's GUID of “{title}” is that of another episode here, “{slug}”. Give that one another first.",
                title=new[row.line.guid].title,
                slug=row.line.slug,
            )


def _show_guid(feed: ForeignFeed) -> str:
    """What the feed states, else what follows from its address, as directories reckon (Podcasting 2.0, guid)."""
    try:
        return str(uuid.UUID(feed.outline.guid))
    except ValueError:
        return show_guid_from_url(feed.outline.self_url or feed.address)


def _item_marks(item: ItemOutline) -> Marks:
    return Marks(
        guid=item.guid,
        title=item.title,
        published_at=item.published_at,
        size_bytes=item.size_bytes,
        number=item.number,
        season=item.season,
        stem=slug_of(_stem(item.enclosure_url), transliterate),
    )


def _stem(url: str) -> str:
    """The name of the file at an address, without its ending; nothing of an address that nobody can read.

    >>> _stem("https://a.example/b/01%20One.mp3"), _stem("http://[")
    ('01 One', '')
    """
    try:
        return unquote(urlsplit(url).path).rpartition("/")[2].rpartition(".")[0]
    except ValueError:
        return ""


def _episode_marks(row: EpisodeRow) -> Marks:
    episode = row.episode
    assert episode is not None
    source = episode.audio or episode.remote
    return Marks(
        guid=episode.guid,
        title=episode.title,
        published_at=episode.published_at if row.line.published_at is None else None,
        size_bytes=source.size_bytes if source else 0,
        number=f"{episode.number.normalize():f}" if episode.number is not None else "",
        season=str(episode.season.number) if episode.season else "",
        stem=slug_of(row.line.path.rpartition("/")[2], transliterate),
    )
