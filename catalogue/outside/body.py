"""The body of an answer, taken as it comes and no further than its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from catalogue.errors import AnswerRefused
from catalogue.outside.coding import decoded
from catalogue.outside.exchange import Fetched

# What an error's page says at its beginning is enough to tell why.
ERROR_PAGE_BYTES = 16 * 1024
_MIB = 1024 * 1024


class Sink(Protocol):
    """Where a body goes: an open file, or what looks like one."""

    def write(self, piece: bytes, /) -> int: ...


def with_body(head: Fetched, chunks: Iterable[bytes], *, limit_bytes: int, into: Sink | None) -> Fetched:
    """Take the body of an answer, into the file where there is one; of an error, the beginning, and never into it.

    Raises AnswerRefused beyond the limit: by what is announced, by what comes, packed or unpacked.
    """
    if not head.is_success:
        try:
            body = _beginning(_unpacked(chunks, head))
        except AnswerRefused:  # the status is what matters, not how its page is packed
            body = b""
        return replace(head, body=body, size_bytes=len(body))
    length = head.header("content-length") or ""
    if length.isdecimal() and len(length) < 20 and int(length) > limit_bytes:
        raise _too_large(head, limit_bytes)
    pieces = _counted(_unpacked(_counted(chunks, head, limit_bytes), head), head, limit_bytes)
    if into is not None:
        return replace(head, size_bytes=sum(into.write(piece) for piece in pieces))
    body = b"".join(pieces)
    return replace(head, body=body, size_bytes=len(body))


def _unpacked(chunks: Iterable[bytes], head: Fetched) -> Iterator[bytes]:
    return decoded(chunks, head.header("content-encoding") or "", url=head.url)


def _counted(pieces: Iterable[bytes], head: Fetched, limit_bytes: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit_bytes:
            raise _too_large(head, limit_bytes)
        yield piece


def _beginning(pieces: Iterable[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) >= ERROR_PAGE_BYTES:
            break
    return bytes(body[:ERROR_PAGE_BYTES])


def _too_large(head: Fetched, limit_bytes: int) -> AnswerRefused:
    return AnswerRefused(
        "outside-too-large",
        "It is larger than {limit}, and was not taken.",
        url=head.url,
        limit=f"{limit_bytes // _MIB} MiB" if limit_bytes >= _MIB else f"{limit_bytes:,} bytes",
    )
