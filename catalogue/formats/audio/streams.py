"""How long the sound of each format lasts and what its tags say: one reader a format, by mutagen where it is right.

mutagen's readers of streams and of tags are called apart where it lets us, so that a broken tag costs the
tag and not the episode; ID3 tags are looked at by `id3_guard` first.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.aiff import AIFFInfo
from mutagen.flac import FLAC
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from catalogue.errors import AudioError
from catalogue.formats.audio.containers import cut_off
from catalogue.formats.audio.flac_frames import is_cut_off
from catalogue.formats.audio.id3_blocks import audio_stop
from catalogue.formats.audio.id3_places import chunk_id3
from catalogue.formats.audio.iff_chunks import Chunk, iterate_aiff_audio, iterate_chunks, iterate_wav_audio
from catalogue.formats.audio.mp4_chapters import read_track_chapters
from catalogue.formats.audio.mp4_duration import fragment_seconds, presented_seconds
from catalogue.formats.audio.mpeg_streams import read_aac, read_mp3
from catalogue.formats.audio.ogg_pages import says_its_end
from catalogue.formats.audio.opened import BROKEN, BROKEN_TAGS, Opened, Reading, clock_of, short_remark
from catalogue.formats.audio.tags_mp4 import LenientMP4, read_mp4
from catalogue.formats.audio.tags_vorbis import read_vorbis


def read_stream(opened: Opened) -> Reading:
    """Read duration and tags; AudioError for a file that is damaged or cut off."""
    opened.stream.seek(0)
    try:
        return _READERS[opened.container.format](opened)
    except BROKEN as error:
        sentence = "It is damaged: its own description of its sound cannot be read. Export or copy it again."
        raise AudioError("audio-damaged", sentence, path=opened.path, why=str(error)[:200]) from error


def _read_mp4(opened: Opened) -> Reading:
    movie: Any = LenientMP4(opened.stream)  # type: ignore[no-untyped-call]
    tags = read_mp4(movie, read_track_chapters(opened.stream, opened.size))
    if movie.has_broken_tags:
        tags = replace(tags, remarks=(BROKEN_TAGS,))
    info = movie.info
    return Reading(
        seconds=_mp4_seconds(opened, info.length),
        bitrate=info.bitrate,
        tags=tags,
        sample_rate=info.sample_rate,  # its channels are 2 in mono, too
    )


def _mp4_seconds(opened: Opened, media_seconds: float) -> float | None:
    if not media_seconds:
        return fragment_seconds(opened.stream, opened.size)
    presented = presented_seconds(opened.stream, opened.size)
    # an edit can put silence in front, which is not in the media, but players differ on whether they obey it
    return presented if presented is not None and presented <= media_seconds else media_seconds


def _read_flac(opened: Opened) -> Reading:
    flac = FLAC(opened.stream)
    tags = read_vorbis(_comments(flac), flac.pictures)
    info = flac.info
    stop = audio_stop(opened.stream, opened.size)
    if is_cut_off(opened.stream, stop, total_samples=info.total_samples, block_size=info.max_blocksize):
        raise cut_off(opened.path, f"its header promises {clock_of(info.length)}, its last frame is not there")
    return Reading(seconds=info.length, bitrate=info.bitrate, tags=tags)


def _read_ogg(opened: Opened) -> Reading:
    ogg: Any = _OGG_CODECS[opened.container.codec](opened.stream)
    bitrate = getattr(ogg.info, "bitrate", 0)  # Opus states none
    tags = read_vorbis(_comments(ogg))
    if not says_its_end(opened.stream, opened.size):
        tags = replace(tags, remarks=(*tags.remarks, short_remark("its last page does not say that it is the last")))
    return Reading(seconds=ogg.info.length, bitrate=bitrate, tags=tags)


def _read_wav(opened: Opened) -> Reading:
    """Divide size by byte rate: mutagen's own number is wrong for compressed samples and for piped files.

    Where the samples are compressed the byte rate is a guess by the encoder, and the number of samples counts.
    """
    chunks: dict[bytes, Chunk] = {}
    for chunk in iterate_chunks(opened.stream, opened.size):
        chunks.setdefault(chunk.name, chunk)
    if b"fmt " not in chunks:
        raise MutagenError("it says nothing about its samples")
    opened.stream.seek(chunks[b"fmt "].start)
    kind, _, rate, byte_rate = struct.unpack("<HHII", opened.stream.read(12))
    start, stop = _samples(opened, iterate_wav_audio)
    seconds = (min(stop, opened.size) - start) / byte_rate if byte_rate else None
    if kind in _PLAIN_SAMPLES or b"fact" not in chunks or not rate:
        return Reading(seconds=seconds, bitrate=byte_rate * 8, tags=chunk_id3(opened))
    opened.stream.seek(chunks[b"fact"].start)
    count = int.from_bytes(opened.stream.read(4), "little")
    return Reading(seconds=count / rate if count else seconds, bitrate=0, tags=chunk_id3(opened))


# PCM, floating point, A-law, µ-law, and what says further on which of these it is.
_PLAIN_SAMPLES = (0x1, 0x3, 0x6, 0x7, 0xFFFE)


def _read_aiff(opened: Opened) -> Reading:
    info = AIFFInfo(opened.stream)
    _samples(opened, iterate_aiff_audio)
    return Reading(seconds=info.length, bitrate=info.bitrate, tags=chunk_id3(opened))


def _samples(opened: Opened, iterate: Callable[[BinaryIO, int], Iterator[tuple[int, int]]]) -> tuple[int, int]:
    """Where the first samples lie; cut off where the file ends before any."""
    first = next(iterate(opened.stream, opened.size), None)
    if first is None or first[0] >= opened.size:
        raise cut_off(opened.path, "it ends before its sound begins")
    return first


_READERS: dict[str, Callable[[Opened], Reading]] = {
    "mp3": read_mp3,
    "aac": read_aac,
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
