"""A show's public episodes as its lists give them: in the order of the show, and by season."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalogue.domain.episode import Episode, Season
from catalogue.domain.seasons import in_show_order, listed_seasons, seasons_of
from catalogue.domain.show import Show


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What all pages of a list share, each part worked out once: a list of ten thousand episodes has many pages.

    `episodes` are newest first.
    """

    show: Show
    episodes: tuple[Episode, ...]

    @cached_property
    def in_order(self) -> tuple[Episode, ...]:
        """The episodes as the show wants them heard."""
        return in_show_order(self.show, self.episodes)

    @cached_property
    def seasons(self) -> tuple[Season, ...]:
        """All seasons, by number."""
        return seasons_of(self.episodes)

    @cached_property
    def listed_seasons(self) -> tuple[Season, ...]:
        """The seasons worth a page of their own."""
        return listed_seasons(self.episodes)

    @cached_property
    def by_season(self) -> Mapping[int, tuple[Episode, ...]]:
        """The episodes of each season, as the show wants them heard."""
        found: dict[int, list[Episode]] = {season.number: [] for season in self.seasons}
        for episode in self.episodes:
            if episode.season is not None:
                found[episode.season.number].append(episode)
        return {number: in_show_order(self.show, episodes) for number, episodes in found.items()}

    @cached_property
    def has_corrections(self) -> bool:
        """Whether any of the episodes says that it was corrected."""
        return any(episode.corrections for episode in self.episodes)
