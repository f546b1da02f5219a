"""What an index would do to one show, arranged for who has to say yes: by what subscribers notice, and what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.changes import TOLD
from catalogue.actions.claim import claim_episode
from catalogue.actions.effects import Effect, effects_of
from catalogue.actions.index import index_library, plan_library
from catalogue.actions.open import Place
from catalogue.actions.runs import Report, Wishes, is_within
from catalogue.domain.plan import Claim, EpisodePlan, Problem, Severity, ShowPlan
from catalogue.domain.show import Show
from catalogue.errors import Conflict

HELD_CODES = "held-"
# What the guard refuses as long as nobody says that the files are gone.
REMOVALS = ("removals", "other-disk")


@dataclass(frozen=True, kw_only=True)
class Foresight:
    """What an index would do to a show.

    `groups` are the episodes that change, each once, under what matters most of it; `held` waits for somebody's word,
    `removals` for the word that files are gone; `others` is what else is wrong or remarked.
    """

    show: Show
    plan: ShowPlan | None
    """None: nothing of the show would be written, for a reason in `removals` or `others`."""
    groups: Mapping[Effect, tuple[EpisodePlan, ...]]
    held: tuple[Problem, ...]
    removals: Problem | None
    others: tuple[Problem, ...]
    waiting: tuple[str, ...]
    """Files that are still being copied."""

    @property
    def says_other(self) -> bool:
        """Whether what is said of the show itself changes."""
        return self.plan is not None and self.plan.show_changed

    @property
    def has_errors(self) -> bool:
        """Whether something is left out until somebody mends it."""
        return any(one.severity is Severity.ERROR for one in self.others)

    @property
    def has_news(self) -> bool:
        """Whether an index would change anything that somebody sees."""
        return bool(self.groups) or self.says_other


def foresee_index(place: Place, show: Show, wishes: Wishes) -> Foresight:
    """Say what an index would do to a show; changes nothing. Raises StoreError, ConfigError."""
    return arrange_plan(plan_library(place, wishes), show, now=wishes.clock())


def arrange_plan(report: Report, show: Show, *, now: datetime) -> Foresight:
    """Arrange what a run would do to one show."""
    plan = next((one for one in report.shows if one.show.guid == show.guid), None)
    path = plan.show.path if plan else show.path
    within = tuple(path for path in (one.show.path for one in report.shows) if path and path != show.path)
    own = [one for one in report.problems if is_within(one.path, (path,)) and not (not path and _is_in(one, within))]
    return Foresight(
        show=show,
        plan=plan,
        groups=group_changes(plan.episodes, now=now) if plan else {},
        held=tuple(one for one in own if one.code.startswith(HELD_CODES)),
        removals=next((one for one in own if one.code in REMOVALS), None),
        others=tuple(one for one in own if not one.code.startswith(HELD_CODES) and one.code not in REMOVALS),
        waiting=tuple(one for one in report.waiting if is_within(one, (path,))),
    )


def group_changes(episodes: Iterable[EpisodePlan], *, now: datetime) -> dict[Effect, tuple[EpisodePlan, ...]]:
    """Changing episodes by what matters most of each, in that order; what is held is told with its reason."""
    groups: dict[Effect, list[EpisodePlan]] = defaultdict(list)
    for one in episodes:
        effects = effects_of(one, now=now)
        if effects and effects[0] is not Effect.HELD:
            groups[effects[0]].append(one)
    return {effect: tuple(groups[effect]) for effect in Effect if effect in groups}


def changed_fields(plan: EpisodePlan) -> tuple[str, ...]:
    """Which of an episode's fields become other ones, by name; none of what is new."""
    before, after = plan.before, plan.episode
    return () if before is None else tuple(name for name in TOLD if getattr(before, name) != getattr(after, name))


def settle_claim(place: Place, show: Show, claim: Claim, wishes: Wishes) -> Report:
    """Say whose the files are that are in doubt, and index.

    Raises Conflict where nothing in the show waits for that word (any more); else as `claim_episode`.
    """
    offered = {one for problem in foresee_index(place, show, wishes).held for one in problem.claims}
    if claim not in offered:
        raise Conflict("plan-changed", "This is not in doubt any more. Look at the plan again.")
    return claim_episode(place, claim.new, old=claim.old, wishes=wishes)


def accept_removals(place: Place, show: Show, wishes: Wishes) -> Report:
    """Say that what is not there of a show is gone, and index: its episodes are missing, none is taken out."""
    return index_library(place, replace(wishes, gone_from=frozenset({show.path})))


def is_refused(report: Report, show: Show) -> bool:
    """Whether a run left something of a show out."""
    return any(one.severity is Severity.ERROR and is_within(one.path, (show.path,)) for one in report.problems)


def _is_in(problem: Problem, shows: Iterable[str]) -> bool:
    return any(is_within(problem.path, (one,)) for one in shows)
