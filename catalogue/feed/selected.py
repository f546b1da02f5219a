"""The show as another of its feeds says it: what of the head is of the season, the tag or the language alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from catalogue.domain.episode import Episode
from catalogue.domain.selection import Selection, SelectionKind
from catalogue.domain.show import Show

# Language → how a season without a name of its own is called.
_SEASONS = {"en": "Season {}", "es": "Temporada {}"}


def selected_show(show: Show, selection: Selection, *, guid: str, episodes: Sequence[Episode]) -> Show:
    """Give the show as the feed of a selection says it; `episodes` are those in it, newest first.

    A part of the show's own feed says what that says. A feed of its own has its own title and GUID, and nothing that
    is true of the whole show alone: that it moved or is complete, and its title at Apple.
    """
    if selection.is_same_podcast:
        return show
    return replace(
        show,
        guid=guid,
        title=f"{show.title} – {label_of(selection, show.language, episodes)}",
        language=_language(show, selection, episodes),
        apple_title=None,
        complete=False,
        moved_to=None,
        moved_from=(),
        new_feed_url=None,
    )


def label_of(selection: Selection, language: str, episodes: Iterable[Episode]) -> str:
    """Say which season, tag or language it is: as its newest episode calls it, a season else in `language`."""
    if selection.kind is SelectionKind.SEASON:
        names = (one.season.name for one in episodes if one.season is not None and one.season.name)
        return next(names, _SEASONS.get(language.partition("-")[0], _SEASONS["en"]).format(selection.value))
    if selection.kind is SelectionKind.TAG:
        tags = (tag.name for one in episodes for tag in one.tags if tag.slug == selection.value)
        return next(tags, selection.value)
    return language_name(selection.value)


@lru_cache(maxsize=512)
def language_name(tag: str) -> str:
    """The name of a language in itself; a tag that nobody knows is its own name.

    >>> language_name("es"), language_name("pt-br"), language_name("xx-klingon")
    ('español', 'português (Brasil)', 'xx-klingon')
    """
    from babel import Locale, UnknownLocaleError  # few feeds name a language, and reading its names takes a moment

    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _language(show: Show, selection: Selection, episodes: Sequence[Episode]) -> str:
    if selection.kind is not SelectionKind.LANGUAGE:
        return show.language
    return next((one.language for one in episodes), selection.value)
