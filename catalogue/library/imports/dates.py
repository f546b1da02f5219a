"""Moments as feeds write them: RFC 2822 as it is meant, ISO 8601 as it should not be."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz


def read_feed_date(text: str) -> datetime | None:
    """Read a feed's date as aware UTC in whole seconds; without a known zone it is taken for UTC. None: it is no date.

    >>> read_feed_date("Tue, 05 Oct 2021 09:30:00 EDT").isoformat()
    '2021-10-05T13:30:00+00:00'
    >>> read_feed_date("2021-10-05T09:30:00+02:00").isoformat(), read_feed_date("last week")
    ('2021-10-05T07:30:00+00:00', None)
    """
    bare = " ".join(text.split())
    return _iso(bare) or _rfc_2822(bare)


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _rfc_2822(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        datetime(*parts[:6])  # noqa: DTZ001  (mktime_tz would take the 31st of February for a day in March)
        return datetime.fromtimestamp(mktime_tz(parts if parts[9] is not None else (*parts[:9], 0)), UTC)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
