"""A show's feed in the shape it is served, made again from what is left of the one before."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from catalogue.actions.shelf import ShowShelf
from catalogue.domain.corrections import last_untold, told_in_feed, told_until
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.errors import NotPublishable, StoreError
from catalogue.feed.assembly import public_from, trailers_of
from catalogue.feed.fragment import Fragment, ItemRenderer, base_address, room_for
from catalogue.feed.packing import Coded, join_brotli, join_gzip, join_plain, name_feed
from catalogue.feed.parts import Part, grouped, make_group, make_head
from catalogue.feed.proof import Proof, head_fault, item_faults, render_items
from catalogue.feed.rss import TAIL, link_header, render_head
from catalogue.store.index import FragmentRow

LOG = logging.getLogger("castalogue")
# Given a show's GUID and those of episodes, what is kept of their rendered items.
Stored = Callable[[str, Sequence[str]], Mapping[str, FragmentRow]]


@dataclass(frozen=True, kw_only=True)
class FeedBody:
    """A feed as served, in each coding (`brotli` follows later or never); when it last changed and will change next."""

    plain: Coded
    gzip: Coded
    brotli: Coded | None = None
    changed_at: datetime
    due_at: datetime | None
    link: str | None = None
    """The header that names hub and feed to who would hear of changes by WebSub; None: there is no hub."""

    @property
    def body(self) -> bytes:
        """The feed's XML in one piece."""
        return self.plain.body

    def with_brotli(self) -> FeedBody:
        """The same with brotli, where it is not too large; takes its time."""
        return replace(self, brotli=join_brotli(self.plain))


class _Entry(NamedTuple):
    """What making a feed needs to know of an episode that is or will be public, worked out once.

    `told` is what its item says until `until` (None: for ever); `turned_at` is when that last changed by itself.
    """

    episode: Episode
    told: Episode
    key: str
    published_at: datetime
    changed_at: datetime
    is_trailer: bool
    turned_at: datetime
    until: datetime | None


