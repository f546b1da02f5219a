"""What machines ask of the site itself: style and script, is it alive, is it ready."""

from __future__ import annotations

from flask import Blueprint, Response

from catalogue.domain import patterns
from catalogue.errors import NotFound
from web.current import site

service = Blueprint("service", __name__)
# A page from before the last upgrade may still ask for the old version: it gets today's, and keeps it shortly.
OTHER_VERSION = "public, max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"


@service.get(patterns.STATIC)
def static(version: str, name: str) -> Response:
    """A file of the interface."""
    asset = site().assets.find(name)
    if asset is None:
        raise NotFound("static", "There is no such file.")
    response = Response(asset.body, content_type=asset.media_type)
    response.headers["Cache-Control"] = FOR_EVER if version == site().assets.version else OTHER_VERSION
    return response


@service.get(patterns.HEALTH)
def health() -> Response:
    """Alive: asks nothing of anything."""
    return _plain("ok", 200)


@service.get(patterns.READY)
def ready() -> Response:
    """Whether the catalogue can answer; 503 until then."""
    return _plain("ready", 200) if site().publication.is_ready() else _plain("not ready", 503)


def _plain(text: str, status: int) -> Response:
    response = Response(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
