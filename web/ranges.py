"""Conditional and range requests, as a pure function of headers and facts (RFC 9110, sections 13 and 14).

Our own, because what Werkzeug answers makes some podcast apps loop: it says 416 to a range it cannot read, to
several ranges and to a suffix longer than the file, gives HEAD a 206, and lets If-Range match a weak tag.
A range we do not understand is ignored, as the RFC allows. Up to four ranges that share no byte are sent as they
were asked for, side by side ones too, as nginx does; for more, or for ranges that overlap, the whole file is less work.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from werkzeug.http import http_date, parse_etags
from werkzeug.http import parse_date as parse_any_date

# 20 digits hold every file there is, and 2^64 - 1, which some clients say for "the end"; and they keep int() quick.
_RANGE = re.compile(r"([0-9]{0,20})-([0-9]{0,20})")
_UNIT = re.compile(r"bytes=(.*)", re.IGNORECASE)
MOST_RANGES = 4
# Ranges that are of no byte of the file count as asked for, so a few more may be named than are sent.
MOST_NAMED = 16
BOUNDARY_LETTERS = 20

_http_date = lru_cache(maxsize=4096)(http_date)

Segment = bytes | range
"""A piece of a body: these bytes, or the file's from `start` to `stop`, which is no longer among them."""


class Asked(Protocol):
    """The headers of a request, under names as they are commonly written."""

    def get(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to answer: the headers that depend on the request, and what the body is made of."""

    status: int
    headers: tuple[tuple[str, str], ...]
    segments: tuple[Segment, ...] = ()

    @property
    def length(self) -> int:
        """How many bytes of body follow."""
        return sum(len(segment) for segment in self.segments)

    @property
    def is_refusal(self) -> bool:
        """Whether this answers the request's conditions alone, so that no cache may keep it for others."""
        return self.status in (412, 416)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is asked for: `etag` is strong and quoted, `modified` aware UTC, None where nothing knows when."""

    size: int
    etag: str
    modified: datetime | None
    content_type: str = "application/octet-stream"

    @property
    def validators(self) -> tuple[tuple[str, str], ...]:
        """ETag, and Last-Modified where something knows when."""
        dated = (("Last-Modified", _http_date(self.modified)),) if self.modified else ()
        return (("ETag", self.etag), *dated)


def respond(facts: Facts, headers: Asked, *, method: str) -> Outcome:
    """Decide what a GET or HEAD gets; the order of the questions is that of RFC 9110, 13.2.2.

    Only the answer to several ranges names a Content-Type among its headers: that of the answer as a whole.
    """
    refusal = precondition(headers, etag=facts.etag, modified=facts.modified)
    if refusal == 304:  # with the tag, the date is not needed (RFC 9110, 15.4.5)
        return Outcome(status=304, headers=(("ETag", facts.etag),))
    if refusal:
        return Outcome(status=refusal, headers=(("Content-Length", "0"),))
    wanted = _wanted_ranges(headers, facts) if method == "GET" and facts.size else None
    if wanted is None:
        return _answer(200, facts, (range(facts.size),) if method == "GET" and facts.size else (), facts.size)
    if not wanted:
        return _answer(416, facts, (), 0, ("Content-Range", f"bytes */{facts.size}"))
    if len(wanted) == 1:
        return _answer(206, facts, wanted, len(wanted[0]), ("Content-Range", _content_range(wanted[0], facts.size)))
    return _several(wanted, facts)


def parse_date(text: str | None) -> datetime | None:
    """Read a date of a header; None for what is none, or lies beyond all calendars (RFC 9110, 5.6.7).

    >>> parse_date("Mon, 01 Jan 2024 00:00:00 +9999999999999999")
    """
    try:
        return parse_any_date(text)
    except (OverflowError, ValueError):
        return None


def precondition(headers: Asked, *, etag: str, modified: datetime | None) -> int | None:
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


def _answer(status: int, facts: Facts, segments: tuple[Segment, ...], length: int, *more: tuple[str, str]) -> Outcome:
    """`length` is what GET has or would have: a HEAD has it without the segments."""
    common = (*facts.validators, ("Accept-Ranges", "bytes"), *more, ("Content-Length", str(length)))
    return Outcome(status=status, headers=common, segments=segments)


def _several(wanted: tuple[range, ...], facts: Facts) -> Outcome:
    """Several ranges in one body (RFC 9110, 14.6), laid out byte for byte as nginx does."""
    asked = ",".join(_content_range(part, facts.size) for part in wanted)
    boundary = hashlib.sha256(f"{facts.etag} {asked}".encode()).hexdigest()[:BOUNDARY_LETTERS]
    segments: list[Segment] = []
    for part in wanted:
        described = f"Content-Type: {facts.content_type}\r\nContent-Range: {_content_range(part, facts.size)}"
        segments += [f"\r\n--{boundary}\r\n{described}\r\n\r\n".encode("latin-1"), part]
    segments.append(f"\r\n--{boundary}--\r\n".encode())
    named = ("Content-Type", f"multipart/byteranges; boundary={boundary}")
    return _answer(206, facts, tuple(segments), sum(map(len, segments)), named)


def _content_range(part: range, size: int) -> str:
    return f"bytes {part.start}-{part.stop - 1}/{size}"


def _wanted_ranges(headers: Asked, facts: Facts) -> tuple[range, ...] | None:
    """The ranges to send, in the order asked; empty where nothing of them exists; None for the whole file."""
    match = _UNIT.fullmatch((headers.get("Range") or "").strip(" \t"))
    if match is None or not _if_range_holds(headers.get("If-Range"), facts):
        return None
    named = [one.strip(" \t") for one in match[1].split(",", MOST_NAMED)]
    ranges = [read_range(one, facts.size) for one in named if one]
    if not ranges or None in ranges:
        return None
    wanted = tuple(one for one in ranges if one)
    ordered = sorted(wanted, key=lambda one: one.start)
    is_disjoint = all(one.stop <= other.start for one, other in pairwise(ordered))
    return wanted if len(wanted) <= MOST_RANGES and is_disjoint else None


def read_range(text: str, size: int) -> range | None:
    """The bytes of the file that `5-9`, `5-` or `-9` means, perhaps none; None where it means nothing."""
    match = _RANGE.fullmatch(text)
    if match is None or text == "-":
        return None
    start, end = match.groups()
    if not start:
        return range(max(size - int(end), 0), size)
    if end and int(end) < int(start):
        return None
    return range(min(int(start), size), min(int(end) + 1, size) if end else size)


def _if_range_holds(condition: str | None, facts: Facts) -> bool:
    """Only the very tag, or the very date (RFC 9110, 13.1.5): anything else might join two different files."""
    if condition is None or condition.strip() == facts.etag:
        return True
    return facts.modified is not None and parse_date(condition) == facts.modified.replace(microsecond=0)
