"""Tags of MP4 files, as iTunes defined them, with Nero chapters."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.mp4 import MP4, MP4Chapters, MP4Tags

from catalogue.domain.media import Chapter
from catalogue.formats.audio.tags import RawTags, clean_line

_FREE = "----:com.apple.iTunes:"
# Atom names: mutagen's documentation of MP4Tags, and iTunes' podcast atoms.
_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("©nam",),
    "author": ("©ART", "aART"),
    "album": ("©alb", "tvsh"),
    "number": ("tves", "trkn"),
    "season": ("tvsn", "disk"),
    "published": ("©day",),
    "language": (_FREE + "LANGUAGE",),
    "summary": ("desc",),
    "notes": ("ldes", "©lyr", "©cmt"),
    "guid": ("egid",),
    "feed_url": ("purl",),
}
_BROKEN = (MutagenError, struct.error, ValueError, LookupError, ArithmeticError)


class _LenientChapters(MP4Chapters):
    """One bad title must not cost the file, as it does in mutagen."""

    def load(self, atoms: Any, fileobj: BinaryIO) -> None:
        try:
            super().load(atoms, fileobj)  # type: ignore[no-untyped-call]
        except _BROKEN:
            self._chapters.clear()
            self.is_broken = True


class _LenientTags(MP4Tags):
    """A broken tag must not cost the file."""

    def load(self, atoms: Any, fileobj: BinaryIO) -> None:
        try:
            super().load(atoms, fileobj)  # type: ignore[no-untyped-call]
        except _BROKEN:
            self.is_broken = True


class LenientMP4(MP4):
    """mutagen's MP4 that keeps duration and what tags it can."""

    MP4Tags = _LenientTags
    MP4Chapters = _LenientChapters

    @property
    def has_broken_tags(self) -> bool:
        """Whether tags or chapters had to be given up."""
        return any(getattr(part, "is_broken", False) for part in (self.tags, self.chapters))


def read_mp4(movie: LenientMP4, track_chapters: Sequence[Chapter] = ()) -> RawTags:
    """Read what mutagen found; chapters are those of a text track, or Nero's if these are more.

    Many programs write both: Nero's have no ends and cannot be more than 255.
    """
    tags: dict[str, Any] = dict(movie.tags or {})
    covers = tags.get("covr") or [b""]
    nero = tuple(
        Chapter(start=timedelta(seconds=chapter.start), title=clean_line(chapter.title))
        for chapter in movie.chapters or ()
    )
    return RawTags(
        texts={field: tuple(_texts(tags, keys)) for field, keys in _KEYS.items()},
        chapters=max(tuple(track_chapters), nero, key=len),
        picture=bytes(covers[0]) or None,
    )


def _texts(tags: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    values = [tags[key] if isinstance(tags[key], list) else [tags[key]] for key in keys if key in tags]
    return [", ".join(map(_text, value)) for value in values if value]


def _text(value: object) -> str:
    """A value as text: freeform atoms are bytes, track and disk are (number, of how many)."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
