"""Podping: tell the world's podcast indexes at once that a feed changed."""

from __future__ import annotations

from enum import StrEnum

import httpx2

from catalogue.outside.exchange import Asked

# Podcastindex-org/podping.cloud, README: who has a token may ask here; others run a relay of their own.
CLOUD = "https://podping.cloud/"


class Reason(StrEnum):
    """Why a feed should be read again (podping.cloud, README)."""

    UPDATE = "update"
    LIVE = "live"
    LIVE_END = "liveEnd"


def ask_podping(
    feed: str, *, token: str, reason: Reason = Reason.UPDATE, medium: str = "podcast", relay: str = CLOUD
) -> Asked:
    """Say that a feed changed; `medium` is the show's `podcast:medium`. 200 means that it goes out.

    The token is a header, which never goes to another machine than the relay.

    >>> ask_podping("https://a.example/feed.xml", token="t").url
    'https://podping.cloud/?url=https%3A%2F%2Fa.example%2Ffeed.xml&reason=update&medium=podcast'
    """
    url = httpx2.URL(relay).copy_merge_params({"url": feed, "reason": reason.value, "medium": medium})
    return Asked(url=str(url), headers=(("Authorization", token),))
