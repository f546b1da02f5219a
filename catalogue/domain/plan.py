"""What indexing would do, as subscribers will see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalogue.domain.episode import Episode
from catalogue.domain.identity import Ledger
from catalogue.domain.show import Show


class Severity(StrEnum):
    """How much a problem costs: an error leaves something out, a warning should be mended, a notice only told."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What somebody may say of files that are in doubt: those at `new` are the episode at `old`, or (None) a new one.

    Both are paths in the library, of a folder or a stem.
    """

    new: str
    old: str | None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something about a file, in one sentence; `path` relative to the library.

    Any of `claims` would settle it. `said` are the parameters of the sentence by name, as far as its words are known by
    its code, so that another language can say it.
    """

    severity: Severity
    code: str
    path: str
    message: str
    line: int | None = None
    claims: tuple[Claim, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.message}" if where else self.message


class Change(StrEnum):
    """What happens to an episode."""

    NEW = "new"
    CHANGED = "changed"
    AUDIO = "audio"
    """Changed so that apps may download it again."""
    MISSING = "missing"
    RETURNED = "returned"
    DRAFTED = "drafted"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    SAME = "same"


@dataclass(frozen=True, kw_only=True)
class EpisodePlan:
    """One episode's line of the plan: the episode as it will be, and what changed, in words."""

    change: Change
    episode: Episode
    before: Episode | None = None
    """As it is now, where anything changes; None: it is new, or stays the same."""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShowPlan:
    """All that indexing would do to one show; `ledger` is what would be written."""

    show: Show
    before: Show | None = None
    """As it is now, as far as the index knows."""
    ledger: Ledger
    is_new: bool
    show_changed: bool
    ledger_changed: bool
    episodes: tuple[EpisodePlan, ...] = ()
    problems: tuple[Problem, ...] = ()
