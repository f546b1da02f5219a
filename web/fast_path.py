"""The short way to feeds: a WSGI layer that answers before Flask builds a request.

Apps ask for a feed a thousand times for each time it changes, and Flask costs more than the answer. What is not
plainly a feed that is at hand (a person's browser, an unknown show, another method) takes the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from catalogue.domain.links import Links, read_feed_path
from web.feed_answer import answer_feed
from web.memory_files import MemoryFiles
from web.published import Publication

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ENDING = ".xml"
METHODS = ("GET", "HEAD")
STATUS_LINES = {200: "200 OK", 304: "304 NOT MODIFIED", 412: "412 PRECONDITION FAILED"}


class FeedFast:
    """A WSGI application before another: answers for feeds that are at hand, hands on the rest."""

    def __init__(
        self, application: WSGIApplication, publication: Publication, links: Links, clock: Callable[[], datetime]
    ) -> None:
        self._application, self._publication = application, publication
        self._links, self._clock = links, clock
        self._files = MemoryFiles()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.endswith(_ENDING) or environ["REQUEST_METHOD"] not in METHODS or is_navigation(environ):
            return self._application(environ, start_response)
        now = self._clock()
        asked = read_feed_path(path)
        found = self._publication.feed_at_hand(asked[0], self._links, now, asked[1]) if asked else None
        if found is None:
            return self._application(environ, start_response)
        answer = answer_feed(found, environ, now=now)
        start_response(STATUS_LINES[answer.status], list(answer.headers))
        return self._files.body(environ, answer.body)


def is_navigation(environ: WSGIEnvironment) -> bool:
    """Whether a browser opens this for a person."""
    return environ.get("HTTP_SEC_FETCH_DEST") == "document" and environ.get("HTTP_SEC_FETCH_MODE") == "navigate"
