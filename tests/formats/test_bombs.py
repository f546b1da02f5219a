"""Small files made to cost much: each is refused or read in a moment, and the next file is read as if nothing were."""

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from formats.breaking import READERS

from catalogue.errors import ContentError, SandboxFailure
from catalogue.sandbox import Box, Limits

GOOD = Path(__file__).parents[1] / "data" / "audio" / "plain.m4a"
MPEG = (b"\xff\xfb\x90\x00" + bytes(413)) * 4
MOST_SECONDS = 20.0


def syncsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def frame(name: bytes, body: bytes, *, flags: int = 0) -> bytes:
    return name + syncsafe(len(body)) + bytes([0, flags]) + body


def tagged(frames: bytes) -> bytes:
    return b"ID3\x04\x00\x00" + syncsafe(len(frames)) + frames + MPEG


def nested(depth: int) -> bytes:
    inner = frame(b"TIT2", b"\x03hi")
    for _ in range(depth):
        inner = frame(b"CHAP", b"c\x00" + struct.pack(">4L", 0, 1, 0xFFFFFFFF, 0xFFFFFFFF) + inner)
    return inner


def atom(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body) + 8) + name + body


def deep_atoms(depth: int) -> bytes:
    inner = atom(b"free", b"")
    for _ in range(depth):
        inner = atom(b"moov", inner)
    return inner


def page(packet: bytes, number: int, *, flags: int = 0, lacing: bytes | None = None) -> bytes:
    lengths = bytes([len(packet)]) if lacing is None else lacing
    return (
        b"OggS\x00" + bytes([flags]) + struct.pack("<qLLL", 0, 1, number, 0) + bytes([len(lengths)]) + lengths + packet
    )


def png(width: int, height: int) -> bytes:
    """A picture of one colour: a few kilobytes, and gigabytes once decoded."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes((width * 3 + 1) * min(height, 64)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


FTYP = atom(b"ftyp", b"M4A \x00\x00\x02\x00M4A mp42")
VORBIS = b"\x01vorbis" + struct.pack("<LBLlllB", 0, 2, 44100, 0, 64000, 0, 0xB8) + b"\x01"
STREAM_INFO = b"\x00\x00\x00\x22" + struct.pack(">HH", 4096, 4096) + bytes(6) + b"\x0a\xc4\x42\xf0" + bytes(20)
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))
BOMBS: dict[str, tuple[str, bytes]] = {
    "inflating.mp3": ("audio", tagged(frame(b"TIT2", syncsafe(1 << 27) + zlib.compress(bytes(1 << 26), 9), flags=9))),
    "same-pictures.mp3": ("audio", tagged(frame(b"APIC", b"\x00image/png\x00\x03\x00x") * 5_000)),
    "as-many-as-allowed.mp3": ("audio", tagged(frame(b"APIC", b"\x00image/png\x00\x03\x00x") * 1_999)),
    "many-texts.mp3": ("audio", tagged(b"".join(frame(b"TXXX", b"\x03%d\x00v" % n) for n in range(20_000)))),
    "nested.mp3": ("audio", tagged(nested(150))),
    "syncs.mp3": ("audio", b"\xff\xfb\x90" * 400_000),
    "ones.mp3": ("audio", b"\xff" * 2_000_000),
    "nested.m4a": ("audio", FTYP + deep_atoms(3_000)),
    "atoms.m4a": ("audio", FTYP + atom(b"free", b"") * 200_000),
    "backwards.m4a": (
        "audio",
        FTYP + b"\x00\x00\x00\x01moov" + struct.pack(">Q", 16) + b"\x00\x00\x00\x01trak" + bytes(8),
    ),
    "blocks.flac": ("audio", b"fLaC" + STREAM_INFO + b"\x01\x00\x00\x00" * 200_000),
    "comments.flac": ("audio", b"fLaC" + STREAM_INFO + b"\x84\x00\x00\x08" + bytes(4) + b"\xff\xff\xff\xff"),
    "pages.ogg": ("audio", page(VORBIS, 0, flags=2) + page(b"", 1, lacing=b"") * 100_000),
    "endless.ogg": ("audio", page(VORBIS, 0, flags=2) + page(b"A" * 255, 1, flags=1) * 12_000),
    "chunks.wav": ("audio", b"RIFF\xff\xff\xff\x7fWAVE" + b"junk\x00\x00\x00\x00" * 200_000),
    "pixels.png": ("image", png(40_000, 40_000)),
    "a-little-too-many.png": ("image", png(5_001, 5_000)),
    "attributes.html": ("transcript", b"<p " + b"a=1 " * 200_000 + b">Hello</p>"),
    "deep.html": ("transcript", b"<div>" * 100_000 + b"Hello"),
    "blank.srt": ("transcript", b"\n" * 200_000),
    "digits.srt": ("transcript", b"1" * 200_000),
    "arrows.vtt": ("transcript", b"WEBVTT\n\n" + b"--> " * 90_000),
    "deep.json": ("transcript", b"[" * 200_000),
    "entities.xml": ("feed", f"<!DOCTYPE r [{ENTITIES}]><rss>&e8;</rss>".encode()),
    "attributes.xml": ("feed", b"<rss " + b"".join(b'a%d="" ' % n for n in range(20_000)) + b"/>"),
    "deep.xml": ("feed", b"<rss>" * 20_000),
}


@pytest.fixture(scope="module")
def box():
    with Box(1, Limits(cpu_seconds=5, wall_seconds=30)) as opened:
        for name, reader in READERS.items():  # what is imported once is not the bomb's
            list(opened.run(reader, [("/nowhere", f"{name}.txt")]))
        yield opened


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_a_moment(box, tmp_path, name):
    reader, content = BOMBS[name]
    (tmp_path / name).write_bytes(content)
    began = time.monotonic()
    (answer,) = box.run(READERS[reader], [(str(tmp_path / name), name)])
    assert time.monotonic() - began < MOST_SECONDS
    assert answer.error is None or isinstance(answer.error, ContentError | SandboxFailure)
    assert box.call(READERS["audio"], str(GOOD), "good.m4a").format == "m4a"


@pytest.mark.parametrize("name", ["inflating.mp3", "same-pictures.mp3", "many-texts.mp3", "nested.mp3"])
def test_a_tag_that_is_a_bomb_costs_the_tag(box, tmp_path, name):
    (tmp_path / name).write_bytes(BOMBS[name][1])
    found = box.call(READERS["audio"], str(tmp_path / name), name)
    assert found.duration.total_seconds() == pytest.approx(4 * 1152 / 44100, abs=0.001)
    assert [remark.code for remark in found.remarks] == ["tags-refused"]


def test_a_picture_at_the_limit_is_decoded_and_one_above_it_is_not(box, tmp_path):
    (tmp_path / "a.png").write_bytes(png(5_001, 5_000))
    target = io.BytesIO()
    from PIL import Image

    Image.new("L", (5_000, 5_000)).save(target, "PNG")
    (tmp_path / "b.png").write_bytes(target.getvalue())
    above, at = (next(box.run(READERS["image"], [(str(tmp_path / name), name)])) for name in ("a.png", "b.png"))
    assert above.error.code == "picture-too-many-pixels"
    assert (at.value.width, at.value.height) == (5_000, 5_000)
