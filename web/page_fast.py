"""The short way to pages: what was rendered is kept, and answered before Flask builds a request.

A page is the same for everybody, and until the catalogue changes, or the clock reaches what it holds until. What has
a query is not kept: it may be anything, and would drive out what is asked for often.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from web.fast_path import METHODS, STATUS_LINES
from web.page_answer import Page, answer_page
from web.published import Publication

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Where the application finds what keeps the page it rendered: `keep(page, since=…, until=…)`.
KEEP = "castalogue.keep"
# A page of 40 KB counts twice, for it may be packed too: some four hundred of them.
MOST_BYTES = 32 * 1024**2


class _Kept(NamedTuple):
    page: Page
    since: datetime
    until: datetime

    @property
    def size_bytes(self) -> int:
        return 2 * len(self.page.body)


class PageFast:
    """A WSGI application before another: answers for pages that it has kept, hands on the rest. Threads may share it.

    Pages are those of one state of the catalogue; of them, the one asked for longest ago makes room.
    """

    def __init__(
        self,
        application: WSGIApplication,
        publication: Publication,
        clock: Callable[[], datetime],
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._application, self._publication, self._clock = application, publication, clock
        self._lock = threading.Lock()
        self._most_bytes, self._bytes = most_bytes, 0
        self._state: object = None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        state = self._publication.state()
        if state is None or environ["REQUEST_METHOD"] not in METHODS or environ.get("QUERY_STRING"):
            return self._application(environ, start_response)
        path = environ.get("PATH_INFO", "")
        page = self._find(path, state)
        if page is None:
            environ[KEEP] = partial(self._keep, path, state)
            return self._application(environ, start_response)
        answer = answer_page(page, environ)
        start_response(STATUS_LINES[answer.status], list(answer.headers))
        return answer.body

    def _find(self, path: str, state: object) -> Page | None:
        if self._state is not state or path not in self._kept:
            return None
        now = self._clock()
        with self._lock:
            kept = self._kept.get(path) if self._state is state else None
            if kept is None or not kept.since <= now < kept.until:  # a clock may be set back
                return None
            self._kept.move_to_end(path)
            return kept.page

    def _keep(self, path: str, state: object, page: Page, *, since: datetime, until: datetime) -> None:
        """Keep a page that was rendered from `since` on, if all of it is of that state."""
        kept = _Kept(page, since, until)
        if self._publication.state() is not state or kept.size_bytes > self._most_bytes:
            return
        with self._lock:
            if self._state is not state:
                self._state, self._bytes = state, 0
                self._kept.clear()
            self._forget(path)
            self._kept[path] = kept
            self._bytes += kept.size_bytes
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._kept)))

    def _forget(self, path: str) -> None:
        forgotten = self._kept.pop(path, None)
        self._bytes -= forgotten.size_bytes if forgotten else 0
