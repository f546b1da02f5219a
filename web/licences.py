"""A licence as people call it, with the page that says what it means."""

from __future__ import annotations

import re

from catalogue.domain.credits import License
from web.words import Words

# Creative Commons, as SPDX writes them: CC-BY-NC-SA-4.0, CC0-1.0.
_CREATIVE_COMMONS = re.compile(
    r"cc(?P<zero>0)?(?:-(?P<terms>by(?:-nc)?(?:-sa|-nd)?))?-(?P<version>\d\.\d)", re.IGNORECASE
)
_HOME = "https://creativecommons.org"


def licence_name(licence: License, words: Words) -> str:
    """Name a licence in the words of a page; one we know nothing of as it is written.

    >>> from web.words import words_for
    >>> licence_name(License(identifier="CC-BY-4.0"), words_for("es"))
    'Creative Commons Atribución 4.0'
    """
    found = _CREATIVE_COMMONS.fullmatch(licence.identifier)
    if found is None or bool(found["zero"]) == bool(found["terms"]):
        return licence.identifier
    return words(f"license_{(found['terms'] or 'cc0').lower()}", version=found["version"])


def licence_address(licence: License) -> str | None:
    """Where it is explained: as stated, else at Creative Commons; None where nobody says.

    >>> licence_address(License(identifier="cc0-1.0"))
    'https://creativecommons.org/publicdomain/zero/1.0/'
    """
    found = _CREATIVE_COMMONS.fullmatch(licence.identifier)
    if licence.url or found is None or bool(found["zero"]) == bool(found["terms"]):
        return licence.url
    place = "publicdomain/zero" if found["zero"] else f"licenses/{found['terms'].lower()}"
    return f"{_HOME}/{place}/{found['version']}/"
