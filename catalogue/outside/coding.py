"""A body out of its content coding, never more of it at a time than a piece.

Only gzip is asked for and understood. zlib is used as it is, because httpx2's decoder stops after the first member of
a gzip file and takes a truncated one for whole, and half a feed must not look like a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

from catalogue.errors import AnswerRefused, NoAnswer

PIECE_BYTES = 256 * 1024
# Of a gzip file; bgzip makes one of 64 KiB. A member costs time even where nothing is in it.
MOST_MEMBERS = 5_000
# What is asked for where the caller does not say.
ACCEPTED = "gzip"


def decoded(chunks: Iterable[bytes], coding: str, *, url: str) -> Iterator[bytes]:
    """Take the content coding off, in pieces of at most `PIECE_BYTES`; "" is none.

    Raises AnswerRefused where the coding is not known or not what the body is in, NoAnswer where the body is cut off.
    """
    decoder = _DECODERS.get(coding.strip().lower())
    if decoder is None:
        raise AnswerRefused(
            "outside-coding", "It is packed as {coding}, which nobody asked for.", url=url, coding=coding
        )
    return decoder(chunks, url)


def _as_it_is(chunks: Iterable[bytes], _: str) -> Iterator[bytes]:
    return iter(chunks)


def _gunzipped(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Read every member of a gzip file (RFC 1952, section 2.2); zeros between and behind them are padding."""
    member: zlib._Decompress | None = None
    count = 0
    for chunk in chunks:
        rest = chunk
        while rest := rest.lstrip(b"\0") if member is None else rest:
            if member is None:
                member, count = zlib.decompressobj(zlib.MAX_WBITS | 16), count + 1
            if count > MOST_MEMBERS:
                raise AnswerRefused("outside-gzip", "It is packed in too many pieces.", url=url)
            yield _unpacked(member, rest, url)
            rest, member = (member.unused_data, None) if member.eof else (member.unconsumed_tail, member)
    if member is not None:
        raise NoAnswer("outside-truncated", "It breaks off in the middle. Try again later.", url=url)


def _unpacked(member: zlib._Decompress, packed: bytes, url: str) -> bytes:
    try:
        return member.decompress(packed, PIECE_BYTES)
    except zlib.error as error:
        raise AnswerRefused("outside-gzip", "It says that it is gzip, and is not.", url=url) from error


# RFC 9110, section 8.4.1.3: x-gzip is the same.
_DECODERS: dict[str, Callable[[Iterable[bytes], str], Iterator[bytes]]] = {
    "": _as_it_is,
    "identity": _as_it_is,
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
}
