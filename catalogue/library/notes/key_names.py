"""The key somebody meant, when they wrote another."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

# What other tools call a key → ours; offered before the nearest spelling.
SYNONYMS = {
    **dict.fromkeys(("date", "pubdate", "publish_date", "published_at"), "published"),
    **dict.fromkeys(("description", "excerpt"), "summary"),
    **dict.fromkeys(("summary", "about"), "description"),
    **dict.fromkeys(("episode", "episode_number"), "number"),
    **dict.fromkeys(("guests", "guest", "hosts", "host"), "people"),
    **dict.fromkeys(("website", "homepage", "url"), "link"),
    **dict.fromkeys(("lang", "locale"), "language"),
    **dict.fromkeys(("tz", "time_zone"), "timezone"),
    **dict.fromkeys(("permalink",), "slug"),
    **dict.fromkeys(("audio", "file"), "enclosure"),
    **dict.fromkeys(("email",), "owner"),
}


def nearest_key(key: str, known: Iterable[str]) -> str | None:
    """Find the known key that was probably meant.

    >>> nearest_key("publishd", ["title", "published"]), nearest_key("zebra", ["title"])
    ('published', None)
    """
    names = list(known)
    plain = re.sub(r"[\s-]+", "_", key.strip().lower())
    if SYNONYMS.get(plain) in names:
        return SYNONYMS[plain]
    return next(iter(difflib.get_close_matches(plain, names, 1, 0.7)), None)
