"""The guard of batches: many published episodes that a few words would take out of a feed at once are asked about.

A draft, an episode for members and one whose moment is to come leave the feed by somebody's word, and rightly so. But
`draft=yes` in all notes is as easily typed as `season=2`, and apps forget what leaves a feed. How many are many is what
the guard of `index` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from catalogue.actions.guard import NAMED, is_many
from catalogue.actions.note_writing import NoteChange
from catalogue.domain.episode import Audience, Episode
from catalogue.domain.show import Show
from catalogue.errors import PlanRefused
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note
from catalogue.store.index import EpisodeRow, Index

# What in a note decides whether the public sees its episode.
KEYS = frozenset({"draft", "audience", "published"})
_MANY = (
    "{count} of {of} published episodes would leave the feed at once ({which}). Nothing is changed. "
    "If that is meant, say so with --allow-removals."
)


def check_leaving(index: Index, changes: Iterable[NoteChange], *, now: datetime) -> None:
    """Raise PlanRefused where changes of notes would take too many episodes of a show from those who subscribe.

    `now` (aware UTC) says what is published. Raises StoreError, ContentErrors for a note that cannot be read.
    """
    by_show: dict[str, list[NoteChange]] = {}
    for change in changes:
        by_show.setdefault(change.show.guid, []).append(change)
    for own in by_show.values():
        _check_show(index, own, now)


def _check_show(index: Index, changes: list[NoteChange], now: datetime) -> None:
    show = changes[0].show
    out = {_unit(show, row): row for row in index.episodes(show.guid) if _is_out(row.episode, now)}
    leaving = [one.unit for one in changes if one.unit in out and _leaves(one, out[one.unit], now)]
    if not is_many(len(leaving), len(out)):
        return
    rest = f" and {len(leaving) - NAMED} more" if len(leaving) > NAMED else ""
    which = ", ".join(leaving[:NAMED]) + rest
    raise PlanRefused("leaving", _MANY, count=len(leaving), of=len(out), which=which, path=show.path or ".")


def _unit(show: Show, row: EpisodeRow) -> str:
    return f"{show.path}/{row.line.path}".lstrip("/")


def _is_out(episode: Episode | None, now: datetime) -> bool:
    """Whether somebody subscribes to it: the public, or members."""
    if episode is None or episode.draft or episode.withdrawn_at is not None:
        return False
    return episode.published_at is not None and episode.published_at <= now


def _leaves(change: NoteChange, row: EpisodeRow, now: datetime) -> bool:
    """Whether the note, as it will be, keeps an episode from those who have it now."""
    stated = read_episode_note(read_note(change.after, change.path), timezone=change.show.timezone)
    return _is_hidden(stated, row, now)


def _is_hidden(stated: Mapping[str, object], row: EpisodeRow, now: datetime) -> bool:
    was_public = row.episode is not None and row.episode.audience is Audience.PUBLIC
    published_at = stated.get("published_at")
    return (
        bool(stated.get("draft", row.line.draft))
        or (was_public and stated.get("audience", Audience.PUBLIC) is not Audience.PUBLIC)
        or (isinstance(published_at, datetime) and published_at > now)
    )
