"""Tags of Ogg and FLAC files: Vorbis comments and FLAC pictures."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any

import mutagen.flac

from catalogue.formats.audio.tag_chapters import read_vorbis_chapters
from catalogue.formats.audio.tags import RawTags

# Keys in use (Vorbis I comment recommendation, ffmpeg, Auphonic), the most fitting first.
_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "author": ("artist", "albumartist", "album artist"),
    "album": ("album", "show"),
    "number": ("episode_sort", "episode", "tracknumber", "track"),
    "season": ("season_number", "season", "discnumber", "disc"),
    "published": ("releasedate", "date", "originaldate"),
    "language": ("language",),
    "summary": ("summary", "subtitle", "description"),
    "notes": ("lyrics", "unsyncedlyrics", "comment", "synopsis"),
    "guid": ("podcastid", "podcastguid"),
    "feed_url": ("podcasturl",),
}
_FRONT_COVER = 3


def read_vorbis(comments: Mapping[str, list[str]] | None, pictures: Iterable[mutagen.flac.Picture] = ()) -> RawTags:
    """Read comments as mutagen gives them (keys in lower case), and FLAC's own picture blocks if any."""
    texts = {key.lower(): [str(value) for value in values] for key, values in dict(comments or {}).items()}
    first = {key: values[0] for key, values in texts.items() if values}
    covers = [*pictures, *_embedded_pictures(texts.get("metadata_block_picture", ()))]
    covers.sort(key=lambda picture: picture.type != _FRONT_COVER)
    return RawTags(
        texts={field: _joined(texts, keys) for field, keys in _KEYS.items()},
        chapters=tuple(read_vorbis_chapters(first)),
        picture=covers[0].data if covers else _bare_picture(first.get("coverart")),
    )


def _joined(texts: Mapping[str, list[str]], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(", ".join(texts[key]) for key in keys if texts.get(key))


def _embedded_pictures(blocks: Iterable[str]) -> list[Any]:
    pictures = []
    for block in blocks:
        content = _bare_picture(block)
        try:
            pictures.append(mutagen.flac.Picture(content or b""))
        except mutagen.flac.error:
            continue  # one broken picture must not cost the next; that none is left shows in the facts
    return pictures


def _bare_picture(text: str | None) -> bytes | None:
    """What a comment holds in Base64; None if it is nothing of the kind."""
    try:
        return base64.b64decode(text, validate=False) if text else None
    except binascii.Error:
        return None
