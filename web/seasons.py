"""A season's own page: its name, its episodes in the order of the show, and how to follow it alone."""

from __future__ import annotations

from flask import Response, render_template, request

from catalogue.domain import patterns
from catalogue.domain.selection import Selection, SelectionKind
from catalogue.domain.show import Show
from catalogue.errors import NotFound
from web.current import find_show, moved_response, now, site
from web.site import EPISODES_PER_PAGE, last_page_of, pages


@pages.get(patterns.SEASON, defaults={"number": 1})
@pages.get(patterns.SEASON_PAGE)
def season(show: str, season: int, number: int) -> str | Response:
    """The episodes of a season, thirty a page; any other way to write its address leads to the usual one."""
    found = find_show(show)
    address = site().pages.season(found, season, number)
    if not address.endswith(request.path):
        return moved_response(address, status=301)
    return _season_page(found, season, number)


def _season_page(found: Show, season: int, number: int) -> str:
    listing = site().publication.listing(found, now())
    chosen = Selection(kind=SelectionKind.SEASON, value=str(season))
    episodes = listing.by_season.get(season, ())
    last_page = last_page_of(episodes)
    if not episodes or not 1 <= number <= last_page:
        raise NotFound("season", "There is no such season, or it has not so many pages.")
    seasons = listing.seasons
    place = next(place for place, one in enumerate(seasons) if one.number == season)
    start = (number - 1) * EPISODES_PER_PAGE
    return render_template(
        "season.html",
        show=found,
        season=seasons[place],
        before=seasons[place - 1] if place else None,
        after=seasons[place + 1] if place + 1 < len(seasons) else None,
        episodes=episodes[start : start + EPISODES_PER_PAGE],
        count=len(episodes),
        number=number,
        last_page=last_page,
        feed=next((one for one in site().publication.other_feeds(found, now()) if one.selection == chosen), None),
    )
