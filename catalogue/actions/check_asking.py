"""Ask one address what directories and apps ask it: HEAD first, then what its kind needs."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from catalogue.actions.check_covers import CoverMemory
from catalogue.check.addresses import Address, Kind
from catalogue.check.online import FeedReply, Reply
from catalogue.errors import OutsideError
from catalogue.outside.exchange import Asked, Fetched
from catalogue.outside.fetch import fetch
from catalogue.outside.guard import Guard
from catalogue.outside.limits import Clock, Limits

# A page of somebody else, which wants to read a transcript; .example is nobody's (RFC 2606).
ORIGIN = ("Origin", "https://player.example")
FIRST_BYTES = ("Range", "bytes=0-1")
# A length that is of the file itself, not of it packed.
PLAIN = ("Accept-Encoding", "identity")
_TOO_LARGE = "outside-too-large"
_KIB, _MIB = 1024, 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Whom a check may ask, how much and how long.

    Of a feed no more than `most_addresses` are asked, of a host one after another, `hosts_at_once` hosts beside each
    other, and nobody any more once `whole` is over. A host that was silent `most_silent` times in a row is left alone.
    `covers` knows what pictures were at the last look (None: nothing is compared or kept).
    """

    guard: Guard
    limits: Limits = field(default_factory=lambda: Limits(whole=timedelta(seconds=30)))
    feed_limits: Limits = field(default_factory=Limits)
    most_addresses: int = 100
    hosts_at_once: int = 8
    most_silent: int = 3
    whole: timedelta = timedelta(minutes=5)
    clock: Clock = time.monotonic
    covers: CoverMemory | None = None

    def ask(self, asked: Asked, *, size_bytes: int, into: Path | None = None) -> Fetched:
        """Ask once, for an answer of at most so many bytes; raises OutsideError."""
        limits = replace(self.limits, size_bytes=size_bytes)
        if into is None:
            return fetch(asked, guard=self.guard, limits=limits, clock=self.clock)
        with into.open("wb") as file:
            return fetch(asked, guard=self.guard, limits=limits, into=file, clock=self.clock)


def ask_address(address: Address, asking: Asking, *, into: Path) -> Reply:
    """Ask an address of a feed; never raises for what it answers. What came is in the file `into`."""
    try:
        return _QUESTIONS[address.kind](address.url, asking, into)
    except OutsideError as error:
        return failed_reply(error)


def failed_reply(error: OutsideError) -> Reply:
    """The reply of who did not give one."""
    return Reply(failure=error.sentence, failure_code=error.code)


def ask_feed(url: str, asking: Asking, *, first: Fetched, body: Path) -> FeedReply:
    """Ask a feed's address by HEAD, and again on condition that it changed; `body` is what came `first`.

    Never raises for what it answers.
    """
    head = _head_reply(url, asking)
    etag, modified = first.header("etag") or "", first.header("last-modified") or ""
    status, is_same = _asked_again(Asked(url=url).if_changed(etag=etag, last_modified=modified), asking, body)
    return FeedReply(
        head=head,
        media_type=first.header("content-type") or "",
        coding=(first.header("content-encoding") or "").replace("identity", ""),
        size_bytes=first.size_bytes,
        etag=etag,
        last_modified=modified,
        again_status=status,
        is_same=is_same,
        links=first.header("link") or "",
        moved_to=first.url if first.hops and first.hops[0].status in {301, 308} else "",
    )


def take_feed(url: str, asking: Asking, *, into: Path) -> Fetched:
    """Fetch a feed into a file; raises OutsideError."""
    with into.open("wb") as file:
        return fetch(Asked(url=url), guard=asking.guard, limits=asking.feed_limits, into=file, clock=asking.clock)


def _asked_again(asked: Asked, asking: Asking, body: Path) -> tuple[int | None, bool]:
    if not asked.headers:
        return None, True
    again = body.with_suffix(".again")
    try:
        with again.open("wb") as file:
            fetched = fetch(asked, guard=asking.guard, limits=asking.feed_limits, into=file, clock=asking.clock)
    except OutsideError:  # it answered a moment ago: whether it knows 304 cannot be told
        return 304, True
    if fetched.is_unchanged:
        return 304, True
    return fetched.status, _digest(again) == _digest(body)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _head_reply(url: str, asking: Asking, *more: tuple[str, str]) -> Reply:
    try:
        return _reply(asking.ask(Asked(url=url, method="HEAD", headers=(PLAIN, *more)), size_bytes=_KIB))
    except OutsideError as error:
        return failed_reply(error)


def _reply(fetched: Fetched) -> Reply:
    length = fetched.header("content-length") or ""
    return Reply(
        status=fetched.status,
        is_downgraded=fetched.is_downgraded,
        size_bytes=int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else None,
        media_type=(fetched.header("content-type") or "").partition(";")[0].strip().lower(),
        origin=_origin(fetched),
    )


def _origin(fetched: Fetched) -> str:
    """Who may read it from a web page; who answers with the very page that asked lets everybody."""
    allowed = (fetched.header("access-control-allow-origin") or "").strip()
    return "*" if allowed == ORIGIN[1] else allowed


def _ask_audio(url: str, asking: Asking, _: Path) -> Reply:
    reply = _head_reply(url, asking)
    if reply.failure:
        return reply
    try:
        part = asking.ask(Asked(url=url, headers=(FIRST_BYTES,)), size_bytes=64 * _KIB)
    except OutsideError as error:
        if error.code != _TOO_LARGE:
            return replace(reply, failure=error.sentence, failure_code=error.code)
        return replace(reply, range_status=200)
    return replace(reply, range_status=part.status, content_range=part.header("content-range") or "")


def _ask_picture(url: str, asking: Asking, into: Path) -> Reply:
    reply = _head_reply(url, asking)
    if reply.failure:
        return reply
    try:
        asking.ask(Asked(url=url), size_bytes=8 * _MIB, into=into)
    except OutsideError as error:
        if error.code != _TOO_LARGE:
            raise
        return replace(reply, content_fault="The cover has more than 8 MiB; apps want 512 KB.")
    return reply


def _ask_publisher(url: str, asking: Asking, into: Path) -> Reply:
    return _reply(asking.ask(Asked(url=url), size_bytes=8 * _MIB, into=into))


def _ask_transcript(url: str, asking: Asking, _: Path) -> Reply:
    return _head_reply(url, asking, ORIGIN)


def _ask_chapters(url: str, asking: Asking, _: Path) -> Reply:
    fetched = asking.ask(Asked(url=url, headers=(ORIGIN,)), size_bytes=_MIB)
    content = fetched.body.decode("utf-8", "replace") if fetched.is_success else None
    return replace(_reply(fetched), content=content)


_QUESTIONS = {
    Kind.AUDIO: _ask_audio,
    Kind.PICTURE: _ask_picture,
    Kind.TRANSCRIPT: _ask_transcript,
    Kind.CHAPTERS: _ask_chapters,
    Kind.PUBLISHER: _ask_publisher,
}
