"""What a member of a show gets by an address of their own: a page, a feed, and all media that it names.

The token in the address is looked up at each request; no answer may be kept for anybody else, and no search engine
lists one.
"""

from __future__ import annotations

import hashlib
import re

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from catalogue.actions.members_area import own_body
from catalogue.domain import patterns
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.errors import Moved, NotFound, Withdrawn
from web.current import moved_response, now, site
from web.fast_path import is_navigation
from web.feed_answer import MEDIA_TYPE, FeedAnswer, answer_feed
from web.feeds import ExactResponse
from web.headers import share
from web.media_answer import Asker
from web.published import MembersView, PreviewView
from web.site import pages

members = Blueprint("members", __name__)
# Who holds a feed asks again each time: an address may be taken back at any moment.
FEED_CACHE, MEDIA_CACHE = "private, no-cache", "private, max-age=86400"
# A token as it is made, so that nothing else is put into a feed.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


@pages.get(patterns.PRIVATE)
def private(token: str) -> AnyResponse:
    """How to subscribe, and what is for members alone; for a person who opens the address."""
    try:
        view = _enter(token)
    except Withdrawn:
        return _page(render_template("member.html", view=None), status=410)
    links = site().public
    return _page(
        render_template(
            "member.html",
            view=view,
            show=view.show,
            feed_url=links.private_feed(token),
            episodes=[(one, _audio_path(one, token)) for one in view.episodes(now())],
        )
    )


@members.get(patterns.PRIVATE_FEED)
def private_feed(token: str) -> Response:
    """The feed of one member; a browser that opens it for a person gets the page."""
    view = _enter(token)
    if is_navigation(request.environ):
        return _private(Response(status=303, headers={"Location": site().pages.private(token)}), "no-store")
    answer = _answer(view, token)
    response = ExactResponse(answer.body, status=answer.status, headers=list(answer.headers), content_type=MEDIA_TYPE)
    return _private(response, FEED_CACHE if answer.status in (200, 304) else "no-store")


@members.get(patterns.PRIVATE_MEDIA)
def private_medium(token: str, sha256: str, name: str) -> Response:
    """Audio, chapters, a transcript or a picture of what a member may have."""
    return answer_medium(_enter(token), Links("").private(token), sha256, name, kept=MEDIA_CACHE)


def answer_medium(view: MembersView | PreviewView, own: str, sha256: str, name: str, *, kept: str) -> Response:
    """Answer with a file of what somebody has an address of their own to (its path: `own`), to be `kept` so long."""
    asker = Asker(publication=view, x_accel_redirect=site().media.x_accel_redirect)
    try:
        answer = asker.answer(request.environ, sha256, name, now=now())
    except Moved as moved:
        target = site().base_path + own.rstrip("/") + moved.to
        return _private(share(moved_response(target, status=307)), "no-store")
    response = Response(answer.body, status=answer.status, direct_passthrough=True)
    response.headers.clear()
    response.headers.extend(answer.headers)
    is_kept = "no-store" not in response.headers.get("Cache-Control", "")
    return _private(response, kept if is_kept else "no-store")


def has_form_of_token(text: str) -> bool:
    """Whether a token could look so; nothing else is looked up."""
    return _TOKEN.fullmatch(text) is not None


def with_own_addresses(body: bytes, show: Show, token: str) -> bytes:
    """A feed for members with one member's addresses of media and of the feed itself in place of the public ones."""
    links = site().public
    own = links.private(token)
    with_media = body.replace(f"{links.base_url}/media/".encode(), f"{own}media/".encode())
    return with_media.replace(links.feed(show).encode(), links.private_feed(token).encode())


def _enter(token: str) -> MembersView:
    if not has_form_of_token(token):
        raise NotFound("not-found", "There is nothing at this address.")
    return site().publication.member(token, site().public)


def _answer(view: MembersView, token: str) -> FeedAnswer:
    """Answer with the feed; who has it already is told so before it is put together."""
    made = view.feed(now())
    name = hashlib.sha256(f"{made.plain.etag}{token}".encode()).hexdigest()[:32]
    known = answer_feed(own_body((), name, changed_at=made.changed_at), request.environ, now=now())
    if known.status != 200:
        return known
    body = with_own_addresses(made.body, view.show, token)
    return answer_feed(own_body((body,), name, changed_at=made.changed_at), request.environ, now=now())


def _page(body: str, *, status: int = 200) -> AnyResponse:
    return _private(Response(body, status=status), "private, no-store")


def _private(response: Response, cache_control: str) -> Response:
    response.headers["Cache-Control"] = cache_control
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _audio_path(episode: Episode, token: str) -> str | None:
    """Where its audio is for this member; None where there is none, or it is missing."""
    if episode.audio is None or episode.missing_since is not None:
        return None
    path = Links("").audio(episode, episode.audio)
    return site().pages.private(token).rstrip("/") + path
