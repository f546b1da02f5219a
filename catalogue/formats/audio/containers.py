"""What a file really is, told from its first bytes and never from its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from catalogue.errors import AudioError
from catalogue.formats.audio.flac_blocks import MOST_BLOCKS, count_blocks
from catalogue.formats.audio.id3_blocks import audio_start
from catalogue.formats.audio.mp4_atoms import MOST_ATOMS, count_atoms, has_sound, has_video
from catalogue.formats.audio.mpeg import Frame, find_frame, frame_at
from catalogue.formats.audio.ogg_pages import has_endless_headers, read_codecs
from catalogue.formats.audio.seek_header import find_seek_header

_HEAD = 16 * 1024
# As far as mutagen looks for a first frame, too.
_SEARCH = 1 << 20

# Files people do put into such a folder, by what they begin with.
_OTHERS = (
    (b"\x1aE\xdf\xa3", "Matroska or WebM"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMA)"),
    (b"wvpk", "WavPack"),
    (b"MAC ", "Monkey's Audio"),
    (b"MPCK", "Musepack"),
    (b"MP+", "Musepack"),
    (b"TTA", "True Audio"),
    (b"OFR ", "OptimFROG"),
    (b"tBaK", "TAK"),
    (b"DSD ", "DSD"),
    (b"FRM8", "DSD"),
    (b"RF64", "WAV over 4 GiB (RF64)"),
    (b"caff", "Core Audio Format"),
    (b"#!AMR", "AMR"),
    (b"MThd", "MIDI"),
    (b"\x0b\x77", "AC-3"),
    (b"ADIF", "AAC in the old ADIF shape"),
    (b"RIFF", "a RIFF file without sound, such as AVI or WebP"),
)
_NO_AUDIO = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
)


@dataclass(frozen=True, kw_only=True)
class Container:
    """A key of FORMATS, the codec where the container leaves a choice, and where it starts behind ID3v2 tags.

    `first_frame` is where the frames of an MP3 or ADTS stream begin, at `start` or after what is no frame.
    """

    format: str
    start: int
    codec: str = ""
    first_frame: int = 0


def read_container(stream: BinaryIO, path: str, *, size: int) -> Container:
    """Tell an audio file's format; AudioError says what the file looks like if it is none that we publish."""
    if size == 0:
        raise AudioError("audio-empty", "It is empty: 0 bytes. Copy or export the audio again.", path=path)
    start = audio_start(stream)
    if start >= size:
        raise cut_off(path, "it ends with its tags, before any sound")
    stream.seek(start)
    head = stream.read(_HEAD)
    for is_it, read in _KINDS:
        if is_it(head):
            return read(_Unnamed(stream=stream, path=path, start=start, size=size))
    _refuse_impostors(head, path)
    frame = _leading_frame(head) or find_frame(head)
    if frame is None:
        stream.seek(start)
        frame = find_frame(stream.read(_SEARCH))
    if frame is None:
        raise _not_audio("nothing that is known", path)
    return Container(format=frame[1][3], start=start, first_frame=start + frame[0])


def _leading_frame(head: bytes) -> tuple[int, Frame] | None:
    """A frame at the very beginning that describes all others: proof enough, whatever follows it."""
    frame = frame_at(head, 0)
    is_one = frame is not None and frame[3] == "mp3" and find_seek_header(head[:192]) is not None
    return (0, frame) if frame is not None and is_one else None


def cut_off(path: str, what: str) -> AudioError:
    """The error for a file that ends too early; `what` says how that is known."""
    sentence = "It is cut off: {what}. Copy or export it again."
    return AudioError("audio-truncated", sentence, path=path, what=what)


@dataclass(frozen=True, kw_only=True)
class _Unnamed:
    """A file whose kind of container is known, but not yet what is in it."""

    stream: BinaryIO
    path: str
    start: int
    size: int


def _plain(name: str) -> Callable[[_Unnamed], Container]:
    return lambda file: Container(format=name, start=file.start)


def _mp4(file: _Unnamed) -> Container:
    if count_atoms(file.stream, file.size) > MOST_ATOMS:
        raise _not_audio(f"an MP4 of more than {MOST_ATOMS:,} parts", file.path)
    if not has_sound(file.stream, file.size):
        raise _not_audio("an MP4 without a sound track", file.path)
    return Container(format="mp4" if has_video(file.stream, file.size) else "m4a", start=file.start)


def _flac(file: _Unnamed) -> Container:
    if count_blocks(file.stream, file.start) > MOST_BLOCKS:
        raise _not_audio(f"FLAC with more than {MOST_BLOCKS:,} descriptions", file.path)
    return Container(format="flac", start=file.start)


def _ogg(file: _Unnamed) -> Container:
    if has_endless_headers(file.stream, file.start):
        raise _not_audio("an Ogg file whose description has no end", file.path)
    codecs = set(read_codecs(file.stream, file.start).values())
    for codec, name in _OGG_FORMATS.items():
        if codec in codecs and "theora" not in codecs:
            return Container(format=name, start=file.start, codec=codec)
    named = " and ".join(sorted(codecs - {"unknown"}))
    if not named:
        raise _not_audio("an Ogg file without a sound that is known", file.path)
    raise _unsupported(f"Ogg with {named}", file.path)


_OGG_FORMATS = {"opus": "opus", "vorbis": "ogg", "flac": "ogg"}
_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[_Unnamed], Container]], ...] = (
    (lambda head: head.startswith(b"fLaC"), _flac),
    (lambda head: head.startswith(b"OggS"), _ogg),
    (lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE", _plain("wav")),
    (lambda head: head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"), _plain("aiff")),
    (lambda head: head[4:8] == b"ftyp", _mp4),
)


def _refuse_impostors(head: bytes, path: str) -> None:
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise _unsupported(name, path)
    picture_or_text = next((name for magic, name in _NO_AUDIO if head.startswith(magic)), None) or _text_kind(head)
    if picture_or_text is not None:
        raise _not_audio(picture_or_text, path)


def _text_kind(head: bytes) -> str | None:
    """What kind of text this is; None for bytes that are no text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "an HTML page, perhaps a download that failed"
    if start.startswith((b"<?xml", b"<rss")):
        return "an XML document"
    if head and not head.strip(b"\x00"):
        return "zeros alone, perhaps a copy that failed"
    is_text = head and all(byte >= 32 or byte in b"\t\r\n\f" for byte in head) and _is_utf8(head)
    return "plain text" if is_text else None


def _is_utf8(head: bytes) -> bool:
    try:
        head[: _HEAD - 4].decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"  # cut within a character
    return True


def _unsupported(name: str, path: str) -> AudioError:
    sentence = "It is {name}, which podcast apps do not play. Convert it to MP3 or M4A."
    return AudioError("audio-unsupported", sentence, path=path, name=name)


def _not_audio(name: str, path: str) -> AudioError:
    sentence = "It is not audio: it holds {name}. Put the audio itself here."
    return AudioError("audio-none", sentence, path=path, name=name)
