"""Give episodes their page of the archive, and other feeds their `podcast:guid`: both once, into the ledger.

A page is counted from the oldest episode, has always as many, and nobody ever leaves it for another: who has read it
need not read it again (RFC 5005, section 4). What is dated back later stands on a later page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from catalogue.actions.identities import is_public_address
from catalogue.actions.planning import KnownShow, PlannedShow
from catalogue.domain.episode import Episode, newest_first
from catalogue.domain.identity import LedgerShow, show_guid_from_url
from catalogue.domain.links import Links
from catalogue.domain.selection import FILTERS, Selection, SelectionKind, filters_of
from catalogue.domain.show import Show
from catalogue.feed.assembly import is_item
from catalogue.store.index import EpisodeRow

# As many as `feed.parts` packs together, so that a page is packed already. Never to change: pages are for ever.
PAGE_ITEMS = 50


def with_pages(planned: PlannedShow, *, known: KnownShow, now: datetime) -> PlannedShow:
    """Put the oldest published episodes that are on no page yet on new ones, as far as they fill them."""
    lines = planned.plan.ledger.episodes
    waiting = {line.guid for line in lines if line.page is None}
    if len(waiting) < PAGE_ITEMS:
        return planned
    rows = {**known.episodes, **planned.rows}
    visible = (row.episode for guid, row in rows.items() if guid in waiting and row.episode is not None)
    oldest_first = sorted((one for one in visible if is_item(one) and one.is_public(now)), key=newest_first)[::-1]
    first = 1 + max((line.page for line in lines if line.page is not None), default=0)
    whole = len(oldest_first) - len(oldest_first) % PAGE_ITEMS
    pages = {one.guid: first + place // PAGE_ITEMS for place, one in enumerate(oldest_first[:whole])}
    return _on_pages(planned, rows, pages) if pages else planned


def _on_pages(planned: PlannedShow, rows: Mapping[str, EpisodeRow], pages: Mapping[str, int]) -> PlannedShow:
    ledger = planned.plan.ledger
    lines = tuple(replace(one, page=pages[one.guid]) if one.guid in pages else one for one in ledger.episodes)
    moved = {line.guid: replace(rows[line.guid], line=line) for line in lines if line.guid in pages}
    plan = replace(planned.plan, ledger=replace(ledger, episodes=lines), ledger_changed=True)
    return replace(planned, plan=plan, rows={**planned.rows, **moved})


def with_feed_guids(planned: PlannedShow, *, known: KnownShow, base_url: str | None) -> PlannedShow:
    """Give the feeds by season, tag and language that are new a `podcast:guid` of their own, which stays.

    A language has one only beside another: alone it would be the show's own feed again.
    """
    rows = {**known.episodes, **planned.rows}.values()
    named = _names(row.episode for row in rows if row.episode is not None)
    line, show = planned.plan.ledger.show, planned.plan.show
    new = {one.name: feed_guid(show, one, base_url) for one in named if one.name not in line.feeds}
    if not new:
        return planned
    changed = replace(line, feeds=dict(sorted((line.feeds | new).items())))
    plan = replace(planned.plan, ledger=replace(planned.plan.ledger, show=changed), ledger_changed=True)
    return replace(planned, plan=plan)


def _names(episodes: Iterable[Episode]) -> list[Selection]:
    """The feeds that these episodes make, by name; many thousands of them, so that each is looked at but once."""
    found = {(kind, value) for one in episodes for kind, values in FILTERS.items() for value in values(one)}
    languages = [one for one in found if one[0] is SelectionKind.LANGUAGE]
    named = found.difference(languages if len(languages) < 2 else ())
    return sorted((Selection(kind=kind, value=value) for kind, value in named), key=lambda one: one.name)


def without_feeds(planned: PlannedShow) -> PlannedShow:
    """The plan without the pages and GUIDs that it gave: for a library that cannot be written, where they can wait."""
    before = planned.ledger_read
    if before is None:
        return planned
    pages = {line.guid: line.page for line in before.episodes}
    lines = tuple(replace(one, page=pages.get(one.guid)) for one in planned.plan.ledger.episodes)
    ledger = replace(
        planned.plan.ledger, show=replace(planned.plan.ledger.show, feeds=before.show.feeds), episodes=lines
    )
    rows = {guid: replace(row, line=replace(row.line, page=pages.get(guid))) for guid, row in planned.rows.items()}
    plan = replace(planned.plan, ledger=ledger, ledger_changed=replace(before, remarks=()) != ledger)
    return replace(planned, plan=plan, rows=rows)


def opens_feeds(planned: PlannedShow) -> bool:
    """Whether the planned episodes may make feeds that the ledger does not know: only a look at all can tell."""
    line, show = planned.plan.ledger.show, planned.plan.show
    known = {*line.feeds, f"{SelectionKind.LANGUAGE}/{show.language.lower()}"}
    episodes = (row.episode for row in planned.rows.values() if row.episode is not None)
    return any(one.name not in known for episode in episodes for one in filters_of(episode))


def feed_guid(show: Show, selection: Selection, base_url: str | None) -> str:
    """The `podcast:guid` of another feed of a show: of its address where that is public, else of the show's.

    Podcasting 2.0, guid: computed once, and kept wherever the feed moves.
    """
    if base_url is not None and is_public_address(base_url):
        return show_guid_from_url(Links(base_url).selected_feed(show, selection))
    return str(uuid.uuid5(uuid.UUID(show.guid), selection.name))


def known_feed_guid(show: Show, line: LedgerShow, selection: Selection, base_url: str) -> str:
    """The `podcast:guid` that a feed has: its show's where it is a part of it, else what the ledger keeps."""
    if selection.is_same_podcast:
        return show.guid
    return line.feeds.get(selection.name) or feed_guid(show, selection, base_url)
