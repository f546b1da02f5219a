"""What would change in each show's feed: its served state against what an index would make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.actions.feed_body import FeedMaker
from catalogue.actions.feed_items import Stored
from catalogue.actions.gate import Passed
from catalogue.actions.index import plan_library
from catalogue.actions.open import Place
from catalogue.actions.runs import Report, Wishes
from catalogue.actions.shelf import ShowShelf
from catalogue.actions.writing import Step, Written, at_gate, row_of
from catalogue.domain.episode import newest_first
from catalogue.domain.links import Links
from catalogue.feed.difference import render_difference
from catalogue.store.index import EpisodeRow, FragmentRow, ShowRow


@dataclass(frozen=True, kw_only=True)
class PlannedFeeds:
    """A plan with the unified diff of each show's feed, by the show's GUID; shows whose feed stays are left out."""

    report: Report
    diffs: Mapping[str, str]


def plan_feeds(place: Place, wishes: Wishes, links: Links) -> PlannedFeeds:
    """As `plan_library`, with what would change in the feeds under a base URL; changes nothing.

    A show that is refused, or held as a whole, keeps its feed.
    """
    diffs: dict[str, str] = {}

    def compare_feeds(step: Step) -> Written:
        passed = at_gate(step)
        step = replace(step, planned=passed.planned)
        plan = step.planned.plan
        if step.planned.rows or plan.show_changed:
            diff = _difference(step, passed, links)
            diffs.update({plan.show.guid: diff} if diff else {})
        return Written(plan=plan, problems=passed.problems)

    report = plan_library(place, wishes, apply=compare_feeds)
    return PlannedFeeds(report=report, diffs=diffs)


def _difference(step: Step, passed: Passed, links: Links) -> str:
    known, fragments = step.known, step.place.index.fragments
    stored = _stored(fragments, passed.fragments)
    before = _feed(step, known.row, known.episodes, links, fragments) if known.row else None
    after = _feed(step, row_of(step), {**known.episodes, **step.planned.rows}, links, stored)
    return render_difference(before, after, name=Links("").feed(step.planned.plan.show).lstrip("/"))


def _feed(step: Step, row: ShowRow, rows: Mapping[str, EpisodeRow], links: Links, stored: Stored) -> bytes:
    episodes = sorted((one.episode for one in rows.values() if one.episode is not None), key=newest_first)
    shelf = ShowShelf(row=row, episodes=tuple(episodes), by_guid=rows)
    return FeedMaker(links, stored).make(shelf, step.now).body


def _stored(kept: Stored, fresh: Mapping[str, FragmentRow | None]) -> Stored:
    """What is kept of rendered items, and before that what the gate has just rendered."""

    def find(show_guid: str, guids: Sequence[str]) -> Mapping[str, FragmentRow]:
        found = {guid: item for guid in guids if (item := fresh.get(guid)) is not None}
        return {**kept(show_guid, [guid for guid in guids if guid not in found]), **found}

    return find
