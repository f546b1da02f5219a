"""What a check gives: findings with their places, and what was left out on somebody's word."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.check.online import OnlineReplies
from catalogue.check.rule import Finding
from catalogue.domain.plan import Problem


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """A rule that the show's `show.toml` disables, why, and how many findings are not shown for it."""

    rule: str
    reason: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One feed and what was found in it, worst first: `name` is a show's slug, a file or an address.

    `problems` are mistakes in what says how to check, `online` is what the addresses answered, if they were asked.
    """

    name: str
    findings: tuple[Finding, ...]
    hidden: tuple[Hidden, ...] = ()
    problems: tuple[Problem, ...] = ()
    online: OnlineReplies | None = None
    show_path: str | None = None
    """The show's folder; None where it is a stranger's feed."""

    @property
    def unasked(self) -> int:
        """How many addresses would have been asked, had there been fewer or quicker ones."""
        return self.online.unasked if self.online is not None else 0
