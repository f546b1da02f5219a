"""A show's episodes in pages that do not shift: a page begins behind an episode, whatever came or went before it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalogue.actions.episode_lists import Listed
from catalogue.domain.episode_status import Status
from catalogue.errors import ConditionError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_Key = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class EpisodesAfter:
    """A page: those without a moment first, then the newest; `following` is where the next begins (None: nowhere)."""

    episodes: tuple[Listed, ...]
    total: int
    following: str | None


def page_after(found: Iterable[Listed], *, after: str | None, limit: int, status: Status | None) -> EpisodesAfter:
    """Give so many episodes behind a place (None: from the first); raises ConditionError for what is none."""
    behind = _place(after) if after is not None else None
    keyed = sorted(
        ((_key(one), one) for one in found if status is None or one.status is status), key=lambda pair: pair[0]
    )
    left = [pair for pair in keyed if behind is None or pair[0] > behind]
    page = left[:limit]
    return EpisodesAfter(
        episodes=tuple(one for _, one in page),
        total=len(keyed),
        following=_written(page[-1][0]) if len(left) > len(page) and page else None,
    )


def _key(one: Listed) -> _Key:
    """Where an episode stands in the order: its moment, the latest first, then its GUID."""
    moment = one.episode.published_at if one.episode is not None else _EPOCH
    return (-(2**62) if moment is None else -((moment - _EPOCH) // timedelta(microseconds=1)), one.row.line.guid)


def _written(key: _Key) -> str:
    text = f"{key[0]} {key[1]}"
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def _place(after: str) -> _Key:
    try:
        raw = base64.b64decode(after.encode("ascii") + b"=" * (-len(after) % 4), altchars=b"-_", validate=True)
        number, _, guid = raw.decode("utf-8", "surrogatepass").partition(" ")
        return int(number), guid
    except (ValueError, binascii.Error) as error:
        raise ConditionError("no-place", "`after` is none of the places that a page named.", position=1) from error
