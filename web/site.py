"""Pages for people: the home, shows, episodes, transcripts, subscribing."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from catalogue.domain import patterns
from catalogue.domain.corrections import listed_corrections
from catalogue.domain.episode import Episode
from catalogue.domain.selection import WHOLE, Selection, read_selection
from catalogue.domain.show import Show
from catalogue.errors import NotFound
from web import apps
from web.current import find_episode, find_show, moved_response, now, site
from web.episode_page import read_episode_page
from web.phrases import feed_name, text_of
from web.spoken_show import title_of
from web.square import render_square

EPISODES_PER_PAGE = 30
pages = Blueprint("pages", __name__)


@pages.get(patterns.HOME)
def home() -> str:
    """The only show, or the list of shows."""
    shows = site().publication.shows()
    if len(shows) == 1:
        return _show_page(find_show(shows[0].slug), 1)
    return render_template("home.html", shows=shows, title=site().publication.catalogue().title)


@pages.get(patterns.SHOW)
def show(show: str) -> str:
    """What the show is, and its newest episodes."""
    return _show_page(find_show(show), 1)


@pages.get(patterns.SHOW_PAGE)
def show_page(show: str, number: int) -> str | Response:
    """Earlier episodes, thirty a page; page 1 is the show's own page."""
    found = find_show(show)
    if number == 1:
        return moved_response(site().pages.show(found), status=301)
    return _show_page(found, number)


@pages.get(patterns.SUBSCRIBE)
def subscribe(show: str) -> str:
    """The feed's address, ways to hand it to an app, and what subscribing means."""
    found = find_show(show)
    return _subscribe_page(found, WHOLE, title=title_of(found))


@pages.get(patterns.SUBSCRIBE_LATEST, defaults={"kind": "latest", "value": ""})
@pages.get(patterns.SUBSCRIBE_PART)
def subscribe_to_part(show: str, kind: str, value: str) -> str:
    """The same for the feed of a season, a tag, a language, or of the latest episodes."""
    found, selection = find_show(show), read_selection(f"{kind}/{value}".rstrip("/"))
    for one in site().publication.other_feeds(found, now()):
        if one.selection == selection:
            return _subscribe_page(found, selection, title=f"{title_of(found)} – {feed_name(one)}")
    raise NotFound("no-feed", "There is no such feed.")


@pages.get(patterns.CORRECTIONS)
def corrections(show: str) -> str:
    """All that was put right in the show's episodes, the newest first."""
    found = find_show(show)
    entries = listed_corrections(site().publication.episodes(found, now()))
    return render_template("corrections.html", show=found, entries=entries)


@pages.get(patterns.EPISODE)
def episode(show: str, episode: str) -> str:
    """Everything about an episode, its player at the moment `t` where one is asked for."""
    found = find_show(show)
    about = find_episode(found, episode)
    return render_template("episode.html", page=read_episode_page(found, about, text_of(about)), show=found)


@pages.get(patterns.TRANSLATION)
def translation(show: str, episode: str, language: str) -> str | Response:
    """The episode's page with texts in a language that pages do not speak; any other has its own address."""
    found = find_show(show)
    about = find_episode(found, episode)
    text = next((one for one in about.texts if one.language.lower() == language.lower()), None)
    if text is None:
        raise NotFound("translation", "This episode has no page in that language.")
    there = site().pages.translation(found, about, text.language)
    if there != site().pages.episode(found, about) + request.path.rstrip("/").rpartition("/")[2] + "/":
        return moved_response(there, status=301)
    return render_template("episode.html", page=read_episode_page(found, about, text), show=found)


def reach_of(url: str) -> str | None:
    """Say who can use an address: `computer`, `network`, or None for everybody.

    >>> reach_of("http://127.0.0.1:8000/feed.xml"), reach_of("http://192.168.1.5/feed.xml"), reach_of("https://a.org/")
    ('computer', 'network', None)
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return "computer"
    try:
        address = ip_address(host)
    except ValueError:  # a name
        return None
    if address.is_loopback:
        return "computer"
    return "network" if address.is_private else None


def _subscribe_page(found: Show, selection: Selection, *, title: str) -> str:
    is_whole = selection == WHOLE
    feed_url = site().public.subscription(found) if is_whole else site().public.selected_feed(found, selection)
    address, reach = site().canonical.subscribe(found, selection), reach_of(feed_url)
    links = _links_to(found, feed_url, is_whole=is_whole)
    listed = links.pop(apps.LISTED, ())
    return render_template(
        "subscribe.html",
        show=found,
        title=title,
        feed_url=feed_url,
        address=address,
        listed=listed if is_whole else (),
        apps=links,
        reach=reach,
        square=None if reach == "computer" else render_square(address),
    )


def _links_to(found: Show, feed_url: str, *, is_whole: bool) -> dict[str, tuple[tuple[str, str], ...]]:
    """The links that hand a feed to apps; what leads to the show by its GUID does not lead to a part of it."""
    links = apps.links_by_platform(found, feed_url)
    if is_whole:
        return links
    kept = ((where, tuple(row for row in rows if found.guid not in row[1])) for where, rows in links.items())
    return {where: rows for where, rows in kept if rows}


def last_page_of(episodes: Sequence[Episode]) -> int:
    """How many pages a list of episodes has; one even where it is empty."""
    return max(1, -(-len(episodes) // EPISODES_PER_PAGE))


def _show_page(found: Show, number: int) -> str:
    listing = site().publication.listing(found, now())
    episodes, last_page = listing.in_order, last_page_of(listing.in_order)
    if not 1 <= number <= last_page:
        raise NotFound("page", "There are not so many pages.")
    start = (number - 1) * EPISODES_PER_PAGE
    return render_template(
        "show.html",
        show=found,
        episodes=episodes[start : start + EPISODES_PER_PAGE],
        count=len(episodes),
        number=number,
        last_page=last_page,
        seasons=listing.listed_seasons,
        has_corrections=listing.has_corrections,
        feeds=site().publication.other_feeds(found, now()) if number == 1 else (),
        path=request.path,
    )
