"""A show in the language of the page: who shows or describes one asks here for its texts."""

from __future__ import annotations

from typing import Any

from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.domain.tongues import said_by
from web.current import words


def said(show: Show, name: str) -> tuple[Any, str]:
    """Give what a show says under the name of a field, in the page's language where it does, and that language."""
    return said_by(show, name, words().language)


def title_of(show: Show) -> str:
    """Give a show's title as this page calls it."""
    title: str = said(show, "title")[0]
    return title


def picture_words(owner: Show | Episode) -> tuple[str, str]:
    """Give what the artwork of a show or an episode shows, and the language that is said in."""
    if isinstance(owner, Show):
        words_of_it, language = said(owner, "artwork_alt")
        return words_of_it or "", language
    return owner.artwork_alt or "", owner.language
