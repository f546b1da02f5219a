"""Title, numbers, chapters and cover as Vorbis comments: Ogg Vorbis, Opus and FLAC (Xiph.Org, "Chapter Extension")."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import Any

from mutagen.flac import FLAC, Picture
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from PIL import Image

from catalogue.domain.clock import clock
from catalogue.domain.facts import NewTags

# The note counts chapters with three digits.
MOST_CHAPTERS = 1000
_FRONT_COVER = 3
_CHAPTER_KEY = re.compile(r"chapter\d{3}(?:name|url)?", re.IGNORECASE | re.ASCII)
# Other keys that would be read before, or instead of, ours.
_SAME_NUMBER = ("episode_sort", "episode", "tracknumber", "track")
_SAME_SEASON = ("season_number", "season", "discnumber", "disc")
# How the first packet of a stream begins.
_CODECS = {b"OpusHead": OggOpus, b"\x01vorbis": OggVorbis, b"\x7fFLAC": OggFLAC}


def write_flac(file: str, tags: NewTags, cover: bytes | None) -> None:
    """Write comments and a picture block; blocks that are not ours stay."""
    audio: Any = FLAC(file)
    _fill(audio, tags)
    if cover is not None:
        others = [picture for picture in audio.pictures if picture.type != _FRONT_COVER]
        audio.clear_pictures()
        for picture in (_picture(cover), *others):
            audio.add_picture(picture)
    audio.save()


def write_ogg(file: str, tags: NewTags, cover: bytes | None) -> None:
    """Write the comment header, with the cover as `METADATA_BLOCK_PICTURE`."""
    with open(file, "rb") as opened:  # noqa: PTH123  (a path in the box)
        head = opened.read(256)
    codec: Any = next(kind for mark, kind in _CODECS.items() if mark in head)
    audio = codec(file)
    _fill(audio, tags)
    if cover is not None:
        audio["metadata_block_picture"] = [base64.b64encode(_picture(cover).write()).decode("ascii")]
    audio.save()


def _fill(audio: Any, tags: NewTags) -> None:
    if audio.tags is None:
        audio.add_tags()
    audio["title"] = [tags.title]
    if tags.number is not None:
        _drop(audio, _SAME_NUMBER)
        audio["tracknumber"] = [f"{tags.number.normalize():f}"]
    if tags.season is not None:
        _drop(audio, _SAME_SEASON)
        audio["season"] = [str(tags.season)]
    if tags.chapters:
        _drop(audio, [key for key in set(audio.keys()) if _CHAPTER_KEY.fullmatch(key)])
        listed = [chapter for chapter in tags.chapters if chapter.is_listed]
        for number, chapter in enumerate(listed[:MOST_CHAPTERS]):
            audio[f"CHAPTER{number:03}"] = [clock(chapter.start)]
            audio[f"CHAPTER{number:03}NAME"] = [chapter.title]
            if chapter.url:
                audio[f"CHAPTER{number:03}URL"] = [chapter.url]


def _drop(audio: Any, keys: Any) -> None:
    for key in keys:
        if key in audio:
            del audio[key]


def _picture(cover: bytes) -> Any:
    picture: Any = Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, "image/jpeg", cover
    with Image.open(BytesIO(cover)) as image:
        picture.width, picture.height = image.size
    picture.depth = 24
    return picture
