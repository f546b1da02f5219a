"""What the clock alone changes: another episode becomes public, another day begins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from catalogue.domain.episode import Episode


def next_publication(episodes: Iterable[Episode], now: datetime) -> datetime | None:
    """Give the first stated moment of publication after `now` (aware UTC), of drafts too; None where there is none."""
    moments = (episode.published_at for episode in episodes)
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def next_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Give the beginning of the next day in a time zone, in UTC.

    >>> next_midnight(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Madrid")).isoformat()
    '2026-03-02T23:00:00+00:00'
    """
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone).astimezone(UTC)
