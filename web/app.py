"""The application: routes, words, headers and errors put together around one publication."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from catalogue.domain.links import Links
from catalogue.errors import (
    CatalogueError,
    Conflict,
    Forbidden,
    MediaError,
    NoRoom,
    NotFound,
    StoreError,
    StoreFull,
    StudioClosed,
    TokenRefused,
    TooManyTries,
    Withdrawn,
)
from web import about, previews, search, seasons, topics  # noqa: F401  (their pages are registered by being read)
from web.api.blueprint import lead_nowhere
from web.api.pages import api
from web.api.problems import answer_error, answer_http_error, is_below_api
from web.assets import read_assets
from web.current import EXTENSION, Site, now, site, speak, speak_if_possible, utc_now, words
from web.discreet import Discreet
from web.embed import embed
from web.events import EVENT_PHRASES
from web.fast_path import FeedFast
from web.feeds import ExactResponse, feeds
from web.found import found
from web.frame import help_place, places_of_site, tongues_of_page, written_places
from web.headers import secure, share
from web.lost import find_way
from web.media import media
from web.media_answer import Asker
from web.media_fast import MediaFast
from web.members import members
from web.mount import Mount
from web.moved import find_old_feed
from web.page_answer import Page, answer_page
from web.page_fast import KEEP, PageFast
from web.people import PEOPLE_PHRASES
from web.phrases import PHRASES
from web.plain_calls import PlainCalls
from web.published import Publication
from web.service import service
from web.site import pages
from web.structured import STRUCTURED
from web.studio.bodies import take_bodies
from web.studio.current import EXTENSION as STUDIO
from web.studio.current import Studio
from web.studio.pages import studio as studio_pages
from web.subjects import topic_pages_of
from web.tongue import ASKED_LANGUAGE, Tongues
from web.transcript_page import transcript  # noqa: F401  (its route)

FOLDER = Path(__file__).parent
LOG = logging.getLogger("castalogue")
# The first class an error is an instance of says what is answered.
STATUSES: tuple[tuple[type[CatalogueError], int], ...] = (
    (NotFound, 404),
    (TokenRefused, 401),
    (Forbidden, 403),
    (Conflict, 409),
    (TooManyTries, 429),
    (StudioClosed, 503),
    (Withdrawn, 410),
    (MediaError, 503),
    (NoRoom, 507),
    (StoreFull, 507),
    (StoreError, 503),
    (CatalogueError, 500),
)
RETRY_AFTER_SECONDS = {503: "10"}
# Apps read these, and nobody sees their errors: a line of plain text is enough.
TERSE_BLUEPRINTS = ("feeds", "media", "members", "service", "found")
# What people read, in a language that the address may ask for.
SPOKEN_BLUEPRINTS = ("pages", "embed")
# What players on other sites fetch: its errors are theirs to read too.
SHARED_BLUEPRINTS = ("feeds", "media", "members")
ERROR_TEMPLATES = {"embed": "embed_error.html", "studio": "studio/error.html"}
# Nothing is sent to the site yet but questions.
LARGEST_REQUEST_BYTES = 64 * 1024


def create_app(
    publication: Publication,
    *,
    links: Links,
    clock: Callable[[], datetime] = utc_now,
    x_accel_redirect: str | None = None,
    studio: Studio | None = None,
) -> Flask:
    """Build the site of a publication.

    `links` has the public base URL, for feeds and canonical addresses; pages link to one another by path
    alone, so that the site works under any name it is reached by. `clock` gives aware UTC. `x_accel_redirect` is
    the prefix under which nginx sends files (deploy/nginx.conf); None: we send them. `studio` None: there is none.
    """
    app = Discreet("web", root_path=str(FOLDER), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST_BYTES
    asker = Asker(publication=publication, x_accel_redirect=x_accel_redirect)
    assets = read_assets(urlsplit(links.base_url).path.rstrip("/"))
    served = Site(publication=publication, public=links, assets=assets, clock=clock, media=asker)
    app.extensions[EXTENSION] = served
    for blueprint in (pages, feeds, media, members, embed, found, service):
        app.register_blueprint(blueprint)
    if studio is not None:
        app.extensions[STUDIO] = studio
        take_bodies(app, studio.place.settings)
        app.register_blueprint(studio_pages)
        app.register_blueprint(api)
        app.before_request(lead_nowhere)
    app.jinja_env.context_class = PlainCalls
    app.jinja_env.globals.update(PHRASES | EVENT_PHRASES | PEOPLE_PHRASES | STRUCTURED)
    app.context_processor(_page_context)
    app.before_request(_old_feed)
    app.before_request(_speak)
    app.after_request(_finish)
    app.register_error_handler(CatalogueError, _catalogue_error)
    app.register_error_handler(HTTPException, _http_error)
    _answer_before(app, served)
    return app


def _answer_before(app: Flask, served: Site) -> None:
    """Put around the application what answers without it: feeds, then media, then pages that are kept."""
    app.wsgi_app = Tongues(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = PageFast(app.wsgi_app, served.publication, served.clock)  # type: ignore[method-assign]
    app.wsgi_app = MediaFast(app.wsgi_app, served.media, served.clock)  # type: ignore[method-assign]
    app.wsgi_app = FeedFast(app.wsgi_app, served.publication, served.public, served.clock)  # type: ignore[method-assign]
    app.wsgi_app = Mount(app.wsgi_app, served.base_path)  # type: ignore[method-assign]


def _page_context() -> dict[str, Any]:
    """What every template may use."""
    return {
        "assets": site().assets,
        "is_one_of_many": g.get("is_one_of_many", False),
        "links": site().pages,
        "now": now(),
        "public": site().canonical,
        "help_place": help_place,
        "places_of_site": places_of_site,
        "tongues": tongues_of_page(),
        "topic_pages_of": topic_pages_of,
        "words": words(),
        "written_places": written_places,
    }


def _old_feed() -> Response | None:
    """Answer for the old address of a feed that came here; only where no address of ours is asked for."""
    return find_old_feed() if request.routing_exception is not None else None


def _speak() -> None:
    """Let pages have a language; nothing else is in one."""
    if request.blueprint in SPOKEN_BLUEPRINTS or request.routing_exception is not None:
        speak()
    elif ASKED_LANGUAGE in request.environ:
        raise NotFound("no-page", "There is nothing at this address.")


def _finish(response: Response) -> Response:
    """Add the headers of every answer, and let pages be asked for again cheaply."""
    stay_on_this_host(response)
    if request.blueprint in SHARED_BLUEPRINTS:
        share(response)
    secure(response, g.get("remote_audio"))
    is_page = (
        response.mimetype == "text/html" and response.status_code == 200 and request.blueprint in SPOKEN_BLUEPRINTS
    )
    return _page(response) if is_page else response


def _page(response: Response) -> Response:
    """Answer with a page that was rendered just now, and let it be kept as long as it holds.

    The search page is never kept: what it offers may be filled in after the catalogue has changed.
    """
    response.headers.setdefault("Cache-Control", "no-cache")
    page = Page(response.get_data(), response.headers, content_type=response.headers["Content-Type"])
    if KEEP in request.environ and not response.cache_control.private:
        until = site().publication.holds_until(now())
        request.environ[KEEP](page, since=now(), until=min(until, g.get("holds_until") or until))
    answer = answer_page(page, request.environ)
    return ExactResponse(answer.body, status=answer.status, headers=list(answer.headers))


def stay_on_this_host(response: Response) -> Response:
    """Make redirects within the site relative: the Host header is the visitor's word and may be anybody's."""
    target = urlsplit(response.headers.get("Location", ""))
    if target.netloc and target.netloc == request.host:
        query = f"?{target.query}" if target.query else ""
        response.headers["Location"] = f"/{target.path.lstrip('/')}{query}"
    return response


def _catalogue_error(error: CatalogueError) -> ResponseReturnValue:
    if is_below_api(request.path):
        return answer_error(error)
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    if status == 404 and (moved := find_old_feed()) is not None:
        return moved
    if status == 500:
        LOG.exception("%s", error)
    g.failed_with = error
    return _error_response(status), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect, made elsewhere
        return error.get_response()
    if is_below_api(request.path):
        return answer_http_error(error)
    status = error.code or 500
    response = _error_response(status)
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response, status


def _error_response(status: int) -> Response:
    g.is_failing = status >= 500
    if "tongue" not in g:
        speak_if_possible()
    kind = str(status) if f"error_{status}_title" in words() else "other"
    if request.blueprint in TERSE_BLUEPRINTS:
        response = Response(words()(f"error_{kind}_title") + "\n", content_type="text/plain; charset=utf-8")
    else:
        template = ERROR_TEMPLATES.get(request.blueprint or "", "error.html")
        lost = find_way() if status == 404 else None
        failed = {"status": status, "failed_with": g.get("failed_with")}
        response = Response(render_template(template, kind=kind, show=g.get("show"), lost=lost, **failed))
    response.headers["Cache-Control"] = "no-store"
    if status in RETRY_AFTER_SECONDS:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS[status]
    return response
