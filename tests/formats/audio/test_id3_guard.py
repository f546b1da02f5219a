"""Crafted ID3 tags are seen for what they are, and honest ones pass."""

import time
from io import BytesIO

import pytest
from mutagen.id3 import APIC, CHAP, CTOC, ID3, TIT2, TXXX, CTOCFlags

from catalogue.formats.audio.id3_guard import find_danger
from catalogue.formats.audio.tags_id3 import read_id3


def tag(body: bytes, *, version: int = 4, flags: int = 0) -> bytes:
    size = len(body)
    return b"ID3" + bytes([version, 0, flags, *(size >> shift & 0x7F for shift in (21, 14, 7, 0))]) + body


def frame(name: bytes, body: bytes, *, flags: int = 0) -> bytes:
    size = len(body)
    return name + bytes([*(size >> shift & 0x7F for shift in (21, 14, 7, 0)), 0, flags]) + body


def nested(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = frame(b"CHAP", b"a\x00" + bytes(16) + inner)
    return inner


def saved(*frames) -> bytes:
    tags, target = ID3(), BytesIO()
    for each in frames:
        tags.add(each)
    tags.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (tag(frame(b"APIC", b"\x00image/png\x00\x03\x00x") * 5000), "2,000 frames"),
        (tag(frame(b"TXXX", bytes(4))), None),
        (tag(frame(b"TIT2", bytes(9), flags=0x08)), "TIT2 is compressed"),
        (tag(frame(b"TIT2", bytes(9), flags=0x80), version=3), "TIT2 is compressed"),
        (tag(frame(b"CHAP", b"a\x00" + bytes(16) + frame(b"TIT2", bytes(9), flags=0x08))), "compressed"),
        (tag(nested(200)), "nested"),
        (tag(b""), None),
        (tag(b"\x00" * 50), None),
    ],
)
def test_danger_is_named(content, word):
    danger = find_danger(content)
    assert danger is None if word is None else word in danger


def test_unsynchronised_tags_are_looked_through():
    hidden = frame(b"TXXX", b"\xff\x00" * 60) + frame(b"TIT2", bytes(9), flags=0x80)
    assert find_danger(tag(hidden.replace(b"\xff\x00", b"\xff\x00\x00"), version=3, flags=0x80)) is not None


def test_a_thousand_chapters_and_a_big_cover_pass():
    chapters = [CHAP(element_id=f"c{n}", start_time=n, end_time=n + 1, sub_frames=[TIT2(text="T")]) for n in range(900)]
    contents = CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["c1", "c2"], sub_frames=[])
    cover = APIC(mime="image/jpeg", type=3, desc="", data=b"\xff\xd8\xff\x00" * 100_000)
    content = saved(*chapters, contents, cover, TXXX(desc="x" * 200, text="y"))
    assert find_danger(content) is None
    assert len(read_id3(content).chapters) == 900


def test_a_refused_tag_is_remarked_in_no_time():
    bomb = tag(frame(b"APIC", b"\x00image/png\x00\x03\x00x") * 5000)
    started = time.process_time()
    (remark,) = read_id3(bomb).remarks
    assert remark.code == "tags-refused"
    assert time.process_time() - started < 5