class FeedMaker:
    """Makes the feed of one show under one base URL, and remembers its parts. Not to be shared by threads."""

    def __init__(self, links: Links, stored: Stored, *, hub: str | None = None) -> None:
        self._stored, self._hub = stored, hub
        self._base_url, self._room = base_address(links.base_url), room_for(links.base_url)
        self._renderer: ItemRenderer
        self._said, self._head_xml = "", b""
        self._entries: dict[str, _Entry] = {}
        self._groups: dict[tuple[str, ...], Part] = {}

    def make(self, shelf: ShowShelf, now: datetime) -> FeedBody:
        """Make what is public of the show at `now`; raises NotPublishable where its head is none."""
        self._renderer = ItemRenderer(shelf.show, self._room)
        entries = self._entries_of(shelf, now)
        first = next((place for place, one in enumerate(entries) if one.published_at <= now), len(entries))
        visible = entries[first:]
        self._head_xml = self._head(shelf, visible)
        fault = head_fault(self._head_xml)
        if fault is not None:
            raise NotPublishable("feed-unmade", "The feed's head cannot be read: {why}", why=fault)
        parts = (make_head(self._head_xml), *self._groups_of(shelf, visible))
        name = name_feed(parts)
        return FeedBody(
            plain=join_plain(parts, TAIL, name=name),
            gzip=join_gzip(parts, TAIL, name=name),
            changed_at=max((shelf.row.changed_at, *(one.turned_at for one in visible))),
            due_at=min(_turns(entries, first), default=None),
            link=link_header(self._hub, Links(self._base_url).feed(shelf.show)) if self._hub else None,
        )

    def _entries_of(self, shelf: ShowShelf, now: datetime) -> list[_Entry]:
        """Every episode that is or will be an item, newest first; what is as it was is not looked at again."""
        said = f"{self._renderer.name} {shelf.show.corrections_days}"
        before = self._entries if self._said == said else {}
        found: dict[str, _Entry] = {}
        for episode in shelf.episodes:
            known = before.get(episode.guid)
            if known is not None and known.episode is episode and (known.until is None or now < known.until):
                found[episode.guid] = known
            elif (published_at := public_from(episode)) is not None:
                found[episode.guid] = self._entry(shelf, episode, published_at, now)
        self._entries, self._said = found, said
        return list(found.values())

    def _entry(self, shelf: ShowShelf, episode: Episode, published_at: datetime, now: datetime) -> _Entry:
        days = shelf.show.corrections_days
        told = told_in_feed(episode, days=days, now=now)
        return _Entry(
            episode=episode,
            told=told,
            key=self._renderer.key(told),
            published_at=published_at,
            changed_at=episode.changed_at or published_at,
            is_trailer=bool(trailers_of([episode])),
            turned_at=max(published_at, last_untold(episode, days=days, now=now) or published_at),
            until=told_until(episode, days=days, now=now),
        )

    def _head(self, shelf: ShowShelf, visible: Sequence[_Entry]) -> bytes:
        trailers = [one.episode for one in visible if one.is_trailer]
        built_at = max((one.changed_at for one in visible), default=shelf.show.first_seen_at)
        return render_head(shelf.show, Links(self._base_url), built_at=built_at, trailers=trailers, hub=self._hub)

    def _groups_of(self, shelf: ShowShelf, visible: Sequence[_Entry]) -> list[Part]:
        by_key = {one.key: one.told for one in visible}
        wanted = list(grouped(list(by_key)))
        left = dict.fromkeys(wanted)
        spare = {key: xml for keys, part in self._groups.items() if keys not in left for key, xml in part.items()}
        groups: dict[tuple[str, ...], Part] = {}
        for keys in wanted:
            groups[keys] = self._groups.get(keys) or self._group(shelf, {key: by_key[key] for key in keys}, spare)
        self._groups = groups
        return list(groups.values())

    def _group(self, shelf: ShowShelf, episodes: Mapping[str, Episode], spare: Mapping[str, bytes]) -> Part:
        """Put a group together of what an earlier one held, what is stored, and what has to be rendered now."""
        lacking = [episode.guid for key, episode in episodes.items() if key not in spare]
        stored = self._read_stored(shelf.show.guid, lacking) if lacking else {}
        found = dict(spare)
        for key, episode in episodes.items():
            row = stored.get(episode.guid)
            if key not in spare and row is not None and row.key == key:
                found[key] = self._renderer.fill(Fragment(key=key, body=row.body), self._base_url)
        found |= self._rendered({key: episode for key, episode in episodes.items() if key not in found}, stored)
        return make_group([(key, found[key]) for key in episodes if key in found])

    def _rendered(self, episodes: Mapping[str, Episode], stored: Mapping[str, FragmentRow]) -> dict[str, bytes]:
        """Render what no index has rendered; a bad item gives way to its last good state, or is left out."""
        fragments, faults = render_items(self._renderer, episodes.values())
        xml = {guid: self._renderer.fill(fragment, self._base_url) for guid, fragment in fragments.items()}
        proofs = [Proof(episode=one, xml=xml[one.guid]) for one in episodes.values() if one.guid in xml]
        faults |= item_faults(self._head_xml, proofs, Links(self._base_url))
        for guid, why in faults.items():
            LOG.error("An item cannot be served (%s): %s", guid, why)
            row = stored.get(guid)
            xml[guid] = self._renderer.fill(Fragment(key=row.key, body=row.body), self._base_url) if row else b""
        return {key: xml[one.guid] for key, one in episodes.items() if xml[one.guid]}

    def _read_stored(self, show_guid: str, guids: Sequence[str]) -> Mapping[str, FragmentRow]:
        try:
            return self._stored(show_guid, guids)
        except StoreError:  # what is stored only saves time: it can all be rendered
            return {}


def _turns(entries: Sequence[_Entry], first: int) -> Iterator[datetime]:
    """The moments at which the feed changes by itself: the next episode comes, or a correction is told no more."""
    if first:
        yield entries[first - 1].published_at
    yield from (one.until for one in entries[first:] if one.until is not None)
