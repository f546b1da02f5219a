"""Say of episodes whose files are gone what became of them, the louder the longer nobody puts them back."""

from __future__ import annotations

from datetime import datetime, timedelta

from catalogue.domain.plan import Problem, Severity

# Long enough for a disk to be repaired or a backup to be found; nothing but the severity changes then.
PATIENCE = timedelta(days=14)
MISSING, UNKNOWN = "missing", "missing-unknown"
MISSING_CODES = frozenset((MISSING, UNKNOWN))

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


def severity_of(since: datetime, now: datetime) -> Severity:
    """How grave it is to be missing since a moment."""
    return Severity.ERROR if now - since > PATIENCE else Severity.WARNING


def _problem(code: str, path: str, template: str, *, since: datetime, now: datetime) -> Problem:
    message = template.format(since=f"{since:%Y-%m-%d}")
    return Problem(severity=severity_of(since, now), code=code, path=path, message=message)
