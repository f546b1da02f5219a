"""A show's feeds in the shape they are served, made again from what is left of those before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from catalogue.actions.archiving import known_feed_guid
from catalogue.actions.feed_entries import Entries, Entry, turns, visible_from
from catalogue.actions.feed_items import Items, Stored
from catalogue.actions.feed_members import Members, Visible, members_of
from catalogue.actions.json_items import JsonItems
from catalogue.actions.shelf import ShowShelf
from catalogue.domain.links import Links
from catalogue.domain.selection import WHOLE, Selection
from catalogue.domain.show import Show
from catalogue.errors import NotPublishable
from catalogue.feed import json_feed
from catalogue.feed.fragment import ItemRenderer, base_address, room_for
from catalogue.feed.packing import Coded, join_brotli, join_gzip, join_plain, name_feed
from catalogue.feed.parts import Part, make_head
from catalogue.feed.proof import head_fault
from catalogue.feed.rss import TAIL, link_header, render_head
from catalogue.feed.selected import selected_show


class Format(StrEnum):
    """In which form a feed is."""

    RSS = "rss"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class Form:
    """One of a show's feeds: which episodes it holds, and in which form."""

    selection: Selection = WHOLE
    format: Format = Format.RSS

    @cached_property
    def name(self) -> str:
        return f"{self.format} {self.selection.name}"


# The feed that everybody has.
RSS_FEED, JSON_FEED = Form(), Form(format=Format.JSON)


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
        """The feed in one piece."""
        return self.plain.body

    def with_brotli(self) -> FeedBody:
        """The same with brotli, where it is not too large; takes its time."""
        return replace(self, brotli=join_brotli(self.plain))


def whole_body(body: bytes, *, changed_at: datetime, due_at: datetime | None = None) -> FeedBody:
    """Make a body that is small enough to be packed as a whole."""
    parts = (make_head(body),)
    name = name_feed(parts)
    return FeedBody(
        plain=join_plain(parts, b"", name=name),
        gzip=join_gzip(parts, b"", name=name),
        changed_at=changed_at,
        due_at=due_at,
    )


@dataclass(frozen=True, kw_only=True)
class _Matter:
    """What a feed is made of: the show as it says it, and its members under a base URL."""

    shelf: ShowShelf
    show: Show
    members: Members
    renderer: ItemRenderer
    head: bytes


class FeedMaker:
    """Makes the feeds of one show under one base URL, and remembers their parts. Not to be shared by threads."""

    def __init__(self, links: Links, stored: Stored, *, hub: str | None = None) -> None:
        self._links, self._room = Links(base_address(links.base_url)), room_for(links.base_url)
        self._entries, self._items = Entries(), Items(self._links.base_url, stored)
        self._hub = hub
        self._known: tuple[list[Entry], int, Visible] | None = None
        self._json = JsonItems(self._links)

    def make(self, shelf: ShowShelf, now: datetime, form: Form = RSS_FEED) -> FeedBody:
        """Make what is public of the show at `now`; raises NotPublishable where its head is none."""
        renderer = ItemRenderer(shelf.show, self._room)
        entries = self._entries.of(shelf, renderer, now)
        first = visible_from(entries, now)
        members = members_of(self._visible_of(shelf, entries, first), form.selection, self._links)
        way = {Format.RSS: self._rss, Format.JSON: self._as_json}[form.format]
        hub = self._hub if form == RSS_FEED else None
        parts, tail = way(self._matter(shelf, form.selection, members, renderer, hub=hub), form)
        name = name_feed(parts)
        return FeedBody(
            plain=join_plain(parts, tail, name=name),
            gzip=join_gzip(parts, tail, name=name),
            changed_at=max((shelf.row.changed_at, *(one.turned_at for one in members.entries))),
            due_at=min(turns(entries, first), default=None),
            link=link_header(hub, self._links.feed(shelf.show)) if hub else None,
        )

    def _visible_of(self, shelf: ShowShelf, entries: list[Entry], first: int) -> Visible:
        """What is visible, the same for all feeds of one state."""
        known = self._known
        if known is None or known[0] is not entries or known[1] != first:
            known = self._known = (entries, first, Visible(shelf=shelf, entries=entries[first:]))
        return known[2]

    def forget(self, form: Form) -> None:
        """Let go of what only this feed needs."""
        self._items.forget(form.name)
        if form.format is Format.JSON:
            self._json = JsonItems(self._links)

    def _matter(
        self, shelf: ShowShelf, selection: Selection, members: Members, renderer: ItemRenderer, *, hub: str | None
    ) -> _Matter:
        guid = known_feed_guid(shelf.show, shelf.row.line, selection, self._links.base_url)
        show = selected_show(
            shelf.published_by(self._links),
            selection,
            guid=guid,
            episodes=[one.episode for one in members.entries],
        )
        head = _head(show, members, self._links, hub=hub)
        return _Matter(shelf=shelf, show=show, members=members, renderer=renderer, head=head)

    def _rss(self, matter: _Matter, form: Form) -> tuple[Sequence[Part], bytes]:
        fault = head_fault(matter.head)
        if fault is not None:
            raise NotPublishable("feed-unmade", "The feed's head cannot be read: {why}", why=fault)
        return (make_head(matter.head), *self._groups(matter, form)), TAIL

    def _as_json(self, matter: _Matter, form: Form) -> tuple[Sequence[Part], bytes]:
        groups = self._json.groups_of(matter.show, matter.members.entries, self._groups(matter, form))
        return (make_head(json_feed.render_json_head(matter.show, self._links)), *groups), json_feed.TAIL

    def _groups(self, matter: _Matter, form: Form) -> list[Part]:
        return self._items.groups_of(
            form.name,
            matter.members.entries,
            renderer=matter.renderer,
            show_guid=matter.shelf.show.guid,
            head=matter.head,
        )


def _head(show: Show, members: Members, links: Links, *, hub: str | None) -> bytes:
    entries: Sequence[Entry] = members.entries
    return render_head(
        show,
        links,
        built_at=max((one.changed_at for one in entries), default=show.first_seen_at),
        trailers=[one.episode for one in members.trailers],
        around=members.around,
        hub=hub,
    )
