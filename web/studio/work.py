"""What the studio's pages about shows and episodes work with: the newest state of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from catalogue.actions.episode_lists import name_of_line, problems_of_episode, status_of_row
from catalogue.actions.handing_over import talks_in
from catalogue.actions.named import exact_name
from catalogue.actions.runs import Wishes
from catalogue.actions.shelf import ShowShelf
from catalogue.actions.show_tasks import MOST_NAMED, Handed, Tasks, tasks_of
from catalogue.domain.episode_status import Status
from catalogue.domain.plan import Problem
from catalogue.domain.rights import Right
from catalogue.domain.show import Show
from catalogue.errors import NotFound
from catalogue.store.index import EpisodeRow
from web.current import now, site
from web.studio import current
from web.studio.current import can, place, producer
from web.studio.guard import is_own_draft
from web.studio.newest import worktable


def shelf() -> ShowShelf:
    """The show of the address with all its episodes."""
    return worktable().now().shelf(current.show())


def wishes() -> Wishes:
    """How a deed that was asked for here is to go."""
    return Wishes(clock=site().clock, who=producer().shown_name)


def find_row(slug: str) -> EpisodeRow:
    """An episode of the show of the address; raises NotFound."""
    row = shelf().rows.get(slug)
    if row is None:
        raise NotFound("no-episode-here", "There is no episode at this address.")
    return row


def name_of(row: EpisodeRow) -> str:
    """What deeds are to call an episode of the show of the address: no other has this name."""
    return exact_name(current.show(), row.line.guid)


def tasks_in(show: Show) -> Tasks:
    """What there is to do in a show for who asks: of episodes, those that they may open."""
    whole = worktable().now().shelf(show)
    tasks = replace(tasks_of(whole, worktable().problems(), now()), handed=tuple(_handed(whole, show)))
    if can(Right.SEE_DRAFTS, show):
        return tasks
    drafts = (row.episode for row in whole.rows.values() if row.episode and row.episode.draft and may_open(row, show))
    return replace(tasks, drafts=tuple(islice(drafts, MOST_NAMED)), coming=(), overdue=(), overdue_count=0)


def _handed(whole: ShowShelf, show: Show) -> Iterator[Handed]:
    """The drafts of others that wait for who asks; or their own, where they may not look at those of others."""
    may_publish = can(Right.PUBLISH, show)
    for guid, talk in talks_in(place(), show.guid).items():
        row = whole.by_guid.get(guid)
        if row is None or row.episode is None or not may_open(row, show):
            continue
        is_answered = talk.answers and not may_publish
        if not can(Right.REVIEW, show) or (talk.waits and not is_answered):
            yield Handed(row.episode, talk)


def may_open(row: EpisodeRow, show: Show | None = None) -> bool:
    """Whether who asks may open an episode of a show, the one of the address: any, or a draft that they began."""
    found = show or current.show()
    return can(Right.SEE_DRAFTS, found) or is_own_draft(found, row.line.slug, producer())


def head_of(row: EpisodeRow) -> dict[str, Any]:
    """What every page about an episode says of it: the episode, what it is called, how it stands."""
    episode = row.episode
    title = episode.title if episode else name_of_line(row.line)
    return {"row": row, "episode": episode, "title": title, "status": standing(row)[0]}


def standing(episode: EpisodeRow) -> tuple[Status, tuple[Problem, ...]]:
    """How an episode of the show stands, and what the last index found worth saying about its files."""
    whole, problems = shelf(), worktable().problems()
    return status_of_row(whole, episode, problems, now()), problems_of_episode(problems, whole, episode)
