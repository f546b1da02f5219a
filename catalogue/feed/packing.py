"""A feed in its content codings: gzip put together from pieces, brotli of the whole.

The gzip body is one member whose deflate stream is made of pieces, each compressed on its own and ended on a byte
(RFC 1951, section 3.2.4): a piece that did not change is used again, and every client reads it as any other gzip.
Several members would be simpler, but some clients read only the first.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.feed.checksum import joined_crc
from catalogue.feed.parts import Part, pack_end

GZIP, BROTLI = "gzip", "br"
# RFC 1952, section 2.3: deflate, no flags, no time, no extra flags, system unknown.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
# Of 11 levels; about as quick as gzip and a sixth smaller.
_BROTLI_QUALITY = 5
# Larger feeds are served in gzip alone: half a second of work for every new episode is enough.
BROTLI_LIMIT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A feed in one coding, in pieces that follow one another; `etag` is strong and quoted."""

    chunks: tuple[bytes, ...]
    size_bytes: int
    etag: str

    @property
    def body(self) -> bytes:
        """All of it in one piece."""
        return b"".join(self.chunks)


def name_feed(parts: Iterable[Part]) -> str:
    """Name the bytes of a feed for its entity tags: other bytes, another name."""
    return hashlib.sha256(b"".join(part.digest for part in parts)).hexdigest()[:32]


def join_plain(parts: Sequence[Part], tail: bytes, *, name: str) -> Coded:
    """Put a feed together as it is."""
    return _coded((*(part.body for part in parts), tail), f'"{name}"')


def join_gzip(parts: Sequence[Part], tail: bytes, *, name: str) -> Coded:
    """Put a feed together in gzip; the same parts give the same bytes."""
    crc, size = zlib.crc32(tail), len(tail)
    for part in reversed(parts):
        crc = joined_crc(part.crc, crc, size)
        size += len(part.body)
    end = pack_end(tail) + crc.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return _coded((_GZIP_HEAD, *(part.packed for part in parts), end), f'"{name}-gzip"')


def join_brotli(plain: Coded) -> Coded | None:
    """Compress a feed with brotli; None for one that is too large. Takes its time."""
    import brotli  # type: ignore[import-untyped]  # only servers need it

    if plain.size_bytes > BROTLI_LIMIT_BYTES:
        return None
    packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    packed = [packer.process(chunk) for chunk in plain.chunks]
    return _coded((b"".join((*packed, packer.finish())),), f'{plain.etag[:-1]}-br"')


def _coded(chunks: tuple[bytes, ...], etag: str) -> Coded:
    return Coded(chunks=chunks, size_bytes=sum(map(len, chunks)), etag=etag)
