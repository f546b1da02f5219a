"""What a run over the library is asked for, and what it gives."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from catalogue.actions.leases import Terms
from catalogue.actions.planning import has_news
from catalogue.domain.plan import Change, Problem, Severity, ShowPlan
from catalogue.domain.written_page import WrittenPage
from catalogue.library.folder import ShowFiles
from catalogue.ports import LibraryFile

# Refusals that a disk, and not the producer, may mend.
UNSETTLED = frozenset(
    (
        "removals",
        "other-disk",
        "show-gone",
        "show-file-gone",
        "library-empty",
        "unread",
        "unreadable",
        "read-only",
        "disk-full",
    )
)
_UNKNOWN = Problem(
    severity=Severity.ERROR, code="nobody-knows", path="", message="nobody knows why; run castalogue index"
)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How a run is to go; the clock, waiting and chance come in here."""

    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    wait: Callable[[float], None] = time.sleep
    chance: Callable[[], uuid.UUID] = uuid.uuid4
    progress: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    claims: Mapping[str, str | None] = field(default_factory=dict)
    """A path inside the library → GUID of the episode it is, or None: a new one."""
    allow_date_change: bool = False
    allow_removals: bool = False
    """Files that are not there are gone: their episodes are missing."""
    gone_from: frozenset[str] = frozenset()
    """The same, of the shows in these folders alone."""
    terms: Terms = field(default_factory=Terms)
    """What leases on shows are given on."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Path → version of files that the caller wrote whole just now: nobody is still copying them."""
    who: str = ""
    """The name of the account that asks; empty: somebody at the terminal."""

    def concerned(self, shows: Iterable[str]) -> tuple[str, ...]:
        """Those shows that somebody's word is about: who holds them is waited for, as nobody else knows that word."""
        is_general = self.allow_date_change or self.allow_removals
        named = (*self.claims, *self.gone_from)
        return tuple(show for show in shows if is_general or any(is_within(path, (show,)) for path in named))

    def without_word(self) -> Wishes:
        """The same, for who comes without one: a word counts once."""
        return replace(self, claims={}, allow_date_change=False, allow_removals=False, gone_from=frozenset())

    def allows_removals_from(self, show: str) -> bool:
        """Whether somebody said that what is not there of the show in a folder is gone."""
        return self.allow_removals or show in self.gone_from


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a run did or would do."""

    shows: tuple[ShowPlan, ...]
    problems: tuple[Problem, ...]
    waiting: tuple[str, ...] = ()
    """Files that were still being copied."""
    files: tuple[LibraryFile, ...] = ()
    """The library as it was listed, those that wait too."""
    left: frozenset[str] = frozenset()
    """Folders of the shows that this run did not look at."""
    put_off: frozenset[str] = frozenset()
    """Those that another process was indexing, which does so once more."""

    found: tuple[ShowFiles, ...] = ()
    """The shows that lie in the library."""
    pages: tuple[WrittenPage, ...] = ()
    """The written pages, drafts too."""
    events: int = 0
    people: int = 0
    """How many people there are notes about."""
    is_whole: bool = False
    """Whether it looked at everything, and nothing waits or was refused as a whole."""

    @property
    def refused(self) -> tuple[Problem, ...]:
        """What was left out, each with its reason."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def reason(self, own: Sequence[Problem] = ()) -> Problem:
        """Why something was left out: the first of its `own` problems, else of all refusals."""
        return (*own, *self.refused, _UNKNOWN)[0]

    @property
    def is_unsettled(self) -> bool:
        """Whether the same run may do more later, though no file changes: what was away may be back."""
        return any(problem.code in UNSETTLED for problem in self.refused)

    @property
    def counts(self) -> dict[str, int]:
        """How many episodes are new, changed, missing and so on."""
        changes = [episode.change for show in self.shows for episode in show.episodes]
        counts = {change.value: changes.count(change) for change in Change if change is not Change.SAME}
        held = sum(problem.code.startswith("held-") for problem in self.problems)
        return counts | {Change.HELD.value: held}

    def joined_with(self, earlier: Iterable[Problem]) -> tuple[Problem, ...]:
        """What holds now: this run's problems, and the earlier ones of shows it did not look at."""
        return tuple(dict.fromkeys((*self.problems, *(one for one in earlier if is_within(one.path, self.left)))))

    def followed_by(self, later: Report) -> Report:
        """One report of this run and of a later one over some of its shows."""
        joined = self.retried_by(replace(later, problems=later.joined_with(self.problems)))
        return replace(joined, left=self.left, put_off=self.put_off)

    def retried_by(self, later: Report) -> Report:
        """One report of this run and of a later one over all its shows, some of which it could not write.

        What it wrote is done, and the later one does not tell it; what it found wrong holds only if that one does too.
        """
        done = {show.show.guid for show in self.shows}
        told = (one for show in self.shows for one in show.problems if one.severity is not Severity.ERROR)
        return replace(
            later,
            shows=(*self.shows, *(one for one in later.shows if has_news(one) or one.show.guid not in done)),
            problems=tuple(dict.fromkeys((*later.problems, *told))),
        )


def is_within(path: str, shows: Collection[str]) -> bool:
    """Whether a path of the library is one of these shows' folders ("" or ".": the library itself) or lies in one."""
    return any(show in ("", path) or path.startswith(f"{show}/") for show in shows)
