"""Tags of MP3, AAC, WAV and AIFF files: ID3v2 in all its versions, ID3v1 behind it, chapters and podcast frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from mutagen.id3 import ID3, Frames, Frames_2_2, ID3NoHeaderError

from catalogue.domain.facts import Remark
from catalogue.domain.media import Chapter
from catalogue.formats.audio.id3_frames import lean_frames
from catalogue.formats.audio.id3_guard import find_danger
from catalogue.formats.audio.tags import RawTags, clean_line, find_web_address

# ID3v2.4 native frames section 4; the podcast frames are iTunes'; TXXX as ffmpeg and taggers write it.
_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("TIT2",),
    "author": ("TPE1", "TPE2"),
    "album": ("TALB",),
    "number": ("TRCK", "TXXX:episode"),
    "season": ("TPOS", "TXXX:season"),
    "published": ("TDRL", "TDRC"),
    "language": ("TLAN", "TXXX:language"),
    "summary": ("TDES", "TIT3", "TXXX:description", "TXXX:summary"),
    "notes": ("USLT", "COMM", "TXXX:comment", "TXXX:synopsis", "TXXX:lyrics"),
    "guid": ("TGID",),
    "feed_url": ("WFED",),
}
_FRONT_COVER = 3
_NO_END = 0xFFFFFFFF
# Comments by machines for machines: iTunes' gapless and volume data, other taggers' marks.
_JUNK_COMMENTS = ("itun", "engr", "id3v1", "mm_", "songs-db_")


_BESIDE = {"TXXX", "WXXX", "APIC", "CHAP", "CTOC", "TYER", "TDAT", "TIME"}
_USED = _BESIDE | {name.partition(":")[0] for names in _KEYS.values() for name in names}
# No other frame is parsed: some of mutagen's parsers fail with more than its own errors.
_FRAMES = lean_frames(_USED)
_FRAMES_2_2 = {
    **{name: frame for name, frame in Frames_2_2.items() if getattr(frame.__base__, "__name__", "") in _USED},
    **{name: frame for name, frame in Frames.items() if name in _USED},
}


def read_id3(tag: bytes, old_tag: bytes = b"") -> RawTags:
    """Read an ID3v2 tag (header included, empty if there is none) and, for what it lacks, the 128 bytes of ID3v1.

    A tag that is dangerous to parse is left out with a remark. Raises mutagen's errors for a broken one.
    """
    danger = find_danger(tag) if tag else None
    if danger is not None:
        sentence = f"Its ID3 tag was passed over: {danger}. Write the tag anew."
        return RawTags(remarks=(Remark(code="tags-refused", message=sentence),))
    is_ancient = tag[3:4] == b"\x02"
    known, source = _FRAMES_2_2 if is_ancient else _FRAMES, BytesIO(tag + old_tag)
    try:
        frames = ID3(source, known_frames=known, translate=is_ancient, load_v1=bool(old_tag))
    except ID3NoHeaderError:
        return RawTags()
    by_name = _by_name(frames.values())
    return RawTags(
        texts={field: _texts(by_name, keys) for field, keys in _KEYS.items()},
        chapters=_chapters(frames),
        picture=_picture(frames.getall("APIC")),
    )


def _by_name(frames: Iterable[Any]) -> dict[str, list[str]]:
    """Texts under the frame's name; TXXX frames under theirs and the description in lower case."""
    named: dict[str, list[str]] = {}
    for frame in frames:
        name = f"TXXX:{frame.desc.lower()}" if frame.FrameID == "TXXX" else frame.FrameID
        if frame.FrameID == "COMM" and frame.desc.lower().startswith(_JUNK_COMMENTS):
            continue
        named.setdefault(name, []).append(_text(frame))
    if "TDRC" not in named and "TYER" in named:
        named["TDRC"] = [_recorded(*(named.get(part, [""])[0] for part in ("TYER", "TDAT", "TIME")))]
    return named


def _recorded(year: str, day: str, time: str) -> str:
    """ID3v2.3's year, day (DDMM) and time (HHMM) as ID3v2.4's one moment.

    >>> _recorded("2018", "0305", "1000")
    '2018-05-03T10:00'
    """
    if not re.fullmatch(r"\d{4}", day):
        return year
    moment = f"{year}-{day[2:]}-{day[:2]}"
    return f"{moment}T{time[:2]}:{time[2:]}" if re.fullmatch(r"\d{4}", time) else moment


def _text(frame: Any) -> str:
    """The text of a text, comment, lyrics or address frame; several values joined by commas."""
    text = getattr(frame, "text", None)
    if isinstance(text, list):
        return ", ".join(map(str, text))
    return str(text if text is not None else getattr(frame, "url", ""))


def _texts(by_name: dict[str, list[str]], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for key in keys for text in by_name.get(key, ()) if text)


def _picture(pictures: list[Any]) -> bytes | None:
    """The front cover, else the first picture; a picture that is only an address counts as none."""
    held = [picture for picture in pictures if picture.mime != "-->" and picture.data]
    held.sort(key=lambda picture: picture.type != _FRONT_COVER)
    return held[0].data if held else None


def _chapters(frames: Any) -> tuple[Chapter, ...]:
    """Chapters by start time; those that a table of contents leaves out only change picture or link."""
    listed = {child for contents in frames.getall("CTOC") for child in contents.child_element_ids}
    found = sorted(frames.getall("CHAP"), key=lambda chapter: chapter.start_time)
    is_contents_of_use = any(chapter.element_id in listed for chapter in found)
    return tuple(
        _chapter(chapter, is_listed=not is_contents_of_use or chapter.element_id in listed) for chapter in found
    )


def _chapter(frame: Any, *, is_listed: bool) -> Chapter:
    titles = [_text(title) for title in frame.sub_frames.getall("TIT2")]
    urls = [find_web_address(link.url) for link in frame.sub_frames.getall("WXXX")]
    has_end = frame.end_time not in (0, _NO_END)
    return Chapter(
        start=timedelta(milliseconds=frame.start_time),
        end=timedelta(milliseconds=frame.end_time) if has_end else None,
        title=clean_line(titles[0]) if titles else "",
        url=next(filter(None, urls), None),
        is_listed=is_listed,
    )
