"""Places of help in the language and the order in which a reader can use them, their numbers as a phone takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

from catalogue.domain.episode import Episode, Translation
from catalogue.domain.show import Help, Show
from web.current import words
from web.spoken_show import said

# The number itself; what follows in words ("ask for a nurse") is for people.
_NUMBER = re.compile(r"[+\d\s().\-/*#]+", re.ASCII)


def places_for(show: Show, episode: Episode, text: Episode | Translation) -> tuple[tuple[Help, ...], str]:
    """Give the places that these texts name, else the episode, else the show, and the language they are written in.

    An episode's own that do not answer in the page's language come with the show's that do. All are written in one
    language: a show in another than the episode lends none.
    """
    if isinstance(text, Translation) and text.help:
        return text.help, text.language
    if not episode.help:
        return said(show, "help")
    wanted = words().language
    is_answered = any(answers_in(place.language or episode.language, wanted) for place in episode.help)
    lent = () if is_answered or show.language != episode.language else show.help
    others = (place for place in lent if place.language and answers_in(place.language, wanted))
    return (*episode.help, *others), episode.language


def in_reach(places: Iterable[Help], language: str) -> tuple[Help, ...]:
    """Sort places: those that answer in the page's language first, else as they are written.

    `language` is that of who wrote them: a place that states none is taken to answer in it.
    """
    wanted = words().language
    return tuple(sorted(places, key=lambda place: not answers_in(place.language or language, wanted)))


def answers_in(stated: str, language: str) -> bool:
    """Whether a place that says it answers so (`en, es`, `English and Spanish`) answers in a language.

    >>> answers_in("en-GB, es", "es"), answers_in("English and Spanish", "es"), answers_in("español", "es")
    (True, True, True)
    >>> answers_in("English", "es"), answers_in("Estonian", "es")
    (False, False)
    """
    said = re.findall(r"[^\W\d_]+(?:-\w+)*", stated.lower())
    return any(one.partition("-")[0] == language or one in _names(language) for one in said)


def phone_address(number: str) -> str | None:
    """Make a number that can be pressed; None where there is none in it.

    >>> phone_address("+1 (555) 0100, ask for a nurse"), phone_address("see the website")
    ('tel:+15550100', None)
    """
    found = _NUMBER.match(number.strip())
    digits = re.sub(r"[^+\d*#]", "", found[0]) if found else ""
    return f"tel:{digits}" if re.search(r"\d", digits) else None


@lru_cache
def _names(language: str) -> frozenset[str]:
    """What a language is called in itself, in English and in Spanish, in small letters."""
    locale = Locale.parse(language)
    return frozenset((locale.get_display_name(other) or "").lower() for other in (language, "en", "es"))
