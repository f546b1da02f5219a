"""What there is to do in a show, for the first page its producers see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from catalogue.actions.episode_lists import Listed, standing_of
from catalogue.actions.runs import is_within
from catalogue.actions.shelf import ShowShelf
from catalogue.domain.episode import Episode
from catalogue.domain.episode_status import Status
from catalogue.domain.handovers import Talk
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.show import Show
from catalogue.domain.stated_days import is_past

# More than a handful of drafts is a list of its own.
MOST_NAMED = 5


class Handed(NamedTuple):
    """A draft that was handed over, and what was said of it since."""

    episode: Episode
    talk: Talk


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """What waits in a show: errors of the last index, drafts, what comes next, words that nobody has read for long.

    `handed`: drafts that were handed over, as far as they concern who asks.
    """

    show: Show
    by_status: Mapping[Status, int]
    drafts: tuple[Episode, ...]
    coming: tuple[Episode, ...]
    overdue: tuple[Episode, ...]
    overdue_count: int
    errors: tuple[Problem, ...]
    handed: tuple[Handed, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits for anybody."""
        return not (self.handed or self.drafts or self.overdue or self.errors or self.by_status.get(Status.HELD))


def tasks_of(shelf: ShowShelf, problems: Sequence[Problem], now: datetime) -> Tasks:
    """Gather what there is to do in a show at `now` (aware UTC); named are a few of each kind."""
    own = tuple(one for one in problems if is_within(one.path, (shelf.show.path,)))
    standing = standing_of(shelf, own, now)
    late = _overdue(standing, now.astimezone(ZoneInfo(shelf.show.timezone)).date())
    return Tasks(
        show=shelf.show,
        by_status=Counter(one.status for one in standing),
        drafts=_with(standing, Status.DRAFT)[:MOST_NAMED],
        coming=_with(standing, Status.SCHEDULED)[::-1][:MOST_NAMED],
        overdue=late[:MOST_NAMED],
        overdue_count=len(late),
        errors=tuple(one for one in own if one.severity is Severity.ERROR),
    )


def _with(standing: Sequence[Listed], status: Status) -> tuple[Episode, ...]:
    return tuple(one.episode for one in standing if one.status is status and one.episode is not None)


def _overdue(standing: Sequence[Listed], today: date) -> tuple[Episode, ...]:
    """Episodes whose next review should have been, the longest overdue first."""
    late = [
        (one.episode.review.next_on, one.episode.slug, one.episode)
        for one in standing
        if one.episode is not None and one.status is not Status.WITHDRAWN
        if one.episode.review is not None and one.episode.review.next_on is not None
        if is_past(one.episode.review.next_on, today)
    ]
    return tuple(episode for _, _, episode in sorted(late, key=lambda one: one[:2]))
