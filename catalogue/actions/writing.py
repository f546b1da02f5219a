"""Carry out the plan of one show: the ledger first, then the index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from catalogue.actions.facts import problems_of
from catalogue.actions.leases import Lease
from catalogue.actions.open import Place
from catalogue.actions.planning import KnownShow, PlannedShow, has_news
from catalogue.domain.plan import Change, Problem, Severity, ShowPlan
from catalogue.errors import ContentError, LedgerError, StaleEdit
from catalogue.library.folder import ShowFiles
from catalogue.library.ledger import LEDGER_NAME, render_ledger
from catalogue.store.index import EpisodeRow, ShowRow

# Another process wrote the ledger between our reading and our writing.
STALE = "stale-ledger"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One planned show on its way to disk; `position` is its place in the library."""

    place: Place
    files: ShowFiles
    planned: PlannedShow
    known: KnownShow
    position: int
    now: datetime
    device: str | None = None
    """The disk that the show's folder lies on."""
    lease: Lease | None = None
    """What the show is held by; asked before its ledger is written, as the index asks for itself."""


def write_show(step: Step) -> tuple[Problem, ...]:
    """Write a planned show: its ledger first, then the index; gives what could not be done.

    Raises ContentError, StaleEdit where the ledger cannot be written, StoreError, LeaseLost.
    """
    files, planned, known = step.files, step.planned, step.known
    plan, rows = planned.plan, dict(planned.rows)
    failures: tuple[Problem, ...] = ()
    if plan.ledger_changed:
        try:
            _write_ledger(step)
        except ContentError as error:
            if error.code != "read-only" or (known.row is None and files.ledger is None):
                raise  # a show without an identity that lasts is not shown either
            rows, failures = _without_newcomers(planned, error)
    is_current = known.row is not None and (known.row.version, known.row.position) == (planned.version, step.position)
    if rows or has_news(plan) or (plan.ledger_changed and not failures) or not is_current:
        now = step.now
        changed_at = max(now, known.row.changed_at) if known.row else now
        row = ShowRow(
            show=plan.show,
            line=plan.ledger.show,
            changed_at=changed_at,
            version=planned.version,
            position=step.position,
            device=step.device,
        )
        step.place.index.save_show(row, episodes=rows)
    elif known.row is not None and known.row.device != step.device:
        step.place.index.save_device(known.row.show.guid, step.device)
    return failures


def _write_ledger(step: Step) -> None:
    storage, files, planned = step.place.storage, step.files, step.planned
    path = f"{files.path}/{LEDGER_NAME}".lstrip("/")
    try:
        with storage.locked(files.path):
            now = storage.stat(path)
            if (now.version if now else "") != planned.ledger_version:
                raise StaleEdit(STALE, "{path} changed while indexing; run castalogue index again.", path=path)
            if step.lease is not None:
                step.lease.check()
            storage.replace(path, render_ledger(planned.plan.ledger), expected=planned.ledger_version)
    except StaleEdit as error:
        raise StaleEdit(STALE, "{path} changed while indexing; run castalogue index again.", path=path) from error
    except OSError as error:
        raise LedgerError("unreadable", "It cannot be read: {why}.", path=path, why=error.strerror) from error
    except ContentError as error:  # be it the lock that could not be written: the ledger is what matters
        params: dict[str, Any] = {**error.params}
        raise LedgerError(error.code, error.template, path=path, **params) from error


def _without_newcomers(planned: PlannedShow, error: ContentError) -> tuple[dict[str, EpisodeRow], tuple[Problem, ...]]:
    """A library that cannot be written: what its ledger knows is published, the rest is held and named."""
    kept = {guid: row for guid, row in planned.rows.items() if guid not in planned.newcomers}
    message = "It is new, but the library cannot be written, so it cannot be given an identity that lasts. It is held."
    held = [
        Problem(severity=Severity.ERROR, code="held-read-only", path=row.line.path, message=message)
        for guid, row in planned.rows.items()
        if guid in planned.newcomers
    ]
    return kept, (*problems_of(error, error.path), *held)


def with_held(planned: PlannedShow) -> ShowPlan:
    """Say of new episodes that they are held."""
    episodes = tuple(
        replace(one, change=Change.HELD) if one.episode.guid in planned.newcomers else one
        for one in planned.plan.episodes
    )
    return replace(planned.plan, episodes=episodes)
