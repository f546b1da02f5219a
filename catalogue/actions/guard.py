"""The guard of `index`: many episodes losing their files at once looks like a disk that is not there.

Pure. What it refuses is written only when somebody says in so many words that the files are gone; then they are
missing, not deleted. What leaves by a note's or the ledger's word (a draft, withdrawn) is not its business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode
from catalogue.errors import PlanRefused
from catalogue.store.index import EpisodeRow

# Navidrome and Audiobookshelf emptied whole libraries after an unmounted disk: more than a fifth, or more than
# five episodes, is not what somebody tidies up in passing; one alone always may be.
FEW = 5
SHARE = 5
ALONE = 1
NAMED = 3

_MANY = (
    "{count} of {of} published episodes would lose their files at once ({which}). Nothing of this show is changed: "
    "is its disk mounted? If they are gone, castalogue index --allow-removals says so."
)
_OTHER_DISK = (
    "The show lies on another disk than when it was last indexed, and {count} of {of} published episodes would lose "
    "their files ({which}). Nothing of this show is changed: is its disk mounted? "
    "If it moved, castalogue index --allow-removals says so."
)


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Which episodes of a show newly lose their files (paths in it), of how many published ones that had theirs."""

    gone: tuple[str, ...] = ()
    of: int = 0
    in_doubt: int = 0
    """How many newcomers may be one of the gone, renamed: they are held and named anyway."""


def count_losses(
    lines: Iterable[LedgerEpisode],
    known: Mapping[str, EpisodeRow],
    *,
    gone: Collection[str],
    in_doubt: int,
    now: datetime,
) -> Losses:
    """Count what a run would take; `gone` are the GUIDs whose files it did not find, old and new."""
    had = [line for line in lines if had_files(line, _episode(known, line), now)]
    paths = tuple(line.path for line in had if line.guid in gone)
    return Losses(gone=paths, of=len(had), in_doubt=in_doubt)


def had_files(line: LedgerEpisode, episode: Episode | None, now: datetime) -> bool:
    """Whether an episode was published and not missing; where the index is new, as far as its ledger's line says."""
    if line.withdrawn_at is not None or line.missing_since is not None:
        return False
    if episode is None:
        return not line.draft and (line.published_at is None or line.published_at <= now)
    is_out = episode.published_at is not None and episode.published_at <= now
    return is_out and not episode.draft and episode.missing_since is None


def check_removals(losses: Losses, *, show_path: str, device_before: str | None, device_now: str | None) -> None:
    """Raise PlanRefused where too many would go, or any from another disk; device None: not known."""
    count = len(losses.gone) - losses.in_doubt
    if count >= 1 and None not in (device_before, device_now) and device_before != device_now:
        raise _refusal("other-disk", _OTHER_DISK, losses, show_path)
    if is_many(count, losses.of):
        raise _refusal("removals", _MANY, losses, show_path)


def is_many(count: int, of: int) -> bool:
    """Whether so many of a show's published episodes are more than somebody tidies up in passing.

    >>> is_many(1, 1), is_many(2, 10), is_many(2, 9), is_many(5, 25), is_many(6, 1000)
    (False, False, True, False, True)
    """
    return count > ALONE and (count > FEW or count * SHARE > of)


def _episode(known: Mapping[str, EpisodeRow], line: LedgerEpisode) -> Episode | None:
    row = known.get(line.guid)
    return row.episode if row is not None else None


def _refusal(code: str, template: str, losses: Losses, show_path: str) -> PlanRefused:
    paths = [f"{show_path}/{path}".lstrip("/") for path in losses.gone]
    rest = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    which = ", ".join(paths[:NAMED]) + rest
    return PlanRefused(code, template, count=len(paths), of=losses.of, which=which)
