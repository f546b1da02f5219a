"""How long the sound of each format lasts and what its tags say: one reader a format, by mutagen where it is right.

mutagen's readers of streams and of tags are called apart where it lets us, so that a broken tag costs the
tag and not the episode; ID3 tags are looked at by `id3_guard` first.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.aiff import AIFFInfo
from mutagen.flac import FLAC
from mutagen.mp3 import BitrateMode, MPEGInfo
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from catalogue.domain.facts import Remark
from catalogue.errors import AudioError
from catalogue.formats.audio.containers import Container, cut_off
from catalogue.formats.audio.flac_frames import is_cut_off
from catalogue.formats.audio.id3_blocks import audio_stop, id3_length
from catalogue.formats.audio.id3_guard import TAG_LIMIT_BYTES
from catalogue.formats.audio.iff_chunks import find_id3_chunk, iterate_aiff_audio, iterate_chunks, iterate_wav_audio
from catalogue.formats.audio.mp4_chapters import read_track_chapters
from catalogue.formats.audio.mpeg import measure_frames
from catalogue.formats.audio.tags import RawTags
from catalogue.formats.audio.tags_id3 import read_id3
from catalogue.formats.audio.tags_mp4 import LenientMP4, read_mp4
from catalogue.formats.audio.tags_vorbis import read_vorbis

# How far size or duration may be from what a Xing header states before the frames are counted.
_TOLERANCE = 0.05
# All that mutagen is known to raise for damaged bytes; what comes beside these is the sandbox's to catch.
_BROKEN = (MutagenError, EOFError, LookupError, ValueError, ArithmeticError, struct.error)
_BROKEN_TAGS = Remark(code="tags-broken", message="Its tags are damaged and were passed over. Write them anew.")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An open audio file: what it is, how many bytes it has, and what the library calls it."""

    stream: BinaryIO
    container: Container
    size: int
    path: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Duration as read, plausible or not (None: unknown), bits per second (0: unknown), and the tags."""

    seconds: float | None
    bitrate: int
    tags: RawTags


def read_stream(opened: Opened) -> Reading:
    """Read duration and tags; AudioError for a file that is damaged or cut off."""
    opened.stream.seek(0)
    try:
        return _READERS[opened.container.format](opened)
    except _BROKEN as error:
        sentence = "It is damaged: its own description of its sound cannot be read. Export or copy it again."
        raise AudioError("audio-damaged", sentence, path=opened.path, why=str(error)[:200]) from error


def _read_mp3(opened: Opened) -> Reading:
    tags = _leading_id3(opened)
    opened.stream.seek(0)
    info = MPEGInfo(opened.stream, opened.container.start)
    stated = info.length if info.bitrate_mode is not BitrateMode.UNKNOWN else 0
    held = audio_stop(opened.stream, opened.size) - opened.container.start
    if stated and _is_near(held, stated * info.bitrate / 8, slack=0):
        return Reading(seconds=stated, bitrate=info.bitrate, tags=tags)
    counted = _counted_seconds(opened)
    # what the encoder states is the finer number: it leaves out the silence that it added itself
    if stated and (counted is None or _is_near(counted, stated, slack=1)):
        return Reading(seconds=stated, bitrate=info.bitrate, tags=tags)
    if counted is not None and counted < stated:
        raise cut_off(opened.path, f"its header promises {_clock(stated)}, its sound lasts {_clock(counted)}")
    return Reading(seconds=counted, bitrate=0, tags=tags)


def _is_near(value: float, stated: float, *, slack: float) -> bool:
    return abs(value - stated) <= stated * _TOLERANCE + slack


def _read_aac(opened: Opened) -> Reading:
    return Reading(seconds=_counted_seconds(opened), bitrate=0, tags=_leading_id3(opened))


def _read_mp4(opened: Opened) -> Reading:
    movie: Any = LenientMP4(opened.stream)  # type: ignore[no-untyped-call]
    tags = read_mp4(movie, read_track_chapters(opened.stream, opened.size))
    if movie.has_broken_tags:
        tags = replace(tags, remarks=(_BROKEN_TAGS,))
    return Reading(seconds=movie.info.length, bitrate=movie.info.bitrate, tags=tags)


def _read_flac(opened: Opened) -> Reading:
    flac = FLAC(opened.stream)
    tags = read_vorbis(_comments(flac), flac.pictures)
    info = flac.info
    stop = audio_stop(opened.stream, opened.size)
    if is_cut_off(opened.stream, stop, total_samples=info.total_samples, block_size=info.max_blocksize):
        raise cut_off(opened.path, f"its header promises {_clock(info.length)}, its last frame is not there")
    return Reading(seconds=info.length, bitrate=info.bitrate, tags=tags)


def _read_ogg(opened: Opened) -> Reading:
    ogg: Any = _OGG_CODECS[opened.container.codec](opened.stream)
    bitrate = getattr(ogg.info, "bitrate", 0)  # Opus states none
    return Reading(seconds=ogg.info.length, bitrate=bitrate, tags=read_vorbis(_comments(ogg)))


def _read_wav(opened: Opened) -> Reading:
    """Divide size by byte rate: mutagen's own number is wrong for compressed samples and for piped files."""
    rates = [chunk.start + 8 for chunk in iterate_chunks(opened.stream, opened.size) if chunk.name == b"fmt "]
    if not rates:
        raise MutagenError("it says nothing about its samples")
    opened.stream.seek(rates[0])
    byte_rate = int.from_bytes(opened.stream.read(4), "little")
    start, stop = _samples(opened, iterate_wav_audio)
    seconds = (min(stop, opened.size) - start) / byte_rate if byte_rate else None
    return Reading(seconds=seconds, bitrate=byte_rate * 8, tags=_chunk_id3(opened))


def _read_aiff(opened: Opened) -> Reading:
    info = AIFFInfo(opened.stream)
    _samples(opened, iterate_aiff_audio)
    return Reading(seconds=info.length, bitrate=info.bitrate, tags=_chunk_id3(opened))


def _samples(opened: Opened, iterate: Callable[[BinaryIO, int], Iterator[tuple[int, int]]]) -> tuple[int, int]:
    """Where the first samples lie; cut off where the file ends before any."""
    first = next(iterate(opened.stream, opened.size), None)
    if first is None or first[0] >= opened.size:
        raise cut_off(opened.path, "it ends before its sound begins")
    return first


_READERS: dict[str, Callable[[Opened], Reading]] = {
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
_OGG_CODECS: dict[str, Callable[[BinaryIO], Any]] = {"opus": OggOpus, "vorbis": OggVorbis, "flac": OggFLAC}


def _comments(file: Any) -> dict[str, list[str]]:
    """Vorbis comments with all values of a key together."""
    return {} if file.tags is None else dict(file.tags.as_dict())


def _leading_id3(opened: Opened) -> RawTags:
    opened.stream.seek(0)
    length = id3_length(opened.stream.read(10))
    opened.stream.seek(max(0, opened.size - 128))
    old_tag = opened.stream.read(128)
    return _id3(opened, 0, length=length, old_tag=old_tag if old_tag.startswith(b"TAG") else b"")


def _chunk_id3(opened: Opened) -> RawTags:
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
    except _BROKEN:
        return RawTags(remarks=(_BROKEN_TAGS,))


def _counted_seconds(opened: Opened) -> float | None:
    stop = audio_stop(opened.stream, opened.size)
    duration = measure_frames(opened.stream, opened.container.start, stop)
    return None if duration is None else duration.total_seconds()


def _clock(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
