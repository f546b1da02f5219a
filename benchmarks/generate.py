"""Make libraries and sounds to measure with: seeded, so that every run has the same, and never encoded anew.

One small sound a format stands in tests/data/audio; each file gets a copy with a few bytes of its own, so
that no two are one another, and tags written by mutagen.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mutagen.flac import Picture
from mutagen.id3 import APIC, CHAP, COMM, CTOC, ID3, TALB, TDRC, TIT2, TPE1, TRCK, CTOCFlags, PictureType
from mutagen.mp4 import MP4, MP4Cover
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from PIL import Image

from benchmarks.bench import ROOT

SOUNDS = ROOT / "tests" / "data" / "audio"
FOLDERS = 10
PICTURE_EDGE, PICTURE_BYTES = 300, 27_000
COVER_EDGE = 1400
CHAPTERS = 5
# MPEG 1 layer III, 32 kbit/s, 44.1 kHz, mono: 104 bytes a frame, 1,152 samples; zeros behind the header are silence.
FRAME = bytes.fromhex("fffb10c4") + bytes(100)
FRAMES = 400
# The same at rates of 32 to 320 kbit/s, by the index in the header's third byte.
KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
# Long ago, so that no file counts as one that is still being copied.
WRITTEN_AT = 1_600_000_000
SHOW = 'title = "Ten Thousand Nights"\nauthor = "A. Writer"\nlanguage = "en"\ntimezone = "UTC"\n'


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many files of each format."""

    mp3: int = 10_000
    m4a: int = 500
    opus: int = 250
    ogg: int = 250

    @property
    def total(self) -> int:
        return self.mp3 + self.m4a + self.opus + self.ogg


def scaled(count: Callable[[int], int]) -> Sizes:
    """The usual sizes, each put through `count`."""
    usual = Sizes()
    return Sizes(mp3=count(usual.mp3), m4a=count(usual.m4a), opus=count(usual.opus), ogg=count(usual.ogg))


def write_library(folder: Path, sizes: Sizes, *, seed: int = 1) -> int:
    """Write a show of tagged audio in ten folders; gives the number of audio files."""
    random = Random(seed)  # noqa: S311  (a seeded library, no secret)
    (folder / "show.toml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "show.toml").write_text(SHOW, "utf-8")
    os.utime(folder / "show.toml", (WRITTEN_AT, WRITTEN_AT))
    picture = _picture(random, PICTURE_EDGE)
    (folder / "artwork.jpg").write_bytes(_picture(random, COVER_EDGE))
    os.utime(folder / "artwork.jpg", (WRITTEN_AT, WRITTEN_AT))
    for number, (ending, write) in enumerate(_writers(sizes)):
        home = folder / f"Season {number % FOLDERS + 1}"
        home.mkdir(exist_ok=True)
        path = home / f"{number:05} A night of walking {number}.{ending}"
        write(path, number, _own_picture(picture, number))
        os.utime(path, (WRITTEN_AT + number, WRITTEN_AT + number))
    return sizes.total


def write_long_mp3(path: Path, *, size_bytes: int, seed: int = 1) -> float:
    """Write frames of changing bit rate without any header before them; gives their exact length in seconds."""
    random = Random(seed)  # noqa: S311  (a seeded library, no secret)
    frames = [_frame(index) for index in range(1, 15)]
    written = count = 0
    with path.open("wb") as file:
        while written < size_bytes:
            run = random.choices(frames, k=1000)
            written += file.write(b"".join(run))
            count += len(run)
    return count * 1152 / 44100


def _frame(index: int) -> bytes:
    length = 144_000 * KBPS[index - 1] // 44100
    return (bytes((0xFF, 0xFB, index << 4, 0xC4)) + bytes(length))[:length]


def _writers(sizes: Sizes) -> Iterator[tuple[str, Callable[[Path, int, bytes], None]]]:
    ogg, opus = _OggSound("plain.ogg", OggVorbis), _OggSound("plain.opus", OggOpus)
    for ending, write, count in (
        ("mp3", _write_mp3, sizes.mp3),
        ("m4a", _write_m4a, sizes.m4a),
        ("opus", opus.write, sizes.opus),
        ("ogg", ogg.write, sizes.ogg),
    ):
        for _ in range(count):
            yield ending, write


def _write_mp3(path: Path, number: int, picture: bytes) -> None:
    tags = ID3()
    for kind, text in (
        (TIT2, f"A night of walking {number}"),
        (TPE1, "A. Writer"),
        (TALB, "Ten Thousand Nights"),
        (TRCK, str(number + 1)),
        (TDRC, f"20{10 + number % 10}-0{1 + number % 9}-{10 + number % 18}"),
    ):
        tags.add(kind(encoding=3 if number % 2 else 1, text=[text]))
    tags.add(COMM(encoding=3, lang="eng", desc="", text=[f"What was seen on night {number}, and by whom."]))
    tags.add(APIC(encoding=0, mime="image/jpeg", type=PictureType.COVER_FRONT, desc="", data=picture))
    if number % 4 == 0:
        _add_chapters(tags)
    content = io.BytesIO()
    tags.save(content, v2_version=4 if number % 2 else 3, padding=lambda _info: 0)
    path.write_bytes(content.getvalue() + FRAME * (FRAMES - 1) + FRAME[:-4] + number.to_bytes(4, "big"))


def _add_chapters(tags: ID3) -> None:
    names = [f"chp{index}" for index in range(CHAPTERS)]
    for index, name in enumerate(names):
        title = TIT2(encoding=3, text=[f"Part {index + 1}"])
        tags.add(CHAP(element_id=name, start_time=index * 2000, end_time=index * 2000 + 2000, sub_frames=[title]))
    tags.add(CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, child_element_ids=names))


