"""What a request for a feed is answered: its bytes in the coding the app likes best, or that it has them already.

Apart from Flask, so that the short way (`web.fast_path`) and the long one (`web.feeds`) give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from werkzeug.datastructures import Accept, EnvironHeaders
from werkzeug.http import http_date, parse_accept_header, parse_etags

from web import ranges
from web.headers import SAFETY, SHARED
from web.published import Coded, FeedBody

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
MAX_AGE: Final = 300
# Best first; the empty one is no coding at all.
CODINGS = ("br", "gzip", "")
_NONE_MATCH = "HTTP_IF_NONE_MATCH"
_CONDITIONS = (_NONE_MATCH, "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_ALWAYS = (*SHARED.items(), *SAFETY.items(), ("Vary", "Accept-Encoding"))
_formatted_date = lru_cache(maxsize=256)(http_date)


@dataclass(frozen=True, kw_only=True)
class FeedAnswer:
    """Status, headers and body of an answer; the body in pieces."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: tuple[bytes, ...] = ()


def answer_feed(
    found: FeedBody, environ: WSGIEnvironment, *, now: datetime, media_type: str = MEDIA_TYPE
) -> FeedAnswer:
    """Answer a GET or HEAD. A part of a feed is of no use to anybody: Range is ignored."""
    name, coded = _chosen(found, environ)
    refusal = _refusal(environ, coded, found.changed_at)
    if refusal == 412:
        refused = (("Content-Length", "0"), ("Content-Type", media_type), ("Cache-Control", "no-store"))
        return FeedAnswer(status=412, headers=(*_ALWAYS, *refused))
    common = (
        *_ALWAYS,
        ("ETag", coded.etag),
        ("Last-Modified", _formatted_date(found.changed_at)),
        ("Cache-Control", f"public, max-age={_seconds_fresh(found.due_at, now)}"),
        *((("Link", found.link),) if found.link else ()),
    )
    if refusal == 304:
        return FeedAnswer(status=304, headers=common)
    whole = (*common, ("Content-Type", media_type), ("Content-Length", str(coded.size_bytes)))
    headers = (*whole, ("Content-Encoding", name)) if name else whole
    return FeedAnswer(status=200, headers=headers, body=coded.chunks if environ["REQUEST_METHOD"] == "GET" else ())


@lru_cache(maxsize=256)
def accepted_codings(header: str) -> tuple[str, ...]:
    """Give the codings an app takes, the best first; plain is always among them (RFC 9110, 12.5.3).

    >>> accepted_codings("gzip, br;q=0.5, deflate")
    ('gzip', 'br', '')
    """
    accepted = parse_accept_header(header, Accept)
    plain = accepted["identity"] if "identity" in accepted.values() else 0
    welcome = [name for name in CODINGS if name and accepted[name] > 0 and accepted[name] >= plain]
    return (*sorted(welcome, key=lambda name: -accepted[name]), "")


def _chosen(found: FeedBody, environ: WSGIEnvironment) -> tuple[str, Coded]:
    """The coding to answer in: the one the app has already, if it has one, else the one it likes best.

    Brotli is there a little later than the rest: an app that has the same feed in gzip need not fetch it again.
    """
    there = tuple(_there(found, accepted_codings(environ.get("HTTP_ACCEPT_ENCODING", ""))))
    match = environ.get(_NONE_MATCH)
    if match is not None:
        for name, coded in there:
            if names_tag(match, coded.etag):
                return name, coded
    return there[0]


def _there(found: FeedBody, names: tuple[str, ...]) -> Iterator[tuple[str, Coded]]:
    for name in names:
        coded = found.plain if not name else found.gzip if name == "gzip" else found.brotli
        if coded is not None:
            yield name, coded


def names_tag(match: str, etag: str) -> bool:
    """Whether an If-None-Match names a tag, weakly (RFC 9110, 13.1.2)."""
    if match in (etag, f"W/{etag}", "*"):
        return True
    return etag[1:-1] in match and parse_etags(match).contains_weak(etag[1:-1])


def _refusal(environ: WSGIEnvironment, coded: Coded, changed_at: datetime) -> int | None:
    asked = [name for name in _CONDITIONS if name in environ]
    if not asked:
        return None
    if asked == [_NONE_MATCH] and environ[_NONE_MATCH] == coded.etag:  # what nearly every app sends
        return 304
    return ranges.precondition(EnvironHeaders(environ), etag=coded.etag, modified=changed_at)


def _seconds_fresh(due_at: datetime | None, moment: datetime) -> int:
    """Until the next episode is due, five minutes at most."""
    if due_at is None:
        return MAX_AGE
    return max(0, min(MAX_AGE, int((due_at - moment).total_seconds())))
