"""Feeds for apps: exact bytes, cheap to ask for again, and a kind page for a person who opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from werkzeug.datastructures import Headers

from catalogue.domain import patterns
from catalogue.domain.selection import LATEST, WHOLE, Selection, read_selection
from catalogue.domain.show import Show
from catalogue.errors import NotFound
from web.current import MOVED_CACHE, find_show, moved_response, now, site
from web.fast_path import is_navigation
from web.feed_answer import MEDIA_TYPE, answer_feed
from web.headers import share
from web.published import FeedBody

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

JSON_TYPE = "application/feed+json"
# opml.org/spec2.opml names no media type; this is what readers know.
OPML_TYPE = "text/x-opml; charset=utf-8"
feeds = Blueprint("feeds", __name__)


class ExactResponse(Response):
    """A response whose headers go out as they are: Werkzeug takes Last-Modified from a 304, which caches want."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:  # noqa: ARG002  (Werkzeug's signature)
        if self.status_code == 304:
            self.headers.pop("Content-Type", None)
        return self.headers


@feeds.get(patterns.FEED)
def feed(show: str) -> Response:
    """The feed, compressed where the app takes it; a browser that opens it for a person gets the subscribe page."""
    return _feed(find_show(show), WHOLE)


@feeds.get(patterns.LATEST_FEED)
def latest_feed(show: str) -> Response:
    """The light feed of a long show: its latest episodes, and the way to the archive."""
    return _feed(find_show(show), LATEST)


@feeds.get(patterns.ARCHIVE_FEED)
def archive_feed(show: str, page: str) -> Response:
    """A page of the archive; the oldest is 1."""
    return _named_feed(show, f"archive/{page}")


@feeds.get(patterns.SEASON_FEED)
def season_feed(show: str, season: str) -> Response:
    """The episodes of one season."""
    return _named_feed(show, f"season/{season}")


@feeds.get(patterns.TAG_FEED)
def tag_feed(show: str, tag: str) -> Response:
    """The episodes about something."""
    return _named_feed(show, f"tag/{tag}")


@feeds.get(patterns.LANGUAGE_FEED)
def language_feed(show: str, language: str) -> Response:
    """The episodes in one language."""
    return _named_feed(show, f"language/{language}")


@feeds.get(patterns.JSON_FEED)
def json_feed(show: str) -> Response:
    """The show as a JSON Feed."""
    found = find_show(show)
    return _answer(site().publication.json_feed(found, site().public, now()), JSON_TYPE)


@feeds.get(patterns.PUBLISHER_FEED)
def publisher_feed() -> Response:
    """The feed of whoever publishes several shows: it names them."""
    return _answer(site().publication.publisher(site().public), MEDIA_TYPE)


@feeds.get(patterns.SHOW_LIST)
def show_list() -> Response:
    """All shows, in a list that apps import."""
    return _answer(site().publication.show_list(site().public), OPML_TYPE)


@feeds.get(patterns.FIRST_FEED)
def first_feed() -> Response:
    """For ever the feed of the show it first meant."""
    return share(moved_response(site().pages.feed(site().publication.first_feed()), status=301))


def _named_feed(slug: str, name: str) -> Response:
    found, selection = find_show(slug), read_selection(name)
    if selection is None:
        raise NotFound("no-feed", "There is no such feed.")
    return _feed(found, selection)


def _feed(found: Show, selection: Selection) -> Response:
    if is_navigation(request.environ):
        response = Response(status=303, headers={"Location": _page_for_people(found, selection)})
        response.headers["Cache-Control"] = "no-store"
        return response
    if found.moved_to is not None and selection in (WHOLE, LATEST):
        return share(Response(status=301, headers={"Location": found.moved_to, "Cache-Control": MOVED_CACHE}))
    return _answer(site().publication.feed(found, site().public, now(), selection), MEDIA_TYPE)


def _page_for_people(found: Show, selection: Selection) -> str:
    """Where a person reads how to subscribe to this feed, or to the whole show where no page offers the feed alone."""
    if selection != WHOLE:
        offered = (one.selection for one in site().publication.other_feeds(found, now()))
        selection = selection if selection in offered else WHOLE
    return site().pages.subscribe(found, selection)


def _answer(body: FeedBody, media_type: str) -> Response:
    answer = answer_feed(body, request.environ, now=now(), media_type=media_type)
    return ExactResponse(answer.body, status=answer.status, headers=list(answer.headers), content_type=media_type)
