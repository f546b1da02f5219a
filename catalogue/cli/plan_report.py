"""A plan as somebody reads it who has to say yes: per show what subscribers will see, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from catalogue.cli.printing import report_document, tell_pages, tell_problems

if TYPE_CHECKING:
    from catalogue.actions.runs import Report
    from catalogue.domain.links import Links
    from catalogue.domain.plan import EpisodePlan, Problem, ShowPlan

# Effect → its sign and what it is called, in the order in which they are told.
HEADINGS = {
    "new": ("+", "Apps show as new"),
    "scheduled": ("+", "Will be shown as new at their time"),
    "returned": ("+", "Have their audio again"),
    "again": ("~", "Apps may download again"),
    "moved": ("~", "Move in time"),
    "changed": ("~", "Change in place: nothing is downloaded"),
    "missing": ("!", "Stay in the feed without their audio"),
    "leaves": ("-", "Leave feed and site: apps keep what they have downloaded"),
    "withdrawn": ("-", "Leave feed and site for good"),
    "unseen": ("·", "Nothing that apps see"),
}
HELD = "Held until you say what is meant"
HELD_CODES = "held-"


def tell_plan(report: Report, *, now: datetime, say: Callable[[str], None]) -> None:
    """Say per show what apps make of a plan, then what is wrong beside."""
    if not (report.shows or report.refused or report.put_off):
        say("There is no show here yet. castalogue init makes the folder one.")
    held = _held_by_show(report)
    for plan in report.shows:
        say("\n".join(_show_lines(plan, held[plan.show.path], now)))
    tell_pages(report, say=say)
    told = {problem for problems in held.values() for problem in problems}
    tell_problems((problem for problem in report.problems if problem not in told), say=say)


def plan_document(report: Report, *, now: datetime, links: Links, diffs: Mapping[str, str] | None) -> dict[str, Any]:
    """A plan as JSON: as of `index`, with the shows, and with the effects of each change and the reasons for it.

    `diffs` are unified diffs of the feeds by show GUID; None: nobody asked for them.
    """
    from catalogue.actions.effects import effects_of, reasons_for

    document = report_document(report)
    changing = [one for plan in report.shows for one in plan.episodes if one.change.value != "same"]
    for row, one in zip(document["episodes"], changing, strict=True):
        moment = one.episode.published_at
        row["published_at"] = moment.isoformat() if moment else None
        row["effects"] = [effect.value for effect in effects_of(one, now=now)]
        row["reasons"] = list(reasons_for(one))
    shows = [_show_document(plan, links=links, diffs=diffs) for plan in report.shows]
    return {**document, "shows": shows}


def _show_document(plan: ShowPlan, *, links: Links, diffs: Mapping[str, str] | None) -> dict[str, Any]:
    from catalogue.actions.show_changes import show_changes

    row = {
        "show": plan.show.slug,
        "guid": plan.show.guid,
        "title": plan.show.title,
        "feed": links.feed(plan.show),
        "is_new": plan.is_new,
        "changes": list(show_changes(plan.before, plan.show)),
    }
    return row if diffs is None else row | {"diff": diffs.get(plan.show.guid, "")}


def _show_lines(plan: ShowPlan, held: Sequence[Problem], now: datetime) -> Iterator[str]:
    from catalogue.actions.show_changes import show_changes
    from catalogue.actions.show_plan import group_changes

    groups = {effect.value: episodes for effect, episodes in group_changes(plan.episodes, now=now).items()}
    count = sum(map(len, groups.values()))
    yield f"{plan.show.title}: {_state(plan, count, len(held))}"
    if changes := show_changes(plan.before, plan.show):
        yield "  The show itself:"
        yield from (f"    ~ {change}" for change in changes)
    for effect, (sign, heading) in HEADINGS.items():
        if effect in groups:
            yield f"  {heading} ({len(groups[effect])}):"
            yield from (f"    {sign} {_episode_line(one)}" for one in groups[effect])
    if held:
        yield f"  {HELD} ({len(held)}):"
        yield from (f"    ? {problem}" for problem in held)


def _episode_line(one: EpisodePlan) -> str:
    from catalogue.actions.effects import reasons_for

    reasons = reasons_for(one)
    return f"{one.episode.title} ({'; '.join(reasons)})" if reasons else one.episode.title


def _state(plan: ShowPlan, count: int, held: int) -> str:
    if plan.is_new:
        return "new show"
    changes = ["what is said of the show changes"] if plan.show_changed else []
    changes += [f"{count} of its episodes change"] if count else []
    changes += [f"{held} held"] if held else []
    return ", ".join(changes) or "nothing changes"


def _held_by_show(report: Report) -> dict[str, list[Problem]]:
    """What is held, by the folder of the nearest show around it; what lies in none is left out."""
    from catalogue.actions.runs import is_within

    homes = sorted((plan.show.path for plan in report.shows), key=len, reverse=True)
    held: dict[str, list[Problem]] = {home: [] for home in homes}
    for problem in report.problems:
        home = next((one for one in homes if is_within(problem.path, (one,))), None)
        if home is not None and problem.code.startswith(HELD_CODES):
            held[home].append(problem)
    return held
