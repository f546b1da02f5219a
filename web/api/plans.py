"""What an index would do: the plan of a show, and the index itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.effects import Effect, effects_of, reasons_for
from catalogue.actions.index import index_library, plan_library
from catalogue.actions.runs import Report, is_within
from catalogue.actions.show_changes import show_changes
from catalogue.domain.api_patterns import API_INDEX, API_PLAN
from catalogue.domain.plan import Change, EpisodePlan, Problem
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from web.api import current
from web.api.deed_types import Wish
from web.api.operations import Reply, operation
from web.api.shown import CLOSED, FileProblem, problem_lines
from web.current import now
from web.studio.current import place


@dataclass(frozen=True, kw_only=True)
class PlannedEpisode:
    """An episode that changes: what that is to apps, the weightiest first, and why."""

    __pydantic_config__ = CLOSED

    guid: str
    slug: str
    title: str
    change: Change
    published_at: datetime | None
    effects: tuple[Effect, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShowPlan:
    """What an index would do to a show: changes of itself in words, its episodes, and what is wrong with its files."""

    __pydantic_config__ = CLOSED

    changes: tuple[str, ...]
    episodes: tuple[PlannedEpisode, ...]
    problems: tuple[FileProblem, ...]


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """What an index did, or would do: how many episodes are new, changed and so on, and what is wrong with files."""

    __pydantic_config__ = CLOSED

    is_done: bool
    counts: dict[str, int]
    problems: tuple[FileProblem, ...]
    waiting: tuple[str, ...]


@operation("GET", API_PLAN, name="planShow", scope=Scope.READ, right=Right.SEE, gives=ShowPlan)
def plan_show() -> Reply:
    """Say what an index would change of a show, for those who subscribe."""
    report, show = plan_library(place(), current.wishes()), current.show()
    plan = next((one for one in report.shows if one.show.guid == show.guid), None)
    episodes = tuple(_planned(one) for one in plan.episodes if one.change is not Change.SAME) if plan else ()
    value = ShowPlan(
        changes=show_changes(plan.before, plan.show) if plan else (),
        episodes=episodes,
        problems=problem_lines(_problems_in(report, show.path)),
    )
    return Reply(value=value)


@operation("POST", API_INDEX, name="index", scope=Scope.INDEX, right=Right.PUBLISH, takes=Wish, gives=Indexed)
def index(sent: Wish) -> Reply:
    """Index the library as `castalogue index` does; what would surprise subscribers is refused and named."""
    report = plan_library(place(), current.wishes()) if sent.dry_run else index_library(place(), current.wishes())
    if not sent.dry_run:
        current.log("indexed")
    value = Indexed(
        is_done=not sent.dry_run,
        counts=report.counts,
        problems=problem_lines(report.problems),
        waiting=report.waiting,
    )
    return Reply(value=value)


def _planned(one: EpisodePlan) -> PlannedEpisode:
    return PlannedEpisode(
        guid=one.episode.guid,
        slug=one.episode.slug,
        title=one.episode.title,
        change=one.change,
        published_at=one.episode.published_at,
        effects=effects_of(one, now=now()),
        reasons=reasons_for(one),
    )


def _problems_in(report: Report, path: str) -> tuple[Problem, ...]:
    """Those of a show; of one that is the library itself, those in no other show."""
    others = [one.show.path for one in report.shows if one.show.path and one.show.path != path]
    return tuple(
        one for one in report.problems if is_within(one.path, (path,)) and (path or not is_within(one.path, others))
    )
