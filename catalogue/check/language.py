"""Whether a language tag names a language, by Unicode's tables."""

from __future__ import annotations

import re
from functools import cache

from catalogue.domain.patterns import LANGUAGE_CODES

# RFC 5646, section 2.1, as far as feeds use it: language, script, region, variants.
_TAG = re.compile(
    r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*", re.IGNORECASE
)


def is_language(tag: str) -> bool:
    """Whether a tag such as `en`, `en-us` or `zh-Hant-TW` is made of known codes.

    >>> is_language("pt-BR"), is_language("english"), is_language("en_US")
    (True, False, False)
    """
    parts = _TAG.fullmatch(tag)
    if parts is None:
        return False
    languages, regions = _known()
    return parts[1].lower() in languages and (parts[2] is None or parts[2].upper() in regions)


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    from babel import Locale  # slow to import, and only a check needs it
    from babel.core import get_global

    english = Locale("en")
    languages = {*LANGUAGE_CODES, *english.languages, *get_global("language_aliases")}
    return frozenset(languages), frozenset({*english.territories, *get_global("territory_aliases")})
