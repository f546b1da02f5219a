"""Feeds for apps: exact bytes, cheap to ask for again, and a kind page for a person who opens one."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import Accept, Headers

from catalogue.domain import links
from web import ranges
from web.current import find_show, moved_response, now, site
from web.headers import share
from web.published import FeedBody

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
MAX_AGE: Final = 300
feeds = Blueprint("feeds", __name__)


@feeds.get(links.FEED)
def feed(show: str) -> Response:
    """The feed, compressed where the app takes it; a browser that opens it for a person gets the subscribe page."""
    found = find_show(show)
    if _is_navigation():
        response = Response(status=303, headers={"Location": site().pages.subscribe(found)})
        response.headers["Cache-Control"] = "no-store"
        return response
    return _feed_response(site().publication.feed(found, site().public, now()))


@feeds.get(links.FIRST_FEED)
def first_feed() -> Response:
    """For ever the feed of the show it first meant."""
    return share(moved_response(site().pages.feed(site().publication.first_feed()), status=301))


def _feed_response(found: FeedBody) -> Response:
    is_gzip = takes_gzip(request.accept_encodings)
    body, etag = (found.gzip, found.gzip_etag) if is_gzip else (found.body, found.etag)
    # A part of a feed is of no use to anybody: Range is ignored.
    asked = Headers(request.headers)
    asked.remove("Range")
    outcome = ranges.respond(asked, method=request.method, size=len(body), etag=etag, modified=found.changed_at)
    response = Response(body if outcome.length else b"", status=outcome.status, content_type=MEDIA_TYPE)
    response.headers.update(outcome.headers)
    response.headers.pop("Accept-Ranges", None)
    if is_gzip and outcome.status == 200:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    fresh = f"public, max-age={_seconds_fresh(found.due_at, now())}"
    response.headers["Cache-Control"] = "no-store" if outcome.is_refusal else fresh
    return share(response)


def takes_gzip(accepted: Accept) -> bool:
    """Whether gzip is welcome, and no less than plain (RFC 9110, 12.5.3; `q=0` is a refusal)."""
    return accepted["gzip"] > 0 and accepted["gzip"] >= (accepted["identity"] if "identity" in accepted.values() else 0)


def _seconds_fresh(due_at: datetime | None, moment: datetime) -> int:
    """Until the next episode is due, five minutes at most."""
    if due_at is None:
        return MAX_AGE
    return max(0, min(MAX_AGE, int((due_at - moment).total_seconds())))


def _is_navigation() -> bool:
    sent = request.headers
    return sent.get("Sec-Fetch-Dest") == "document" and sent.get("Sec-Fetch-Mode") == "navigate"
