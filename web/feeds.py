"""Feeds for apps: exact bytes, cheap to ask for again, and a kind page for a person who opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from werkzeug.datastructures import Headers

from catalogue.domain import links
from web.current import find_show, moved_response, now, site
from web.fast_path import is_navigation
from web.feed_answer import MEDIA_TYPE, answer_feed
from web.headers import share

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

feeds = Blueprint("feeds", __name__)


class ExactResponse(Response):
    """A response whose headers go out as they are: Werkzeug takes Last-Modified from a 304, which caches want."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:  # noqa: ARG002  (Werkzeug's signature)
        if self.status_code == 304:
            self.headers.pop("Content-Type", None)
        return self.headers


@feeds.get(links.FEED)
def feed(show: str) -> Response:
    """The feed, compressed where the app takes it; a browser that opens it for a person gets the subscribe page."""
    found = find_show(show)
    if is_navigation(request.environ):
        response = Response(status=303, headers={"Location": site().pages.subscribe(found)})
        response.headers["Cache-Control"] = "no-store"
        return response
    answer = answer_feed(site().publication.feed(found, site().public, now()), request.environ, now=now())
    headers = list(answer.headers)
    return ExactResponse(answer.body, status=answer.status, headers=headers, content_type=MEDIA_TYPE)


@feeds.get(links.FIRST_FEED)
def first_feed() -> Response:
    """For ever the feed of the show it first meant."""
    return share(moved_response(site().pages.feed(site().publication.first_feed()), status=301))
