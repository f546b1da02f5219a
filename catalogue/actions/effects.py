"""What podcast apps make of a planned change: shown as new, downloaded again, moved in time, gone.

Apps know an episode by its GUID and its audio by the enclosure's address; the rest of an item they take over when they
look next, without a word to the listener.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from catalogue.actions.changes import OTHER_AUDIO, TOLD
from catalogue.domain.corrections import newest_corrections
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.plan import Change, EpisodePlan
from catalogue.feed.assembly import is_item
from catalogue.feed.enclosure import enclosure_of

_HERE = Links("")
_TOLD_BETTER = (TOLD["corrections"], OTHER_AUDIO)


class Effect(StrEnum):
    """What a change is to those who subscribe, in the order in which it matters to them."""

    NEW = "new"
    """Apps show it as new at their next look."""
    SCHEDULED = "scheduled"
    """They will, once its moment has come."""
    RETURNED = "returned"
    """Its audio can be had again."""
    AGAIN = "again"
    """Its audio has another address: apps may download it again."""
    MOVED = "moved"
    """Its publication moment is another."""
    CHANGED = "changed"
    """Apps take other words over; nothing is downloaded."""
    MISSING = "missing"
    """It stays, without its audio."""
    LEAVES = "leaves"
    """It leaves feed and site until somebody publishes it again."""
    WITHDRAWN = "withdrawn"
    """It leaves them for good."""
    HELD = "held"
    """It stays as it is, or does not come, until somebody says what is meant."""
    UNSEEN = "unseen"
    """Nothing that apps see: a draft, a translation, another folder."""


def effects_of(plan: EpisodePlan, *, now: datetime) -> tuple[Effect, ...]:
    """Say what a planned change is to apps at `now`, the weightiest first; empty where nothing changes."""
    if plan.change in _BY_WORD:
        return _BY_WORD[plan.change]
    before, after = plan.before, plan.episode
    was, will = _in_feed(before, now), _in_feed(after, now)
    if will and (before is None or not was):
        return (Effect.NEW,)
    if was and not will:
        return (Effect.LEAVES,)
    if will and before is not None:
        return tuple(effect for effect, applies in _IN_PLACE if applies(before, after)) or (Effect.UNSEEN,)
    return (_to_come(before, after),)


def reasons_for(plan: EpisodePlan) -> tuple[str, ...]:
    """Say in words what changed of an episode, why apps may download it again, and what was corrected."""
    before, after = plan.before, plan.episode
    details = [detail for detail in plan.details if detail not in _TOLD_BETTER]
    if before is None:
        return tuple(details)
    if _sounds_elsewhere(before, after) and after.missing_since is None:
        details.insert(0, _why_again(before, after))
    if before.draft and not after.draft:
        details.insert(0, "a draft until now")
    fresh = [one for one in newest_corrections(after.corrections) if one not in before.corrections]
    details += [f"correction of {one.on.isoformat()}: {one.text}" for one in fresh]
    if any(one not in after.corrections for one in before.corrections):
        details.append("an earlier correction is taken out")
    return tuple(details)


_BY_WORD = {
    Change.SAME: (),
    Change.HELD: (Effect.HELD,),
    Change.WITHDRAWN: (Effect.WITHDRAWN,),
}


def _in_feed(episode: Episode | None, now: datetime) -> bool:
    return episode is not None and is_item(episode) and episode.is_public(now)


def _to_come(before: Episode | None, after: Episode) -> Effect:
    """What a change is of an episode that is not in the feed now."""
    if not _comes(after):
        return Effect.UNSEEN
    if before is None or not _comes(before):
        return Effect.SCHEDULED
    return Effect.MOVED if before.published_at != after.published_at else Effect.UNSEEN


def _comes(episode: Episode) -> bool:
    return episode.published_at is not None and _in_feed(episode, episode.published_at)


def _sounds_elsewhere(before: Episode, after: Episode) -> bool:
    """Whether the enclosure has another address: that alone makes apps download again."""
    one, other = enclosure_of(before, _HERE), enclosure_of(after, _HERE)
    return one is not None and other is not None and one.url != other.url


def _says_other(before: Episode, after: Episode) -> bool:
    """Whether an item says anything else, but for what the other effects are about."""
    alike = replace(
        before,
        path=after.path,
        translations=after.translations,
        published_at=after.published_at,
        missing_since=after.missing_since,
        renditions=after.renditions,
        remote=after.remote,
    )
    return alike != after or before.alternates != after.alternates


_IN_PLACE: tuple[tuple[Effect, Callable[[Episode, Episode], bool]], ...] = (
    (Effect.MISSING, lambda before, after: before.missing_since is None and after.missing_since is not None),
    (Effect.RETURNED, lambda before, after: before.missing_since is not None and after.missing_since is None),
    (Effect.AGAIN, lambda before, after: after.missing_since is None and _sounds_elsewhere(before, after)),
    (Effect.MOVED, lambda before, after: before.published_at != after.published_at),
    (Effect.CHANGED, _says_other),
)


def _why_again(before: Episode, after: Episode) -> str:
    """Why the enclosure has another address."""
    old, new = before.audio, after.audio
    if old is None or new is None:
        whose = after.remote or before.remote
        return f"its audio lies elsewhere now: {whose.url}" if new is None and whose else "its audio lies here now"
    if old.format != new.format:
        return f"its audio is {new.format} now, it was {old.format}"
    if old.sha256 == new.sha256:
        return "the address of its audio has another name in it"
    if old.essence == new.essence:
        return "the same recording, with other tags in the file"
    return f"another recording: {_length(new.duration)}, it was {_length(old.duration)}"


def _length(duration: timedelta | None) -> str:
    return str(timedelta(seconds=round(duration.total_seconds()))) if duration else "of unknown length"
