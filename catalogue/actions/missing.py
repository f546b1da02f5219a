"""Say of episodes whose files are gone what became of them, the louder the longer nobody puts them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from catalogue.actions.agenda import EVENTS
from catalogue.actions.people import PEOPLE
from catalogue.actions.written_pages import PAGES
from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.errors import PlanRefused
from catalogue.library.catalogue_file import CATALOGUE_NAME

# Long enough for a disk to be repaired or a backup to be found; nothing but the severity changes then.
PATIENCE = timedelta(days=14)
MISSING, UNKNOWN = "missing", "missing-unknown"

_MISSING = "Its files are gone since {since}. The episode stays in the feed without its audio. Put the files back."
_UNKNOWN = (
    "Its files are gone since {since}, and so is the index that knew it: it is in no feed until you put them back."
)


def missing_problem(path: str, *, since: datetime, now: datetime) -> Problem:
    """Say that the files of an episode at `path` (in the library) are gone; an error after 14 days."""
    return _problem(MISSING, path, _MISSING, since=since, now=now)


def unknown_problem(path: str, *, since: datetime, now: datetime) -> Problem:
    """Say that only the ledger still knows of an episode."""
    return _problem(UNKNOWN, path, _UNKNOWN, since=since, now=now)


def forgettable_files(gone: Iterable[str], plans: Iterable[ShowPlan], *, homes: Iterable[str]) -> list[str]:
    """Which of the files that went away need not be remembered any more.

    `homes` are the folders of all shows as the index has them now. Of shows that were not planned everything is kept:
    their disk may come back. Of missing episodes the transcripts are, for their pages. A folder that is no show's any
    more was renamed.
    """
    planned, kept = set[str](), {CATALOGUE_NAME, EVENTS.row, PEOPLE.row, PAGES.row}
    for plan in plans:
        planned.add(plan.show.path)
        missing = (one.episode for one in plan.episodes if one.episode.missing_since is not None)
        kept.update(transcript.path for episode in missing for transcript in episode.transcripts)
    waiting = frozenset(homes) - planned
    return [path for path in gone if path not in kept and _home(path, planned | waiting) not in waiting]


def _home(path: str, homes: Collection[str]) -> str | None:
    """The show that a file lies in: that of the nearest folder around it."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in homes:
            return folder
    return None


def refusal_problems(error: PlanRefused, plan: ShowPlan) -> tuple[Problem, ...]:
    """Say why the guard lets nothing of a show be written, and what else is to be said of its files."""
    path = plan.show.path or "."
    refused = Problem(severity=Severity.ERROR, code=error.code, path=path, message=error.sentence, said=error.said)
    return (refused, *(problem for problem in plan.problems if problem.code not in (MISSING, UNKNOWN)))


def severity_of(since: datetime, now: datetime) -> Severity:
    """How grave it is to be missing since a moment."""
    return Severity.ERROR if now - since > PATIENCE else Severity.WARNING


def _problem(code: str, path: str, template: str, *, since: datetime, now: datetime) -> Problem:
    message = template.format(since=f"{since:%Y-%m-%d}")
    return Problem(severity=severity_of(since, now), code=code, path=path, message=message)
