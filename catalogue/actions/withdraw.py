"""Withdraw an episode for good: every address it ever had answers 410, and its GUID is never given again.

The word stands in the ledger, so that neither a new database nor a copy of the library forgets it. The producer's
files are theirs: they stay, and are named, as is every other place known to hold the episode still.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from catalogue.actions.editing import check_not_discarded, find_files, hold_episode
from catalogue.actions.index import Report, Wishes
from catalogue.actions.ledger_word import write_word
from catalogue.actions.named import exact_name, find_row
from catalogue.actions.open import Place
from catalogue.domain.show import Show
from catalogue.library.ledger import LEDGER_NAME


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Who or what still holds an episode: in English, and by a `code` for other faces; `place` if it has one."""

    code: str
    told: str
    place: str = ""

    def __str__(self) -> str:
        return self.told


_ABROAD = (
    Keeper(code="apps", told="Apps that have downloaded it, and directories until they read the feed again"),
    Keeper(code="backups", told="Backups of the library and of the data folder, and exports made before"),
)


@dataclass(frozen=True, kw_only=True)
class Traces:
    """Where an episode is still to be found: its files in the library, and who else holds it."""

    title: str
    files: tuple[str, ...]
    elsewhere: tuple[Keeper, ...]


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """What was withdrawn and when, where it may still be found, and what indexing gave."""

    guid: str
    slug: str
    withdrawn_at: datetime
    traces: Traces
    report: Report


def find_traces(place: Place, name: str) -> Traces:
    """Say where an episode lies, before or after it is withdrawn; raises NotFound, Conflict."""
    show, row = find_row(place, name)
    files = find_files(place, show.show, row.line.path)
    return Traces(
        title=row.episode.title if row.episode else row.line.slug,
        files=tuple(file.path for file in files.files) if files else (),
        elsewhere=(*_kept_here(place, show.show), *_ABROAD),
    )


def withdraw_episode(place: Place, name: str, *, wishes: Wishes | None = None) -> Withdrawal:
    """Withdraw an episode: the ledger says when, feed and site follow. Nothing but an edit of the ledger undoes it.

    Raises NotFound, Conflict where it was withdrawn before, LedgerError where there is no ledger to say it in,
    NotPublishable where the index cannot follow.
    """
    with hold_episode(place, name, wishes) as held:
        check_not_discarded(held.row)
        now = held.wishes.clock().replace(microsecond=0)
        write_word(held, lambda line: replace(line, withdrawn_at=now))
        report, row = held.index()
        if row.line.withdrawn_at is None:
            raise held.not_indexed(report)
    return Withdrawal(
        guid=row.line.guid,
        slug=row.line.slug,
        withdrawn_at=row.line.withdrawn_at,
        traces=find_traces(place, exact_name(held.show, row.line.guid)),
        report=report,
    )


def _kept_here(place: Place, show: Show) -> tuple[Keeper, ...]:
    """Places on this machine that keep what is no longer shown."""
    folder = place.storage.local_path(f"{show.path}/{LEDGER_NAME}".lstrip("/")).parent
    repositories = (str(one) for one in (folder, *folder.parents) if (one / ".git").exists())
    history = tuple(
        Keeper(code="git", told=f"The history of the git repository {one}", place=one)
        for one in islice(repositories, 1)
    )
    is_apart = place.settings.database_url is not None
    where = "its own database" if is_apart else str(place.settings.data_folder)
    told = f"The index ({where}), which keeps words and pictures and shows them to nobody"
    index = Keeper(code="database" if is_apart else "index", told=told, place="" if is_apart else where)
    return (*history, index)
