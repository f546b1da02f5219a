"""ID3 tags where a file has them: before and behind the frames, or in a chunk of their own."""

from __future__ import annotations

from catalogue.domain.facts import Remark
from catalogue.formats.audio.id3_blocks import id3_length
from catalogue.formats.audio.id3_guard import TAG_LIMIT_BYTES
from catalogue.formats.audio.iff_chunks import find_id3_chunk
from catalogue.formats.audio.opened import BROKEN, BROKEN_TAGS, Opened
from catalogue.formats.audio.tags import RawTags
from catalogue.formats.audio.tags_id3 import read_id3


def leading_id3(opened: Opened) -> RawTags:
    """Read the ID3v2 tag at the very beginning and, for what it lacks, the ID3v1 tag at the end."""
    opened.stream.seek(0)
    length = id3_length(opened.stream.read(10))
    opened.stream.seek(max(0, opened.size - 128))
    old_tag = opened.stream.read(128)
    return _id3(opened, 0, length=length, old_tag=old_tag if old_tag.startswith(b"TAG") else b"")


def chunk_id3(opened: Opened) -> RawTags:
    """Read the tag in an `ID3 ` chunk of a WAV or AIFF file; without one there are no tags."""
    chunk = find_id3_chunk(opened.stream, opened.size)
    return RawTags() if chunk is None else _id3(opened, chunk.start, length=chunk.stop - chunk.start, old_tag=b"")


def _id3(opened: Opened, start: int, *, length: int, old_tag: bytes) -> RawTags:
    if length > TAG_LIMIT_BYTES:
        sentence = "Its ID3 tag is over 32 MiB and was passed over. Give it a smaller picture."
        return RawTags(remarks=(Remark(code="tags-refused", message=sentence),))
    opened.stream.seek(start)
    tag = opened.stream.read(length)
    try:
        return read_id3(tag, old_tag)
    except BROKEN:
        return RawTags(remarks=(BROKEN_TAGS,))
