"""Audio files: their format, hashes, duration and everything their tags say.

Called inside the sandbox. mutagen's stream readers and tag readers are called apart where it lets us, so
that a broken tag costs the tag and not the episode.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.aiff import AIFFInfo
from mutagen.flac import FLAC
from mutagen.mp3 import BitrateMode, MPEGInfo
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WaveStreamInfo

from catalogue.domain.facts import AudioFacts, ImageFacts, Remark
from catalogue.domain.media import FORMATS
from catalogue.errors import ArtworkError, AudioError
from catalogue.library.containers import Container, read_container
from catalogue.library.essence import Hashes, hash_audio
from catalogue.library.id3_blocks import audio_stop, id3_length
from catalogue.library.id3_guard import TAG_LIMIT_BYTES
from catalogue.library.iff_chunks import find_id3_chunk
from catalogue.library.mpeg import measure_frames
from catalogue.library.tag_chapters import check_chapters
from catalogue.library.tags import RawTags, read_fields, remarks_on
from catalogue.library.tags_id3 import read_id3
from catalogue.library.tags_mp4 import LenientMP4, read_mp4
from catalogue.library.tags_vorbis import read_vorbis

LONGEST = timedelta(days=30)
# A pad byte that a writer counted but did not write is no loss.
_TOLERATED_BYTES = 8
# Endings that are usual for a format beside its own.
_ALSO_USUAL = {"opus": ("ogg", "oga"), "m4a": ("mp4",), "mp4": ("m4v", "m4a", "m4b")}
# All that mutagen is known to raise for damaged bytes; what comes beside these is the sandbox's to catch.
_BROKEN = (MutagenError, EOFError, LookupError, ValueError, ArithmeticError, struct.error)


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """An open file, what it is and how long."""

    stream: BinaryIO
    container: Container
    size: int


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """Seconds (None: unknown), bits per second as mutagen says, and the tags."""

    seconds: float | None
    bitrate: int
    tags: RawTags


def read_audio(file: str, path: str) -> AudioFacts:
    """Read an audio file: `file` is where it lies here, `path` what the library calls it.

    AudioError for a file that is empty, no audio, of a kind that we do not publish, cut off or damaged;
    lesser faults are remarks.
    """
    with _open(file, path) as stream:
        opened = _look_into(stream, path)
        name = opened.container.format
        hashes = hash_audio(file, name)
        if hashes.missing_bytes > _TOLERATED_BYTES:
            sentence = "It is cut off: {missing:,} bytes are missing at its end. Copy or export it again."
            raise AudioError("audio-truncated", sentence, path=path, missing=hashes.missing_bytes)
        reading = _read(opened, path)
    duration = _plausible(reading.seconds)
    chapters, lost_chapters = check_chapters(reading.tags.chapters, duration=duration)
    artwork, lost_artwork = _artwork(reading.tags.picture, path)
    remarks = (*_ending(path, name), *reading.tags.remarks, *remarks_on(reading.tags), *lost_chapters, *lost_artwork)
    return AudioFacts(
        format=name,
        sha256=hashes.sha256,
        essence=hashes.essence,
        size_bytes=opened.size,
        duration=duration,
        bitrate_kbps=_kbps(reading, hashes, duration=duration),
        chapters=chapters,
        artwork=artwork,
        remarks=remarks,
        **read_fields(reading.tags),
    )


def read_embedded_artwork(file: str) -> bytes:
    """Read the bytes of the picture that `read_audio` describes; AudioError or ArtworkError if there is none."""
    path = Path(file).name
    with _open(file, path) as stream:
        picture = _read(_look_into(stream, path), path).tags.picture
    if not picture:
        raise ArtworkError("artwork-none", "The audio carries no picture.", path=path)
    return picture


def _open(file: str, path: str) -> BinaryIO:
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise AudioError("audio-unreadable", "It cannot be opened: {why}.", path=path, why=error.strerror) from error


def _look_into(stream: BinaryIO, path: str) -> _Opened:
    size = os.fstat(stream.fileno()).st_size
    return _Opened(stream=stream, container=read_container(stream, path, size=size), size=size)


def _read(opened: _Opened, path: str) -> _Reading:
    opened.stream.seek(0)
    try:
        return _READERS[opened.container.format](opened)
    except _BROKEN as error:
        why = str(error)[:200] or type(error).__name__
        raise AudioError(
            "audio-damaged", "It is damaged ({why}). Export or copy it again.", path=path, why=why
        ) from error


def _read_mp3(opened: _Opened) -> _Reading:
    tags = _leading_id3(opened)
    opened.stream.seek(0)
    info = MPEGInfo(opened.stream, opened.container.start)
    if info.bitrate_mode is not BitrateMode.UNKNOWN:
        return _Reading(seconds=info.length, bitrate=info.bitrate, tags=tags)
    return _Reading(seconds=_counted_seconds(opened), bitrate=0, tags=tags)


def _read_aac(opened: _Opened) -> _Reading:
    return _Reading(seconds=_counted_seconds(opened), bitrate=0, tags=_leading_id3(opened))


def _read_mp4(opened: _Opened) -> _Reading:
    movie = LenientMP4(opened.stream)
    tags = read_mp4(movie)
    if movie.has_broken_tags:
        tags = RawTags(texts=tags.texts, picture=tags.picture, chapters=tags.chapters, remarks=(_BROKEN_TAGS,))
    return _Reading(seconds=movie.info.length, bitrate=movie.info.bitrate, tags=tags)


def _read_flac(opened: _Opened) -> _Reading:
    flac = FLAC(opened.stream)
    tags = read_vorbis(_comments(flac), flac.pictures)
    return _Reading(seconds=flac.info.length, bitrate=flac.info.bitrate, tags=tags)


def _read_ogg(opened: _Opened) -> _Reading:
    ogg = {"opus": OggOpus, "vorbis": OggVorbis, "flac": OggFLAC}[opened.container.codec](opened.stream)
    return _Reading(seconds=ogg.info.length, bitrate=getattr(ogg.info, "bitrate", 0), tags=read_vorbis(_comments(ogg)))


def _read_wav(opened: _Opened) -> _Reading:
    info = WaveStreamInfo(opened.stream)
    return _Reading(seconds=info.length, bitrate=info.bitrate, tags=_chunk_id3(opened))


def _read_aiff(opened: _Opened) -> _Reading:
    info = AIFFInfo(opened.stream)
    return _Reading(seconds=info.length, bitrate=info.bitrate, tags=_chunk_id3(opened))


_READERS: dict[str, Callable[[_Opened], _Reading]] = {
    "mp3": _read_mp3,
    "aac": _read_aac,
    "m4a": _read_mp4,
    "mp4": _read_mp4,
    "flac": _read_flac,
    "ogg": _read_ogg,
    "opus": _read_ogg,
    "wav": _read_wav,
    "aiff": _read_aiff,
}
_BROKEN_TAGS = Remark(code="tags-broken", message="Its tags are damaged and were passed over. Write them anew.")


def _comments(file: Any) -> dict[str, list[str]]:
    """Vorbis comments with all values of a key together."""
    return {} if file.tags is None else dict(file.tags.as_dict())


def _leading_id3(opened: _Opened) -> RawTags:
    opened.stream.seek(0)
    length = id3_length(opened.stream.read(10))
    opened.stream.seek(max(0, opened.size - 128))
    old_tag = opened.stream.read(128)
    return _id3(opened, 0, length, old_tag if old_tag.startswith(b"TAG") else b"")


def _chunk_id3(opened: _Opened) -> RawTags:
    chunk = find_id3_chunk(opened.stream, opened.size)
    return RawTags() if chunk is None else _id3(opened, chunk.start, chunk.stop - chunk.start, b"")


def _id3(opened: _Opened, start: int, length: int, old_tag: bytes) -> RawTags:
    if length > TAG_LIMIT_BYTES:
        sentence = "Its ID3 tag is over 32 MiB and was passed over. Give it a smaller picture."
        return RawTags(remarks=(Remark(code="tags-refused", message=sentence),))
    opened.stream.seek(start)
    tag = opened.stream.read(length)
    try:
        return read_id3(tag, old_tag)
    except _BROKEN:
        return RawTags(remarks=(_BROKEN_TAGS,))


def _counted_seconds(opened: _Opened) -> float | None:
    stop = audio_stop(opened.stream, opened.size)
    duration = measure_frames(opened.stream, opened.container.start, stop)
    return None if duration is None else duration.total_seconds()


def _plausible(seconds: float | None) -> timedelta | None:
    """The duration to the millisecond; None for what no episode lasts (mutagen can say minus or a million years)."""
    if seconds is None or not 0 < seconds <= LONGEST.total_seconds():
        return None
    return timedelta(milliseconds=round(seconds * 1000)) or None


def _kbps(reading: _Reading, hashes: Hashes, *, duration: timedelta | None) -> int | None:
    """Bit rate as stated, else as it comes out of size and duration."""
    bits = reading.bitrate
    if not bits and duration:
        bits = round(hashes.audio_bytes * 8 / duration.total_seconds())
    return round(bits / 1000) or None


def _ending(path: str, name: str) -> tuple[Remark, ...]:
    ending = path.rpartition(".")[2].lower()
    audio_format = FORMATS[name]
    if ending in audio_format.endings or ending in _ALSO_USUAL.get(name, ()):
        return ()
    sentence = f"It is named .{ending} but its bytes are {name}; it is published as .{audio_format.extension}."
    return (Remark(code="audio-ending", message=sentence),)


def _artwork(picture: bytes | None, path: str) -> tuple[ImageFacts | None, tuple[Remark, ...]]:
    if not picture:
        return None, ()
    from catalogue.library.artwork import image_facts  # Pillow is slow to import, and most audio has no picture

    try:
        return image_facts(picture, path=path), ()
    except ArtworkError as error:
        sentence = f"The picture in its tags was passed over: {error.sentence}"
        return None, (Remark(code="artwork", message=sentence),)
