"""Frames as taggers write them, in four encodings, whole and not."""

import pytest

from catalogue.formats.audio.tags_id3 import read_id3

LITTLE, BIG = b"\xff\xfe", b"\xfe\xff"


def tag(name: bytes, body: bytes, *, version: int = 3) -> bytes:
    frame = name + len(body).to_bytes(4, "big") + b"\x00\x00" + body
    return b"ID3" + bytes([version, 0, 0, 0, 0, len(frame) >> 7, len(frame) & 0x7F]) + frame


def title(body: bytes, *, version: int = 3) -> tuple[str, ...]:
    return read_id3(tag(b"TIT2", body, version=version)).texts["title"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\x00\xdcbung", "Übung"),
        (b"\x03" + "Übung".encode(), "Übung"),
        (b"\x01" + LITTLE + "Übung".encode("utf-16-le"), "Übung"),
        (b"\x01" + BIG + "Übung".encode("utf-16-be") + b"\x00\x00", "Übung"),
        (b"\x02" + "Übung".encode("utf-16-be"), "Übung"),
        (b"\x01" + "Übung".encode("utf-16-le"), "Übung"),
        (b"\x01" + LITTLE + "Übung".encode("utf-16-le")[:-1], "Übung"),
        (b"\x03Padded" + bytes(40), "Padded"),
        (b"\x01" + LITTLE + "Ā\u0100".encode("utf-16-le"), "Ā\u0100"),
    ],
)
def test_text_is_read_in_every_encoding(body, text):
    assert title(body) == (text,)


def test_several_values_are_joined():
    wide = b"\x01" + LITTLE + "A".encode("utf-16-le") + b"\x00\x00" + LITTLE + "B".encode("utf-16-le")
    assert title(b"\x03A\x00B", version=4) == ("A, B",)
    assert title(wide, version=4) == ("A, B",)


def test_frames_of_one_name_are_joined():
    one, two = tag(b"TIT2", b"\x03A")[10:], tag(b"TIT2", b"\x03B")[10:]
    assert read_id3(b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(one + two)]) + one + two).texts["title"] == ("A, B",)


@pytest.mark.parametrize(
    "body", [b"\x09text", b"\x03\xff\xff", b"\x01" + LITTLE + b"\x00\xd8a\x00", b"\x03", b"\x00\x00"]
)
def test_a_text_that_is_none_says_nothing(body):
    assert not title(body)


@pytest.mark.parametrize("body", [b"\x00eng", b"\x01eng", b"\x00", b"\x07engabc", b"\x01eng" + LITTLE])
def test_a_comment_without_words_says_nothing(body):
    assert not read_id3(tag(b"COMM", body)).texts["notes"]


def test_a_comment_has_a_name_and_words():
    wide = b"\x01eng" + LITTLE + b"a\x00\x00\x00" + LITTLE + "Words".encode("utf-16-le")
    assert read_id3(tag(b"COMM", wide)).texts["notes"] == ("Words",)


@pytest.mark.parametrize("body", [b"\x00image/png", b"\x00image/png\x00", b"\x00image/png\x00\x03"])
def test_a_picture_without_bytes_is_none(body):
    assert read_id3(tag(b"APIC", body)).picture is None


@pytest.mark.parametrize("body", [b"\x03https://a.example/feed", b"https://a.example/feed\x00"])
def test_a_feed_address_is_read_as_text_and_as_address(body):
    assert read_id3(tag(b"WFED", body)).texts["feed_url"] == ("https://a.example/feed",)


@pytest.mark.parametrize(
    ("day", "time", "moment"), [("", "", "2018"), ("0305", "", "2018-05-03"), ("0305", "1000", "2018-05-03T10:00")]
)
def test_year_day_and_time_of_older_tags_are_one_moment(day, time, moment):
    parts = {b"TYER": "2018", b"TDAT": day, b"TIME": time}
    frames = b"".join(tag(name, b"\x03" + text.encode())[10:] for name, text in parts.items() if text)
    header = b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(frames)])
    assert read_id3(header + frames).texts["published"] == (moment,)
