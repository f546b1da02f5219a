"""What to go on with after an episode: the ones before and after it, and the ones about the same.

A show's episodes are arranged once for each of its states; what is near one is then found without a look at all others,
so that a page of ten thousand episodes costs what a page of ten does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from catalogue.domain.episode import Episode
from catalogue.domain.selection import FILTERS, SelectionKind

RELATED_EPISODES = 3
# Of a tag that nearly every episode has, those around this one say as much as all of them.
_NEAREST = 30


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """The public neighbours of an episode, and up to three others about the same, the nearest in subject first.

    `newer` is what comes next: in a serial the next part, whenever it came out.
    """

    newer: Episode | None = None
    older: Episode | None = None
    related: tuple[Episode, ...] = ()


class Surroundings:
    """The episodes of a show (newest or last part first, those that are not public too), arranged by tag and season."""

    def __init__(self, episodes: Sequence[Episode]) -> None:
        self._episodes = episodes
        self._places = {episode.guid: place for place, episode in enumerate(episodes)}
        self._alike: dict[tuple[SelectionKind, str], list[int]] = {}
        for place, episode in enumerate(episodes):
            for kind in (SelectionKind.TAG, SelectionKind.SEASON):
                for value in FILTERS[kind](episode):
                    self._alike.setdefault((kind, value), []).append(place)

    def near(self, episode: Episode, now: datetime) -> Nearby:
        """Find what is near an episode at `now`; nothing, where the show does not hold it.

        Related are those that share the most tags, then those of its season, then the nearest in time; neighbours are
        not named twice.
        """
        here = self._places.get(episode.guid)
        if here is None:
            return Nearby()
        newer = self._first_public(range(here - 1, -1, -1), now)
        older = self._first_public(range(here + 1, len(self._episodes)), now)
        known = {one.guid for one in (episode, newer, older) if one is not None}
        related = (one for one in self._alike_to(episode, here) if one.guid not in known and one.is_public(now))
        return Nearby(newer=newer, older=older, related=tuple(islice(related, RELATED_EPISODES)))

    def _first_public(self, places: Iterable[int], now: datetime) -> Episode | None:
        return next((self._episodes[place] for place in places if self._episodes[place].is_public(now)), None)

    def _alike_to(self, episode: Episode, here: int) -> Iterator[Episode]:
        tags = Counter(self._around(SelectionKind.TAG, episode, here))
        season = set(self._around(SelectionKind.SEASON, episode, here))
        ranked = sorted(
            tags.keys() | season, key=lambda place: (-tags[place], place not in season, abs(place - here), place)
        )
        return (self._episodes[place] for place in ranked)

    def _around(self, kind: SelectionKind, episode: Episode, here: int) -> Iterator[int]:
        """The places around here that share a tag or the season with an episode, once for each they share."""
        for value in dict.fromkeys(FILTERS[kind](episode)):
            places = self._alike.get((kind, value), ())
            middle = bisect_left(places, here)
            yield from places[max(0, middle - _NEAREST) : middle + _NEAREST + 1]
