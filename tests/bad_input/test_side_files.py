"""Transcripts, chapters and pictures that cannot be used: told, left out, and the episode goes on without them."""

import io
import json
import struct
import zlib

import pytest
from bad_input.conftest import item_titles
from PIL import Image


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def picture(width, height):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(1 << 20), 9))
    + chunk(b"IEND", b"")
)
THREE_WAYS = [{"startTime": "x", "title": "a"}, {"title": "b"}, {"startTime": -3, "title": "c"}]
# Folder → the file, its bytes, and what is said of it, sentence by sentence.
BAD = {
    "vtt-20mb": ("transcript.vtt", b"plain text plain text\n" * 1_000_000, ["larger than 10 MiB"]),
    "vtt-times": ("transcript.vtt", b"WEBVTT\n\n00:99 --> foo\nHello\n", ["line 3"]),
    "vtt-html": ("transcript.vtt", b"<html><body>404</body></html>", ["This is HTML"]),
    "vtt-latin": ("transcript.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nCaf\xe9\n", ["line 4: The text is not UTF-8"]),
    "srt-empty": ("transcript.srt", b"", ["Delete the file"]),
    "json-deep": ("transcript.json", b"[" * 100_000, ["nested too deeply"]),
    "json-other": ("transcript.json", b'{"segments": 3}', ["no segments"]),
    "chapters": (
        "chapters.json",
        json.dumps({"version": "1.2.0", "chapters": THREE_WAYS}).encode(),
        ["Chapter 1: its `startTime` is no number", "Chapter 2: it has no `startTime`", "Chapter 3: its `startTime`"],
    ),
    "chapters-open": ("chapters.json", b'{"version": "1.2.0",\n"chapters": [{"startTime": 1,\n}]}', ["line 3: "]),
    "chapters-deep": ("chapters.json", b"[" * 100_000, ["nested too deeply"]),
    "chapters-endless": (
        "chapters.json",
        b'{"chapters":[{"startTime":1e400}]}',
        ["within an episode"],
    ),
    "cover-broken": ("artwork.jpg", b"\xff\xd8\xff" + bytes(99), ["can be decoded"]),
    "cover-empty": ("artwork.png", b"", ["is empty"]),
    "cover-html": ("artwork.png", b"<html>", ["Save it again as JPEG or PNG"]),
    "cover-bomb": ("artwork.png", BOMB, ["more than 25 million pixels"]),
    "cover-small": ("artwork.png", picture(300, 300), ["at least 1400 × 1400"]),
    "cover-wide": ("artwork.png", picture(1500, 1400), ["must be square"]),
    "cover-gif": ("artwork.gif", b"GIF89a", ["save it as JPEG or PNG"]),
    "translation": ("episode.es.md", b"---\ntitle: [\n---\n", ["line "]),
}


def fill(shelf):
    for seed, (name, (file, content, _)) in enumerate(BAD.items(), start=10):
        shelf.sound(f"{name}/audio.mp3", seed=seed, title=name)
        (shelf.root / name / file).write_bytes(content)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_side_file_is_told_with_its_mend(ward, name):
    file, _, words = BAD[name]
    said = ward.said(name)
    assert len(said) == len(words)
    for sentence, word in zip(said, words, strict=True):
        assert sentence.startswith(f"{name}/{file}")
        assert word in sentence


def test_every_episode_is_in_the_feed_without_it(ward):
    assert sorted(item_titles(ward.shelf.feed())) == sorted(["Good", *BAD])


def test_a_transcript_or_chapters_that_break_later_cost_themselves_alone(shelf):
    shelf.sound("one/audio.mp3", title="One")
    words = shelf.write("one/transcript.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    shelf.index()
    words.write_bytes(b"<html>")
    assert [problem.path for problem in shelf.index().refused] == ["one/transcript.vtt"]
    assert item_titles(shelf.feed()) == ["One"]
