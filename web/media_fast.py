"""The short way to media: a WSGI layer that answers before Flask builds a request.

Nearly every byte of a podcast goes out here, and Flask costs as much as all the rest of it. What is not plainly a
file that is there (an error, a redirect, an odd address) takes the long way, where it is said in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from catalogue.errors import CatalogueError
from web.media_answer import Asker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Names are made by us (`domain/links.py`): anything else is not plainly ours.
_ADDRESS = re.compile(r"/media/([0-9a-f]{64})/([A-Za-z0-9._-]+)")
METHODS = ("GET", "HEAD")


class MediaFast:
    """A WSGI application before another: answers for media what is there, hands on the rest."""

    def __init__(self, application: WSGIApplication, asker: Asker, clock: Callable[[], datetime]) -> None:
        self._application, self._asker, self._clock = application, asker, clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        match = _ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        if match is None or environ["REQUEST_METHOD"] not in METHODS:
            return self._application(environ, start_response)
        try:
            answer = self._asker.answer(environ, match[1], match[2], now=self._clock())
        except CatalogueError:
            return self._application(environ, start_response)
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase.upper()}", list(answer.headers))
        return answer.body
