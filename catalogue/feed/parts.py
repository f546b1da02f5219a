"""The parts of a feed, in groups of items, so that one new episode leaves nearly everything as it was."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# So many items are packed together: more pack better, fewer are quicker to redo. Counted from the oldest item.
GROUP_ITEMS = 50
# Six of nine levels: the others pack hardly better.
_LEVEL = 6
_RAW_DEFLATE = -15


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a feed: its bytes, and the same as a piece of a deflate stream."""

    body: bytes
    packed: bytes
    crc: int
    digest: bytes
    keys: tuple[str, ...] = ()
    """Of its items, newest first; none in a head."""
    ends: tuple[int, ...] = ()
    """Where each item ends in `body`."""

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Give each item's key and XML."""
        start = 0
        for key, end in zip(self.keys, self.ends, strict=True):
            yield key, self.body[start:end]
            start = end


def grouped(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Cut the keys of items, newest first, into groups: only the first, the newest, may be smaller.

    >>> [len(group) for group in grouped(["key"] * 120)]
    [20, 50, 50]
    """
    first = len(keys) % GROUP_ITEMS
    if first:
        yield tuple(keys[:first])
    for start in range(first, len(keys), GROUP_ITEMS):
        yield tuple(keys[start : start + GROUP_ITEMS])


def make_head(body: bytes) -> Part:
    """Pack what stands before the items."""
    return Part(body=body, packed=pack(body), crc=zlib.crc32(body), digest=hashlib.sha256(body).digest())


def make_group(items: Sequence[tuple[str, bytes]]) -> Part:
    """Pack items, given as key and XML."""
    body = b"".join(xml for _, xml in items)
    ends: list[int] = []
    for _, xml in items:
        ends.append((ends[-1] if ends else 0) + len(xml))
    return Part(
        body=body,
        packed=pack(body),
        crc=zlib.crc32(body),
        digest=hashlib.sha256(body).digest(),
        keys=tuple(key for key, _ in items),
        ends=tuple(ends),
    )


def pack(body: bytes) -> bytes:
    """Compress a piece of a deflate stream that does not depend on what stands before it."""
    packer = _packer()
    return packer.compress(body) + packer.flush(zlib.Z_FULL_FLUSH)


def pack_end(body: bytes) -> bytes:
    """Compress the last piece of a deflate stream."""
    packer = _packer()
    return packer.compress(body) + packer.flush()


def _packer() -> zlib._Compress:
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
