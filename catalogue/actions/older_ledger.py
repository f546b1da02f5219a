"""A ledger that went back to an older state, by git or from a backup, while the index knows more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from catalogue.domain.identity import Ledger
from catalogue.errors import LedgerError
from catalogue.store.index import EpisodeRow

_CAME_BACK = (
    "It had no line for the episode {path} ({guid}), {which}: an older state? The line is written again, so that the "
    "episode stays who it is."
)
_TWO_OF_ONE_SLUG = (
    "The slug '{slug}' is that of {guid} here, but {place} ({known}) has had it: an older state? The show stays as it "
    "was. Restore the ledger from git or a backup, or write another `slug` into the line of {guid} here."
)


def with_lost_lines(ledger: Ledger, known: Collection[EpisodeRow], *, path: str, now: datetime) -> Ledger:
    """Give the ledger at `path` the lines again that the index has and it does not: they may be public.

    Raises LedgerError where the slug of one is another's there now: both addresses may be public.
    """
    there, slugs = {line.guid for line in ledger.episodes}, {line.slug: line.guid for line in ledger.episodes}
    lost = tuple(row for row in known if row.line.guid not in there)
    for line in (row.line for row in lost):
        if line.slug in slugs:
            raise LedgerError(
                "ledger-slug",
                _TWO_OF_ONE_SLUG,
                path=path,
                slug=line.slug,
                guid=slugs[line.slug],
                known=line.guid,
                place=line.path,
            )
    remarks = tuple(_came_back(row, now) for row in lost)
    lines = (*ledger.episodes, *(row.line for row in lost))
    return replace(ledger, episodes=lines, remarks=(*ledger.remarks, *remarks)) if lost else ledger


def _came_back(row: EpisodeRow, now: datetime) -> str:
    is_out = row.episode is not None and row.episode.is_public(now)
    which = "which is published" if is_out else "which was indexed before"
    return _CAME_BACK.format(path=row.line.path, guid=row.line.guid, which=which)
