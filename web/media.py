"""Audio, pictures, transcripts and chapters under the hash of their bytes: the long way, which says every error."""

from __future__ import annotations

from flask import Blueprint, Response, request

from catalogue.domain import patterns
from catalogue.errors import Moved
from web.current import moved_response, now, site
from web.headers import share

media = Blueprint("media", __name__)


@media.get(patterns.MEDIA)
def medium(sha256: str, name: str) -> Response:
    """A file, whole or in part; an earlier address of it redirects for five minutes."""
    try:
        answer = site().media.answer(request.environ, sha256, name, now=now())
    except Moved as moved:
        return share(moved_response(site().base_path + moved.to, status=307))
    response = Response(answer.body, status=answer.status, direct_passthrough=True)
    response.headers.clear()
    response.headers.extend(answer.headers)
    return response
