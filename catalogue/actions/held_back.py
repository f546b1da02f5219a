"""Take episodes out of a plan: who is held stays as the ledger and the index have it, a new one is not there yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from catalogue.actions.planning import PlannedShow
from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.plan import Change
from catalogue.store.index import EpisodeRow


def without(planned: PlannedShow, held: Collection[str], *, known: Mapping[str, EpisodeRow]) -> PlannedShow:
    """The plan in which the episodes `held` (GUIDs) stay as they are `known`, and new ones have no identity yet.

    What is held is said with every run and changes nothing: no ledger is written for its sake.
    """
    if not held:
        return planned
    before = _lines_before(planned, known)
    lines = tuple(
        before.get(line.guid, line) if line.guid in held else line
        for line in planned.plan.ledger.episodes
        if line.guid not in held or line.guid not in planned.newcomers
    )
    rows = {guid: row for guid, row in planned.rows.items() if guid not in held}
    rows |= {line.guid: _unseen(line) for line in lines if line.guid in held and line.guid not in known}
    episodes = tuple(
        replace(one, change=Change.HELD) if one.episode.guid in held else one for one in planned.plan.episodes
    )
    ledger, read = replace(planned.plan.ledger, episodes=lines), planned.ledger_read
    is_changed = planned.plan.ledger_changed and (read is None or replace(read, remarks=()) != ledger)
    plan = replace(planned.plan, ledger=ledger, ledger_changed=is_changed, episodes=episodes)
    return replace(planned, plan=plan, rows=rows, newcomers=planned.newcomers.difference(held))


def _lines_before(planned: PlannedShow, known: Mapping[str, EpisodeRow]) -> dict[str, LedgerEpisode]:
    """The ledger's lines as its file has them, with what somebody wrote there by hand; else as the index does."""
    lines = {guid: row.line for guid, row in known.items()}
    read = planned.ledger_read
    return lines | {line.guid: line for line in read.episodes} if read is not None else lines


def _unseen(line: LedgerEpisode) -> EpisodeRow:
    """An episode that only the ledger knows, for the sake of its addresses."""
    return EpisodeRow(episode=None, line=line, version="")
