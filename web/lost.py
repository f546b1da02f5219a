"""What may help somebody who came to an address where nothing is: its words to search for, and pages near it.

The address is the visitor's word: it is cut short, taken apart into plain words, and compared with a bounded number of
slugs, since addresses that never were are asked for all day long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from flask import g, request

from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.errors import StoreError
from web.current import now, site

LONGEST_PATH, LONGEST_QUERY = 300, 80
# Compared letter by letter, which takes a while: those that share a word with the address, and the newest.
MOST_COMPARED, NEWEST_COMPARED = 200, 50
MOST_SHOWN, LATEST_SHOWN = 3, 5
NEAR_ENOUGH = 0.6
PRIVATE = "/private/"
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"\.(html?|php|aspx?|xml|json|txt)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What to offer: words to search for, episodes with nearly this address, else the latest ones."""

    query: str
    show: Show | None
    near: tuple[Episode, ...] = ()
    latest: tuple[Episode, ...] = ()


def find_way() -> Lost:
    """What to offer whoever asked for this request's address; without the index the words alone."""
    # What is private has a token in its address, which is nothing to look for.
    asked = "" if request.path.startswith(PRIVATE) else unquote(request.path[:LONGEST_PATH])
    on_show = g.get("show")
    query = words_of(asked.removeprefix(f"/{on_show.slug}/") if on_show else asked)
    try:
        shows = site().publication.shows()
        show = on_show or (shows[0] if len(shows) == 1 else None)
        if show is None:
            return Lost(query=query, show=None)
        episodes = site().publication.episodes(show, now())
    except StoreError:  # then the error page is all there is
        return Lost(query=query, show=None)
    near = nearest(asked, episodes)
    return Lost(query=query, show=show, near=near, latest=() if near else episodes[:LATEST_SHOWN])


def words_of(path: str) -> str:
    """The words of an address, as somebody might search for them.

    >>> words_of("/show/110-meet_the-husbands.html")
    'show 110 meet the husbands'
    """
    return " ".join(_WORD.findall(_ENDING.sub("", path)))[:LONGEST_QUERY].strip()


def nearest(path: str, episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """The episodes whose slug is nearly the last segment of a path, the nearest first."""
    segment = _ENDING.sub("", path.rstrip("/").rpartition("/")[2]).lower()
    by_slug = {episode.slug: episode for episode in _candidates(segment, episodes)}
    return tuple(by_slug[slug] for slug in get_close_matches(segment, by_slug, n=MOST_SHOWN, cutoff=NEAR_ENOUGH))


def _candidates(segment: str, episodes: Sequence[Episode]) -> Iterable[Episode]:
    asked = set(_WORD.findall(segment))
    sharing = (episode for episode in episodes if not asked.isdisjoint(episode.slug.split("-")))
    yield from (episode for episode, _ in zip(sharing, range(MOST_COMPARED), strict=False))
    yield from episodes[:NEWEST_COMPARED]
