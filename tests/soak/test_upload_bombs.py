"""Crafted files and very large ones, sent to a running studio: answered in time, and never held in memory."""

from __future__ import annotations

import http.client
import io
import shutil
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from senders import EPISODES, PARTS, Page, forget_peaks, library, peaks_mib, see_nothing_left
from serving import Process
from sounds import FRAME, silent_mp3
from studios import Studio

from catalogue.domain.rights import Role
from web.studio.cookies import SESSION

pytestmark = pytest.mark.soak

MEGABYTE = 1024**2
LONGEST_SECONDS, MOST_MIB, MOST_GROWTH_MIB = 90, 900, 50
HUGE_BYTES = 2048 * MEGABYTE // len(FRAME) * len(FRAME)
Served = tuple[Studio, Process]


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    studio = Studio(tmp_path_factory.mktemp("bombed"), silent_mp3(20), role=Role.OWNER)
    with studio.running() as process:
        assert Page.opened(studio).send(silent_mp3(2, seed=77), "First.mp3").status == 303
        yield studio, process
    shutil.rmtree(studio.folder)


def see_answered(served: Served, content: bytes, name: str, *, path: str, field: str) -> tuple[float, float, int]:
    """Send a file; gives what that took in seconds and MiB of the largest process, and what was answered."""
    studio, server = served
    page = Page.opened(studio, path)
    forget_peaks(server)
    began = time.monotonic()
    answer = page.send(content, name, field=field)
    taken, peak = time.monotonic() - began, max(peaks_mib(server))
    assert answer.status in (303, 413, 422), (name, answer.status, answer.text)
    assert taken < LONGEST_SECONDS, (name, taken)
    assert peak < MOST_MIB, (name, peak)
    see_nothing_left(studio)
    return round(taken, 1), round(peak), answer.status


@pytest.mark.corpus
def test_each_crafted_recording_is_answered(served, tmp_path, corpus, capsys):
    (tmp_path / "bombs").mkdir()
    subprocess.run([sys.executable, str(corpus / "hostile" / "make_bombs.py")], cwd=tmp_path, check=True, timeout=600)
    found = {file.name: file for file in (tmp_path / "bombs").iterdir()}
    found |= {f"{file.name}.mp3": file for file in (corpus / "hostile").glob("*.bin")}
    page = EPISODES.replace("episodes/", "upload/")
    said = {
        name: see_answered(served, file.read_bytes(), name, path=page, field="audio")
        for name, file in sorted(found.items())
    }
    shutil.rmtree(tmp_path)
    with capsys.disabled():
        print(f"\n{len(said)} files; slowest {max(said.values())}, most {max(one[1] for one in said.values())} MiB")
        print("taken:", sorted(name for name, one in said.items() if one[2] == 303))


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is so large, with next to nothing behind that."""
    chunks = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(99)))
    parts = (
        struct.pack(">I", len(one)) + name + one + struct.pack(">I", zlib.crc32(name + one)) for name, one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + struct.pack(">I", 0) + b"IEND\xaeB`\x82"


def flat_png(side: int) -> bytes:
    """A picture of a few kilobytes that is as large as that."""
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    return made.getvalue()


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1400, 1400), "teal").save(made, "JPEG")
    return made.getvalue()


PICTURES = {
    "says-it-is-huge.png": png_of(2**31 - 1, 2**31 - 1),
    "says-it-is-large.png": png_of(40_000, 40_000),
    "flat.png": flat_png(20_000),
    "half.jpg": jpeg()[:2000],
    "nothing-behind.jpg": jpeg()[:20] + bytes(9 * MEGABYTE),
    "page.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "empty.jpg": b"",
    "much.jpg": bytes(80 * MEGABYTE),
}
CUE = b"\n00:00:00.000 --> 00:00:01.000\n"
TRANSCRIPTS = {
    "nested.json": b"[" * MEGABYTE,
    "deep.json": b'{"segments":' * 99_999,
    "numbers.json": b'{"version":"1.0.0","segments":[{"startTime":1e999,"endTime":' + b"9" * 999_999 + b"}]}",
    "many.vtt": b"WEBVTT\n" + (CUE + b"x\n") * 90_000,
    "tags.vtt": b"WEBVTT\n" + CUE + b"<v a>" * 600_000,
    "long-line.srt": b"1" + CUE.replace(b".", b",") + b"x" * 4_000_000,
    "tags.html": b"<div>" * 700_000,
    "entities.html": b"&amp;" * 700_000,
    "attributes.html": b"<a " + b"b=c " * 900_000,
    "zeros.txt": bytes(4_000_000),
    "lines.txt": b"\n" * 4_000_000,
    "much.txt": b"x" * 60 * MEGABYTE,
}


@pytest.mark.parametrize("name", PICTURES)
def test_each_crafted_picture_is_answered(served, name, capsys):
    said = see_answered(served, PICTURES[name], name, path=f"{EPISODES}first/artwork/", field="artwork")
    with capsys.disabled():
        print(f"\n{name}: {said}")


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_each_crafted_transcript_is_answered(served, name, capsys):
    said = see_answered(served, TRANSCRIPTS[name], name, path=f"{EPISODES}first/transcripts/", field="transcript")
    with capsys.disabled():
        print(f"\n{name}: {said}")


def frames(count: int, block: int = 10_000) -> Iterator[bytes]:
    for _ in range(count // block):
        yield FRAME * block
    yield FRAME * (count % block)


def send_form(page: Page) -> http.client.HTTPResponse:
    before, behind = page.body(b"|", "Huge.mp3").split(b"|")
    size = len(before) + HUGE_BYTES + len(behind)
    sent = (one for part in ((before,), frames(HUGE_BYTES // len(FRAME)), (behind,)) for one in part)
    headers = {"Cookie": f"{SESSION}={page.studio.cookie}", "Content-Type": PARTS, "Content-Length": str(size)}
    with closing(http.client.HTTPConnection("127.0.0.1", page.studio.port, timeout=300)) as line:
        line.request("POST", page.action, sent, headers)
        return line.getresponse()


def send_pieces(page: Page) -> http.client.HTTPResponse:
    size, piece, there = HUGE_BYTES - len(FRAME), FRAME * 40_000, 0
    address = page.begin("Pieces.mp3", size)
    while there < size:
        assert page.piece(address, piece[: size - there], there).status == 204
        there += min(len(piece), size - there)
    with closing(http.client.HTTPConnection("127.0.0.1", page.studio.port, timeout=300)) as line:
        line.request("POST", address, b"", {"Cookie": f"{SESSION}={page.studio.cookie}", "X-CSRF-Token": page.token})
        return line.getresponse()


@pytest.mark.parametrize("way", [send_form, send_pieces])
def test_two_gigabytes_are_not_held_in_memory(served, way, capsys):
    studio, server = served
    before = library(studio)
    forget_peaks(server)
    held = peaks_mib(server)
    began = time.monotonic()
    answer = way(Page.opened(studio))
    taken, peaks = time.monotonic() - began, peaks_mib(server)
    assert answer.status in (201, 303)
    see_nothing_left(studio)
    (kept,) = (path for path in studio.settings.library.rglob("audio.mp3") if str(path) not in before)
    assert kept.stat().st_size > HUGE_BYTES - 2 * len(FRAME)
    shutil.rmtree(Path(kept).parent)
    with capsys.disabled():
        print(f"\n{way.__name__}: {taken:.0f} s; MiB before {held}, at most {peaks}")
    assert peaks[0] - held[0] < MOST_GROWTH_MIB