def _write_m4a(path: Path, number: int, picture: bytes) -> None:
    content = bytearray((SOUNDS / "plain.m4a").read_bytes())
    end = content.index(b"mdat") + 4 + 8
    content[end - 4 : end] = number.to_bytes(4, "big")
    path.write_bytes(content)
    movie = MP4(path)
    movie["\xa9nam"], movie["\xa9ART"], movie["trkn"] = f"A night of walking {number}", "A. Writer", [(number + 1, 0)]
    movie["covr"] = [MP4Cover(picture, imageformat=MP4Cover.FORMAT_JPEG)]
    movie.save()


class _OggSound:
    """Copies of one Ogg file whose last packets differ; its pages carry check sums, which mutagen makes anew."""

    def __init__(self, name: str, kind: type[OggVorbis] | type[OggOpus]) -> None:
        self._kind = kind
        content = io.BytesIO((SOUNDS / name).read_bytes())
        self._pages = []
        while content.tell() < len(content.getbuffer()):
            self._pages.append(OggPage(content))

    def write(self, path: Path, number: int, picture: bytes) -> None:
        last = self._pages[-1]
        last.packets = [*last.packets[:-1], last.packets[-1][:-4] + number.to_bytes(4, "big")]
        path.write_bytes(b"".join(page.write() for page in self._pages))
        sound = self._kind(path)
        sound["title"], sound["artist"], sound["tracknumber"] = f"A night of walking {number}", "A. Writer", str(number)
        for index in range(CHAPTERS):
            sound[f"CHAPTER{index:03}"], sound[f"CHAPTER{index:03}NAME"] = f"00:00:00.{index:03}", f"Part {index + 1}"
        sound["metadata_block_picture"] = [base64.b64encode(_flac_picture(picture)).decode()]
        sound.save()


def _flac_picture(content: bytes) -> bytes:
    picture = Picture()
    picture.data, picture.mime, picture.type = content, "image/jpeg", PictureType.COVER_FRONT
    return picture.write()


def _picture(random: Random, edge: int) -> bytes:
    """A square JPEG of some colours; with 300 pixels, of about 27 KB.

    That is too small for a cover, so that no pictures are made of it after the index.
    """
    noise = Image.frombytes("RGB", (PICTURE_EDGE // 6,) * 2, random.randbytes(3 * (PICTURE_EDGE // 6) ** 2))
    content = io.BytesIO()
    noise.resize((edge, edge), Image.Resampling.BICUBIC).save(content, "JPEG", quality=84)
    return content.getvalue()


def _own_picture(picture: bytes, number: int) -> bytes:
    """The picture with a comment of its own, padded to the usual size: no two files share one."""
    comment = number.to_bytes(4, "big") + bytes(max(0, PICTURE_BYTES - len(picture) - 8))
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]
