"""Carry out the plan of one show: the ledger first, then the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from catalogue.actions.announce import ShowChange, announcements, channels_of
from catalogue.actions.archiving import without_feeds
from catalogue.actions.facts import problems_of
from catalogue.actions.gate import Candidate, Passed, pass_gate
from catalogue.actions.history.keeping import keep_found
from catalogue.actions.leases import Lease
from catalogue.actions.open import Place, base_url_of
from catalogue.actions.planning import KnownShow, PlannedShow, has_news
from catalogue.actions.reading import digest
from catalogue.domain.plan import Change, Problem, Severity, ShowPlan
from catalogue.domain.telling import Announcement
from catalogue.errors import ContentError, LedgerError, StaleEdit
from catalogue.feed.fragment import renderer
from catalogue.library.folder import ShowFiles
from catalogue.library.ledger import LEDGER_NAME
from catalogue.ports import LibraryFile
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
    clock: Callable[[], datetime]
    """For the moment at which it is written: reading a library may have taken minutes since `now`."""
    device: str | None = None
    """The disk that the show's folder lies on."""
    allow_date_change: bool = False
    lease: Lease | None = None
    """What the show is held by; asked before its ledger is written, as the index asks for itself."""
    ledgers: dict[str, LibraryFile] = field(default_factory=dict)
    """Where a ledger that is written is noted as the file that it is now, by path."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What became of a planned show: its plan as it was carried out, and what could not be done."""

    plan: ShowPlan
    problems: tuple[Problem, ...] = ()


def _without_what_can_wait(step: Step) -> Step:
    """The step as it is while the ledger cannot be written: of pages and other feeds nobody need hear."""
    planned, known = without_feeds(step.planned), step.known.episodes
    rows = {guid: row for guid, row in planned.rows.items() if known.get(guid) != row}
    return replace(step, planned=replace(planned, rows=rows))


def try_show(step: Step) -> Written:
    """Say what `write_show` would do; writes nothing."""
    passed = at_gate(step)
    return Written(plan=passed.planned.plan, problems=passed.problems)


def write_show(step: Step) -> Written:
    """Write a planned show: its ledger first, then the index.

    Raises NotPublishable where subscribers would get a wrong feed, ContentError, StaleEdit where the ledger cannot
    be written, StoreError, LeaseLost.
    """
    passed = at_gate(step)
    step = replace(step, planned=passed.planned)
    planned, known = step.planned, step.known
    plan, rows = planned.plan, dict(planned.rows)
    failures: tuple[Problem, ...] = ()
    if plan.ledger_changed:
        try:
            _write_ledger(step)
        except ContentError as error:
            if error.code != "read-only" or (known.row is None and step.files.ledger is None):
                raise  # a show without an identity that lasts is not shown either
            step = _without_what_can_wait(step)
            planned, plan, rows = step.planned, step.planned.plan, dict(step.planned.rows)
            if plan.ledger_changed:
                rows, failures = _without_newcomers(planned, error)
    if rows or _has_news(plan) or (plan.ledger_changed and not failures) or not _is_current(step):
        items = {guid: item for guid, item in passed.fragments.items() if guid in rows or guid in known.episodes}
        step.place.index.save_show(row_of(step), episodes=rows, fragments=items, asked=_announced(step, rows))
        keep_found(step.place, step.files, show_guid=plan.show.guid, known=known.episodes, rows=rows, now=step.now)
        everything = {**known.episodes, **rows}
        step.place.remembered.keep_episodes(step.place.index, plan.show.guid, everything)
    elif known.row is not None and known.row.device != step.device:
        step.place.index.save_device(known.row.show.guid, step.device)
    return Written(plan=with_held(planned) if failures else plan, problems=(*passed.problems, *failures))


def _announced(step: Step, rows: Mapping[str, EpisodeRow]) -> tuple[Announcement, ...]:
    """What is to be told of the change, where anybody is told anything and there is an address to tell."""
    kinds = channels_of(step.place.settings)
    if not kinds or base_url_of(step.place) is None:
        return ()
    row = step.known.row
    change = ShowChange(
        show=step.planned.plan.show,
        known=step.known,
        rows=rows,
        is_everything_new=row is None or row.version != _version(step.planned),
    )
    return announcements(change, kinds, now=step.place.index.moment(step.clock()))


def at_gate(step: Step) -> Passed:
    """What of the planned show may be written; where nothing is new, that is quickly said."""
    if not step.planned.rows and _is_current(step):
        return Passed(planned=step.planned, fragments={})
    candidate = Candidate(
        files=step.files,
        planned=step.planned,
        known=step.known,
        now=step.now,
        base_url=base_url_of(step.place),
        is_everything_new=step.known.row is None or step.known.row.version != _version(step.planned),
        allow_date_change=step.allow_date_change,
    )
    guid = step.planned.plan.show.guid
    return pass_gate(candidate, lambda: step.place.index.fragment_keys(guid))


def _has_news(plan: ShowPlan) -> bool:
    """Whether there is anything new but what is held: that is said again with every run, and changes nothing."""
    return has_news(replace(plan, episodes=tuple(one for one in plan.episodes if one.change is not Change.HELD)))


def _is_current(step: Step) -> bool:
    """Whether the index has the show as it would be written now."""
    row = step.known.row
    return row is not None and (row.version, row.position) == (_version(step.planned), step.position)


def _version(planned: PlannedShow) -> str:
    """What the show was read from and how its items are written: an upgrade that writes others counts as a change."""
    return digest(planned.version, renderer())


def row_of(step: Step) -> ShowRow:
    """The show as the index will have it."""
    known = step.known.row
    return ShowRow(
        show=step.planned.plan.show,
        line=step.planned.plan.ledger.show,
        changed_at=max(step.now, known.changed_at) if known else step.now,
        version=_version(step.planned),
        position=step.position,
        device=step.device,
    )


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
            ledger, remembered = planned.plan.ledger, step.place.remembered
            content = remembered.render_ledger(path, ledger)
            step.ledgers[path] = storage.replace(path, content, expected=planned.ledger_version)
            remembered.keep_ledger(step.ledgers[path], ledger)
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
