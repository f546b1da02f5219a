"""Conditional and range requests, as a pure function of headers and facts (RFC 9110, sections 13 and 14).

Our own, because what Werkzeug answers makes some podcast apps loop: it says 416 to a range it cannot read, to
several ranges and to a suffix longer than the file, gives HEAD a 206, and lets If-Range match a weak tag.
A range we do not understand is ignored, as the RFC allows; several ranges get the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import Headers
from werkzeug.http import http_date, parse_date, parse_etags

# 20 digits hold every file there is, and 2^64 - 1, which some clients say for "the end"; and they keep int() quick.
_RANGE = re.compile(r"bytes=[ \t]*(\d{0,20})-(\d{0,20})[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to answer: the headers that depend on the request, and the bytes `first` to `last`, both included."""

    status: int
    headers: tuple[tuple[str, str], ...]
    first: int = 0
    last: int = -1

    @property
    def length(self) -> int:
        """How many bytes of body follow."""
        return self.last - self.first + 1

    @property
    def is_refusal(self) -> bool:
        """Whether this answers the request's conditions alone, so that no cache may keep it for others."""
        return self.status in (412, 416)


def respond(headers: Headers, *, method: str, size: int, etag: str, modified: datetime | None) -> Outcome:
    """Decide what a GET or HEAD of `size` bytes gets.

    `etag` is strong and quoted; `modified` aware UTC, None where nothing knows when. Order of the questions:
    RFC 9110, 13.2.2.
    """
    validators = (("ETag", etag), *((("Last-Modified", http_date(modified)),) if modified else ()))
    refusal = precondition(headers, etag=etag, modified=modified)
    if refusal == 304:
        return Outcome(status=304, headers=validators)
    if refusal:
        return Outcome(status=refusal, headers=(("Content-Length", "0"),))
    common = (*validators, ("Accept-Ranges", "bytes"))
    wanted = _wanted_range(headers, size, etag, modified) if method == "GET" and size else None
    if wanted is None:
        whole = (*common, ("Content-Length", str(size)))
        return Outcome(status=200, headers=whole, last=size - 1 if method == "GET" else -1)
    first, last = wanted
    if first >= size:
        return Outcome(status=416, headers=(*common, ("Content-Range", f"bytes */{size}"), ("Content-Length", "0")))
    part = (("Content-Range", f"bytes {first}-{last}/{size}"), ("Content-Length", str(last - first + 1)))
    return Outcome(status=206, headers=common + part, first=first, last=last)


def precondition(headers: Headers, *, etag: str, modified: datetime | None) -> int | None:
    """Give 304 or 412 where a condition of the request says so, else None."""
    bare, moment = etag.strip('"'), modified.replace(microsecond=0) if modified else None
    if (match := headers.get("If-Match")) is not None:
        if not parse_etags(match).contains(bare):
            return 412
    elif moment and (since := parse_date(headers.get("If-Unmodified-Since"))) and moment > since:
        return 412
    if (none_match := headers.get("If-None-Match")) is not None:
        return 304 if parse_etags(none_match).contains_weak(bare) else None
    since = parse_date(headers.get("If-Modified-Since"))
    return 304 if since and moment and moment <= since else None


def _wanted_range(headers: Headers, size: int, etag: str, modified: datetime | None) -> tuple[int, int] | None:
    """The first and last byte asked for; first >= size where nothing of it exists; None for the whole."""
    match = _RANGE.fullmatch(headers.get("Range", "").strip())
    if match is None or not _if_range_holds(headers.get("If-Range"), etag, modified):
        return None
    start, end = match.groups()
    if not start:
        return (max(size - int(end), 0) if int(end) else size, size - 1) if end else None
    if end and int(end) < int(start):
        return None
    return int(start), min(int(end), size - 1) if end else size - 1


def _if_range_holds(condition: str | None, etag: str, modified: datetime | None) -> bool:
    """Only the very tag, or the very date (RFC 9110, 13.1.5): anything else might join two different files."""
    if condition is None:
        return True
    if condition.strip() == etag:
        return True
    return modified is not None and parse_date(condition) == modified.replace(microsecond=0)
