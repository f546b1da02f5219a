"""Title, numbers, chapters and cover as ID3 frames: MP3, AAC, WAV and AIFF (ID3v2.3, 2.4, Chapter Frame Addendum)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from mutagen.aiff import AIFF
from mutagen.id3 import APIC, CHAP, CTOC, ID3, TIT2, TPOS, TRCK, WXXX, CTOCFlags, ID3NoHeaderError
from mutagen.wave import WAVE

from catalogue.domain.facts import NewTags
from catalogue.domain.media import Chapter
from catalogue.formats.audio.id3_order import order_chapters
from catalogue.formats.audio.iff_chunks import find_id3_chunk

# A table of contents counts its chapters in a byte.
MOST_LISTED = 255
_NO_OFFSET = 0xFFFFFFFF
_UTF8, _FRONT_COVER = 3, 3
_MILLISECOND = timedelta(milliseconds=1)


def write_stream_id3(file: str, tags: NewTags, cover: bytes | None) -> None:
    """Write the tag in front of an MP3 or AAC stream; frames that are not ours stay."""
    try:
        frames = ID3(file)
    except ID3NoHeaderError:
        frames = ID3()
    _fill(frames, tags, cover)
    frames.save(file, v2_version=tags.id3_version)
    with Path(file).open("r+b") as written:
        order_chapters(written, 0)


def write_chunk_id3(file: str, tags: NewTags, cover: bytes | None) -> None:
    """Write the tag into the `id3` chunk of a WAV or AIFF file."""
    with Path(file).open("rb") as opened:
        is_wav = opened.read(4) == b"RIFF"
    audio: Any = WAVE(file) if is_wav else AIFF(file)
    if audio.tags is None:
        audio.add_tags()
    _fill(audio.tags, tags, cover)
    audio.tags.save(file, v2_version=tags.id3_version)
    with Path(file).open("r+b") as written:
        chunk = find_id3_chunk(written, os.fstat(written.fileno()).st_size)
        if chunk is not None:
            order_chapters(written, chunk.start)


def _fill(frames: Any, tags: NewTags, cover: bytes | None) -> None:
    frames.setall("TIT2", [TIT2(encoding=_UTF8, text=[tags.title])])
    if tags.number is not None:
        frames.delall("TXXX:episode")
        frames.setall("TRCK", [TRCK(encoding=_UTF8, text=[f"{tags.number.normalize():f}"])])
    if tags.season is not None:
        frames.delall("TXXX:season")
        frames.setall("TPOS", [TPOS(encoding=_UTF8, text=[str(tags.season)])])
    if tags.chapters:
        _put_chapters(frames, tags)
    if cover is not None:
        others = [picture for picture in frames.getall("APIC") if picture.type != _FRONT_COVER]
        front = APIC(encoding=_UTF8, mime="image/jpeg", type=_FRONT_COVER, desc="", data=cover)
        frames.setall("APIC", [front, *others])
    if tags.id3_version == 3:
        frames.update_to_v23()


def _put_chapters(frames: Any, tags: NewTags) -> None:
    """Chapters, and a table of those that are listed; where these are too many for one, no silent chapters."""
    numbered = [(f"chp{number}", chapter) for number, chapter in enumerate(tags.chapters)]
    listed = [name for name, chapter in numbered if chapter.is_listed]
    has_contents = len(listed) <= MOST_LISTED
    kept = [(name, chapter) for name, chapter in numbered if has_contents or chapter.is_listed]
    ends = _ends([chapter for _, chapter in kept], tags.length)
    frames.delall("CHAP")
    frames.delall("CTOC")
    for (name, chapter), end in zip(kept, ends, strict=True):
        frames.add(_frame(name, chapter, end=end))
    if has_contents:
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        frames.add(CTOC(element_id="toc", flags=flags, child_element_ids=listed, sub_frames=[]))


def _frame(name: str, chapter: Chapter, *, end: timedelta) -> CHAP:
    titles = [TIT2(encoding=_UTF8, text=[chapter.title])] if chapter.title else []
    links = [WXXX(encoding=_UTF8, desc="", url=chapter.url)] if chapter.url else []
    return CHAP(
        element_id=name,
        start_time=round(chapter.start / _MILLISECOND),
        end_time=round(end / _MILLISECOND),
        start_offset=_NO_OFFSET,
        end_offset=_NO_OFFSET,
        sub_frames=[*titles, *links],
    )


def _ends(chapters: Sequence[Chapter], length: timedelta | None) -> list[timedelta]:
    """Where each chapter ends: as stated, else where the next begins, the last with the sound."""
    following = [chapter.start for chapter in chapters[1:]] + [length or chapters[-1].start]
    return [chapter.end or later for chapter, later in zip(chapters, following, strict=True)]
