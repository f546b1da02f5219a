"""Frames of MPEG audio and ADTS, counted."""

from io import BytesIO

import pytest

from catalogue.formats.audio import frame_count
from catalogue.formats.audio.frame_count import count_frames
from catalogue.formats.audio.mpeg import find_frame, frame_at

# MPEG 1 layer III, 32 kbit/s, 44,100 Hz: 104 bytes, 1,152 samples
FRAME = bytes.fromhex("fffb1000") + bytes(100)
# ADTS, 44,100 Hz, 107 bytes, 1,024 samples
ADTS = bytes.fromhex("fff150400d7ffc") + bytes(100)


def seconds(content: bytes) -> float | None:
    counted = count_frames(BytesIO(content), 0, len(content))
    return None if counted is None else counted.seconds


@pytest.mark.parametrize(
    ("header", "frame"),
    [
        ("fffb9064", (417, 1152, 44100, "mp3")),
        ("fffb9264", (418, 1152, 44100, "mp3")),
        ("fff384c4", (192, 576, 24000, "mp3")),
        ("fffd84c4", (384, 1152, 48000, "mp3")),
        ("ffff84c4", (256, 384, 48000, "mp3")),
        ("fff150400d7ffc", (107, 1024, 44100, "aac")),
    ],
)
def test_headers_tell_length_samples_and_rate(header, frame):
    assert frame_at(bytes.fromhex(header).ljust(7, b"\x00"), 0) == frame


@pytest.mark.parametrize("header", ["fffb0000", "fffbf000", "fffb9c00", "ffeb9000", "fff91000", "00fb9064", "ffff"])
def test_reserved_values_are_no_header(header):
    assert frame_at(bytes.fromhex(header).ljust(7, b"\x00")[:7], 0) is None


@pytest.mark.parametrize(("frame", "samples"), [(FRAME, 1152), (ADTS, 1024)])
def test_duration_is_the_sum_of_all_frames(frame, samples):
    assert seconds(frame * 200) == pytest.approx(200 * samples / 44100, abs=1e-5)


def test_duration_does_not_depend_on_where_chunks_end(monkeypatch):
    monkeypatch.setattr(frame_count, "_CHUNK", 333)
    assert seconds(FRAME * 200) == pytest.approx(200 * 1152 / 44100, abs=1e-5)


def test_junk_between_frames_is_stepped_over():
    assert seconds(FRAME * 50 + b"junk" * 99 + FRAME * 50) == pytest.approx(100 * 1152 / 44100, abs=1e-5)


def test_too_much_junk_gives_no_duration(monkeypatch):
    monkeypatch.setattr(frame_count, "LOST_LIMIT_BYTES", 1000)
    assert seconds(FRAME + bytes(2000) + FRAME) is None


def test_no_frames_give_no_duration():
    assert seconds(b"") is None


def test_one_sync_word_amid_other_bytes_is_no_frame():
    assert find_frame(b"text" + FRAME[:4] + bytes(300)) is None
    assert find_frame(b"text" + FRAME * 3)[0] == 4


def test_a_long_file_is_counted_quickly():
    assert seconds(FRAME * 20_000) > 8 * 60
