"""Audio files: their format, hashes, duration and everything their tags say; called inside the sandbox."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from catalogue.domain.facts import AudioFacts, ImageFacts, Remark
from catalogue.domain.media import FORMATS
from catalogue.errors import ArtworkError, AudioError
from catalogue.formats.audio.containers import cut_off, read_container
from catalogue.formats.audio.essence import Hashes, hash_audio
from catalogue.formats.audio.opened import Opened, Reading
from catalogue.formats.audio.streams import read_stream
from catalogue.formats.audio.tag_chapters import check_chapters
from catalogue.formats.audio.tags import read_fields, remarks_on
from catalogue.formats.pictures.picture_facts import image_facts

LONGEST = timedelta(days=30)
# A pad byte that a writer counted but did not write is no loss.
_TOLERATED_BYTES = 8
# Endings that are usual for a format beside its own.
_ALSO_USUAL = {"opus": ("ogg", "oga"), "m4a": ("mp4",), "mp4": ("m4v",)}


def read_audio(file: str, path: str) -> AudioFacts:
    """Read an audio file: `file` is where it lies here, `path` what the library calls it.

    AudioError for a file that is empty, no audio, of a kind that we do not publish, cut off or damaged;
    lesser faults are remarks.
    """
    with _open(file, path) as stream:
        opened = _look_into(stream, path)
        name = opened.container.format
        hashes = hash_audio(stream, name, size=opened.size)
        if hashes.missing_bytes > _TOLERATED_BYTES:
            raise cut_off(path, f"{hashes.missing_bytes:,} bytes are missing at its end")
        reading = read_stream(opened)
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
        bitrate_mode=reading.bitrate_mode,
        seek_header=reading.seek_header,
        sample_rate_hz=reading.sample_rate or None,
        channels=reading.channels or None,
        chapters=chapters,
        artwork=artwork,
        remarks=remarks,
        **read_fields(reading.tags),
    )


def read_embedded_artwork(file: str) -> bytes:
    """Read the bytes of the picture that `read_audio` describes; AudioError or ArtworkError if there is none."""
    path = Path(file).name
    with _open(file, path) as stream:
        picture = read_stream(_look_into(stream, path)).tags.picture
    if not picture:
        raise ArtworkError("artwork-none", "The audio carries no picture.", path=path)
    return picture


def _open(file: str, path: str) -> BinaryIO:
    try:
        return open(file, "rb")  # noqa: PTH123  (a Path is slow to make; closed by the caller)
    except OSError as error:
        raise AudioError("audio-unreadable", "It cannot be opened: {why}.", path=path, why=error.strerror) from error


def _look_into(stream: BinaryIO, path: str) -> Opened:
    size = os.fstat(stream.fileno()).st_size
    return Opened(stream=stream, container=read_container(stream, path, size=size), size=size, path=path)


def _plausible(seconds: float | None) -> timedelta | None:
    """The duration to the millisecond; None for what no episode lasts (mutagen can say minus or a million years)."""
    if seconds is None or not 0 < seconds <= LONGEST.total_seconds():
        return None
    return timedelta(milliseconds=round(seconds * 1000)) or None


def _kbps(reading: Reading, hashes: Hashes, *, duration: timedelta | None) -> int | None:
    """Bit rate as stated, else as it comes out of size and duration."""
    bits = max(0, reading.bitrate)
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
    try:
        return image_facts(picture, path=path), ()
    except ArtworkError as error:
        sentence = f"The picture in its tags was passed over: {error.sentence}"
        return None, (Remark(code="artwork", message=sentence),)
