"""Xing, Info and VBRI headers, and what is none."""

import pytest

from catalogue.formats.audio.mpeg import frame_at
from catalogue.formats.audio.seek_header import find_seek_header

HEADER = bytes.fromhex("fffb9064")
FIRST = frame_at(HEADER + bytes(3), 0)


def frame(name: bytes, *, lame: bytes = b"", flags: int = 15, place: int = 36) -> bytes:
    """A first frame that states 1,000 frames and 417,000 bytes."""
    numbers = (1000).to_bytes(4, "big") + (417_000).to_bytes(4, "big") + bytes(100) + (78).to_bytes(4, "big")
    head = HEADER + bytes(place - 4) + name + flags.to_bytes(4, "big") + numbers + lame
    return head.ljust(417, b"\x00")


def lame(version: bytes, method: int) -> bytes:
    """LAME's extension with 576 and 1,152 samples of silence."""
    return version.ljust(9) + bytes([method]) + bytes(11) + bytes.fromhex("240480")


@pytest.mark.parametrize(
    ("version", "method", "mode"),
    [
        (b"LAME3.100", 1, "constant"),
        (b"LAME3.99r", 2, "average"),
        (b"LAME3.99r", 4, "variable"),
        (b"L3.99r1", 3, "variable"),
        (b"Lavc60.3", 0, "variable"),
    ],
)
def test_a_xing_header_states_frames_bytes_mode_and_silence(version, method, mode):
    found = find_seek_header(frame(b"Xing", lame=lame(version, method)))
    assert (found.name, found.frames, found.sound_bytes, found.mode) == ("Xing", 1000, 417_000, mode)
    assert found.seconds(FIRST) == pytest.approx((1000 * 1152 - 1728) / 44100)


def test_an_old_encoder_states_no_silence():
    assert find_seek_header(frame(b"Xing", lame=lame(b"LAME3.89", 4))).silence == 0


def test_info_means_a_constant_rate():
    assert find_seek_header(frame(b"Info")).mode == "constant"


@pytest.mark.parametrize("place", [13, 21, 36, 15, 23, 38])
def test_the_header_stands_behind_any_side_information(place):
    assert find_seek_header(frame(b"Xing", place=place)).frames == 1000


def test_vbri_states_frames_and_bytes():
    content = HEADER + bytes(32) + b"VBRI" + bytes(6) + (417_000).to_bytes(4, "big") + (1000).to_bytes(4, "big")
    found = find_seek_header(content.ljust(417, b"\x00"))
    assert (found.name, found.frames, found.sound_bytes, found.mode) == ("VBRI", 1000, 417_000, "variable")


def test_a_header_that_states_nothing_has_no_duration():
    assert find_seek_header(frame(b"Xing", flags=0)).seconds(FIRST) == 0


@pytest.mark.parametrize("content", [b"", HEADER, HEADER + bytes(413), b"Xing"])
def test_a_frame_of_sound_has_none(content):
    assert find_seek_header(content) is None


@pytest.mark.parametrize("length", range(36, 180, 7))
def test_a_header_that_is_cut_off_does_no_harm(length):
    found = find_seek_header(frame(b"Xing", lame=lame(b"LAME3.100", 4))[:length])
    assert found is None or found.seconds(FIRST) >= 0
