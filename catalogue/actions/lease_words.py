"""Who holds a show, in sentences."""

from __future__ import annotations

from catalogue.actions.owners import read_owner
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import Conflict
from catalogue.library.walk import shown
from catalogue.store.leases import LeaseRow


def shown_show(show: str) -> str:
    """A show as sentences call it, by its folder."""
    return f"“{shown(show)}”" if show else "the show"


def told_holder(show: str, row: LeaseRow) -> Problem:
    """Say of a show that was put off who has it."""
    message = f"{_holder(row)} has been indexing it since {_since(row)} and then does so once more; this run leaves it."
    return Problem(severity=Severity.NOTICE, code="put-off", path=show or ".", message=message)


def busy(show: str, row: LeaseRow, waited: float) -> Conflict:
    """What is raised where a show's holder was waited for in vain."""
    return Conflict(
        "show-busy",
        "{holder} has been indexing {show} since {since} and was not done after {waited} seconds. "
        "Nothing was changed; try again when it is done.",
        holder=_holder(row),
        show=shown_show(show),
        since=_since(row),
        waited=round(waited),
    )


def _holder(row: LeaseRow) -> str:
    return f"Process {read_owner(row.owner) or row.owner}"


def _since(row: LeaseRow) -> str:
    return f"{row.taken_at:%Y-%m-%d %H:%M:%S} UTC"
