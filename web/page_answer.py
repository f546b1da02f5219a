"""A page once rendered, and what a request for it is answered: its bytes, packed where that is welcome, or a 304.

Apart from Flask, so that the short way (`web.page_fast`) and the long one (`web.app`) give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from werkzeug.datastructures import EnvironHeaders

from web import ranges
from web.feed_answer import accepted_codings, names_tag

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# A page is packed once and sent often; more than this saves nothing.
_LEVEL = 6
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")
# Said of each body anew.
_OF_BODY = frozenset({"content-length", "content-encoding", "content-type", "etag"})


@dataclass(frozen=True, kw_only=True)
class PageAnswer:
    """Status, headers and body of an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: tuple[bytes, ...] = ()


class Page:
    """A rendered page: its body, and the headers that go with it however it is coded. Threads may share one."""

    def __init__(self, body: bytes, headers: Iterable[tuple[str, str]], *, content_type: str) -> None:
        self.body = body
        named = tuple((name, value) for name, value in headers if name.lower() not in _OF_BODY)
        self.headers = (*named, ("Vary", "Accept-Encoding"))
        self.content_type = content_type
        digest = hashlib.sha256(body).hexdigest()[:32]
        # A strong tag is of bytes as they are sent (RFC 9110, 8.8.3.3).
        self.tags = {"": f'"{digest}"', "gzip": f'"{digest}-gzip"'}
        self._packed: bytes | None = None

    def coded(self, coding: str) -> bytes:
        """Give the body in gzip, or (`""`) as it is; packed when first asked for."""
        if not coding:
            return self.body
        if self._packed is None:
            self._packed = gzip.compress(self.body, _LEVEL, mtime=0)
        return self._packed


def answer_page(page: Page, environ: WSGIEnvironment) -> PageAnswer:
    """Answer a GET or HEAD. Pages have no date, and no use for a part: Range and conditions on dates are ignored."""
    coding = _chosen(page, environ)
    common = (*page.headers, ("ETag", page.tags[coding]))
    refusal = _refusal(environ, page.tags[coding])
    if refusal == 412:
        refused = (("Content-Type", page.content_type), ("Content-Length", "0"))
        return PageAnswer(status=412, headers=(*common, *refused))
    if refusal == 304:
        return PageAnswer(status=304, headers=common)
    body = page.coded(coding)
    whole = (*common, ("Content-Type", page.content_type), ("Content-Length", str(len(body))))
    headers = (*whole, ("Content-Encoding", coding)) if coding else whole
    return PageAnswer(status=200, headers=headers, body=(body,) if environ["REQUEST_METHOD"] == "GET" else ())


def _chosen(page: Page, environ: WSGIEnvironment) -> str:
    """The coding that the browser has already, if it has one and still takes it, else the one it likes best."""
    welcome = [one for one in accepted_codings(environ.get("HTTP_ACCEPT_ENCODING", "")) if one in page.tags]
    match = environ.get("HTTP_IF_NONE_MATCH")
    had = (one for one in welcome if match is not None and names_tag(match, page.tags[one]))
    return next(had, welcome[0])


def _refusal(environ: WSGIEnvironment, etag: str) -> int | None:
    if not any(name in environ for name in _CONDITIONS):
        return None
    return ranges.precondition(EnvironHeaders(environ), etag=etag, modified=None)
