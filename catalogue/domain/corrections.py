"""How long a feed tells a correction: from its day on for so many days, as the show sets; pages tell it for ever.

The end is a moment like that at which a scheduled episode appears, so that a feed is a function of the library and
of which moments have passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from catalogue.domain.episode import Correction, Episode

_NEVER = datetime.max.replace(tzinfo=UTC)


def told_in_feed(episode: Episode, *, days: int, now: datetime) -> Episode:
    """Give the episode as a feed tells it at `now`: with the corrections of the last `days` days, newest first."""
    if not episode.corrections:
        return episode
    told = [one for one in episode.corrections if now < _end(one, days)]
    return replace(episode, corrections=newest_corrections(told))


def told_until(episode: Episode, *, days: int, now: datetime) -> datetime | None:
    """The next moment after `now` at which the feed tells a correction no more; None where there is none."""
    return min((end for end in _ends(episode, days) if end > now), default=None)


def last_untold(episode: Episode, *, days: int, now: datetime) -> datetime | None:
    """The last moment, up to `now`, at which the feed has ceased to tell a correction."""
    return max((end for end in _ends(episode, days) if end <= now), default=None)


def newest_corrections(corrections: tuple[Correction, ...] | list[Correction]) -> tuple[Correction, ...]:
    """Sort corrections, the newest first; of one day the one written last."""
    oldest_first = sorted(corrections, key=lambda one: one.on)
    return tuple(oldest_first[::-1])


def listed_corrections(episodes: Iterable[Episode]) -> tuple[tuple[Correction, Episode], ...]:
    """Give all corrections of some episodes (newest first), the newest first, each with its episode."""
    entries = [(one, episode) for episode in episodes for one in newest_corrections(episode.corrections)]
    return tuple(sorted(entries, key=lambda entry: entry[0].on, reverse=True))


def _ends(episode: Episode, days: int) -> Iterator[datetime]:
    return (end for one in episode.corrections if (end := _end(one, days)) != _NEVER) if days else iter(())


def _end(correction: Correction, days: int) -> datetime:
    """Midnight UTC so many days after that of its own day; without any days it is never told."""
    if days <= 0:
        return datetime.min.replace(tzinfo=UTC)
    try:
        return datetime.combine(correction.on, time(), UTC) + timedelta(days=days)
    except OverflowError:  # beyond all calendars
        return _NEVER
