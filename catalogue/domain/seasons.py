"""Seasons, and the order in which the episodes of a show are meant to be heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from catalogue.domain.episode import Episode, Season, newest_first
from catalogue.domain.show import Show, ShowType


def seasons_of(episodes: Iterable[Episode]) -> tuple[Season, ...]:
    """The seasons of episodes given newest first, by number; each with the name that was given last."""
    found: dict[int, Season] = {}
    for episode in episodes:
        season = episode.season
        if season is not None and (season.number not in found or not found[season.number].name):
            found[season.number] = season
    return tuple(found[number] for number in sorted(found))


def listed_seasons(episodes: Sequence[Episode]) -> tuple[Season, ...]:
    """The seasons worth a page of their own: none where one season holds all episodes."""
    seasons = seasons_of(episodes)
    return seasons if len(seasons) > 1 or any(episode.season is None for episode in episodes) else ()


def in_show_order(show: Show, episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """Episodes as the show wants them heard: newest first, or where it tells a story, from its beginning.

    A serial goes season by season, what is of none (a trailer) before the first.
    """
    if show.type is not ShowType.SERIAL:
        return tuple(episodes)
    ordered = sorted(episodes, key=_season_number)
    return tuple(one for _, season in groupby(ordered, key=_season_number) for one in _told_in_order(tuple(season)))


def last_first(show: Show, episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """Episodes (newest first) so that what is to be heard next stands before: a serial is told season by season."""
    return tuple(episodes) if show.type is not ShowType.SERIAL else in_show_order(show, episodes)[::-1]


def _told_in_order(episodes: Sequence[Episode]) -> list[Episode]:
    """The oldest first, but numbered ones by their numbers, whenever they came out; others keep their place."""
    ordered = sorted(episodes, key=newest_first, reverse=True)
    numbered = iter(sorted((one for one in ordered if one.number is not None), key=lambda one: one.number or 0))
    return [one if one.number is None else next(numbered) for one in ordered]


def _season_number(episode: Episode) -> int:
    return episode.season.number if episode.season else -1
