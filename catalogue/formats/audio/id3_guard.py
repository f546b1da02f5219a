"""A look at an ID3v2 tag before mutagen sees it: crafted ones cost seconds and gigabytes.

Five thousand equal pictures in 90 kB take 20 s, one compressed frame inflates a thousandfold, and chapters
nested in chapters end in a RecursionError.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.formats.audio.id3_blocks import syncsafe

TAG_LIMIT_BYTES = 32 * 1024 * 1024
FRAME_LIMIT = 2_000
DEPTH_LIMIT = 3

# ID3v2.3 section 3.3.1, ID3v2.4 structure section 4.1.2.
_COMPRESSED = {3: 0x80, 4: 0x08}


@dataclass(frozen=True, slots=True)
class _Frame:
    name: bytes
    flags: int
    content: bytes
    depth: int


def find_danger(tag: bytes) -> str | None:
    """Why this tag (header included) must not be parsed, as the end of a sentence; None if it may be."""
    version = tag[3]
    for count, frame in enumerate(_frames(_body(tag), version, depth=0), start=1):
        if count > FRAME_LIMIT:
            return f"it has more than {FRAME_LIMIT:,} frames"
        if frame.flags & _COMPRESSED.get(version, 0):
            return f"its frame {frame.name.decode('ascii', 'replace')} is compressed"
        if frame.depth > DEPTH_LIMIT:
            return "its chapters are nested too deeply"
    return None


def _body(tag: bytes) -> bytes:
    """The tag's frames, as mutagen will see them: without extended header and unsynchronisation."""
    version, flags, start = tag[3], tag[5], 10
    if flags & 0x40 and version == 4:
        start += syncsafe(tag[10:14])
    elif flags & 0x40 and version == 3:
        start += 4 + int.from_bytes(tag[10:14], "big")
    body = tag[start:]
    return body.replace(b"\xff\x00", b"\xff") if flags & 0x80 and version < 4 else body


def _frames(body: bytes, version: int, *, depth: int) -> Iterator[_Frame]:
    """Yield every frame and the frames inside chapters; ends at padding or the first thing that is none."""
    header = 6 if version == 2 else 10
    position = 0
    while position + header <= len(body) and body[position] != 0:
        name = body[position : position + header - (3 if version == 2 else 6)]
        digits = body[position + len(name) : position + 2 * len(name)]
        length = _length(body, position, digits=digits, version=version)
        flags = body[position + 9] if header == 10 else 0
        content = body[position + header : position + header + length]
        yield _Frame(name, flags, content, depth)
        if name in (b"CHAP", b"CTOC") and depth <= DEPTH_LIMIT:
            yield from _frames(_inside(name, content), version, depth=depth + 1)
        position += header + length


def _length(body: bytes, position: int, *, digits: bytes, version: int) -> int:
    """A frame's length; iTunes wrote plain numbers into ID3v2.4, so the reading that leads to a frame counts."""
    plain = int.from_bytes(digits, "big")
    if version < 4 or max(digits) > 0x7F:
        return plain
    safe = syncsafe(digits)
    after = body[position + 10 + safe : position + 14 + safe]
    leads_on = not after.strip(b"\x00") or (after.isascii() and after.isalnum())
    return safe if leads_on or safe == plain else plain


def _inside(name: bytes, content: bytes) -> bytes:
    """The frames in a chapter or table of contents (ID3v2 Chapter Frame Addendum, section 3)."""
    _, _, rest = content.partition(b"\x00")
    if name == b"CHAP":
        return rest[16:]
    children = rest[1:2]
    rest = rest[2:]
    for _ in range(children[0] if children else 0):
        _, _, rest = rest.partition(b"\x00")
    return rest
