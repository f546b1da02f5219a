"""The languages that pages speak in their own words, and the part of an address that says which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalogue.domain.episode import Episode, Translation
from catalogue.domain.show import Show

# What a page speaks whose own language nobody has written words in.
FALLBACK = "en"


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """What a page speaks, by primary language codes.

    `home` is what the pages of the whole catalogue speak where their address names no language; the pages of a
    show then speak the show's own. `written` are the languages that there are words in, `offered` those
    of them that an address may ask for.
    """

    speaking: str
    home: str
    written: tuple[str, ...]
    offered: tuple[str, ...]

    def own(self, tag: str) -> str:
        """Say what a page speaks by itself whose content is in the language of a BCP 47 tag."""
        return primary(tag) if primary(tag) in self.written else FALLBACK

    def prefix(self, own: str) -> str:
        """Give what stands before the address of a page, spoken as this one, that by itself speaks `own`.

        >>> spanish = Tongue(speaking="es", home="en", written=("en", "es"), offered=("en", "es"))
        >>> spanish.prefix("en"), spanish.prefix("es")
        ('/es', '')
        """
        return f"/{self.speaking}" if self.speaking != own and self.speaking in self.offered else ""


def primary(tag: str) -> str:
    """Give the language of a BCP 47 tag without its region or script.

    >>> primary("pt-BR")
    'pt'
    """
    return tag.lower().partition("-")[0]


def text_for(episode: Episode, language: str) -> Episode | Translation:
    """Choose the texts of an episode for a page that speaks a primary language; the original where none fits."""
    exact = (text for text in episode.texts if text.language.lower() == language)
    close = (text for text in episode.texts if primary(text.language) == language)
    return next(exact, None) or next(close, episode)


def said_by(show: Show, name: str, language: str) -> tuple[Any, str]:
    """Give what a show says under the name of a field, in a primary language where it does, and the language of that.

    Its texts in the same language for another country stand behind its own.
    """
    texts = (one for one in show.texts if getattr(one, name))
    found = next((one for one in texts if primary(one.language) == language), None)
    if found is None or primary(show.language) == language:
        return getattr(show, name), show.language
    return getattr(found, name), found.language
