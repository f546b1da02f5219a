"""Counting frames: runs of equal ones are compared many at once, and nothing is counted that one by one is not."""

from __future__ import annotations

import io
from random import Random

import pytest

from catalogue.formats.audio.frame_count import count_frames
from catalogue.formats.audio.mpeg import FRAMES, frame_at

KEYS = [bytes((255, second, third)) for second in range(256) for third in range(256)]
FOUND = {key: frame for key in KEYS if (frame := frame_at(key + bytes(4), 0)) is not None}
MP3 = [key for key, frame in FOUND.items() if frame[3] == "mp3" and frame[0] > 32]


def stream_of(random: Random, *, runs: int, longest: int) -> tuple[bytes, list[bytes]]:
    keys = [key for _ in range(runs) for key in [random.choice(MP3)] * random.randint(1, longest)]
    return b"".join(key + bytes(FRAMES[key][0] - 3) for key in keys), keys


@pytest.mark.parametrize("longest", [1, 3, 20, 700])
def test_runs_of_equal_frames_are_counted_as_one_by_one(longest: int) -> None:
    content, keys = stream_of(Random(longest), runs=60, longest=longest)
    counted = count_frames(io.BytesIO(content), 0, len(content))
    assert counted is not None and counted.frames == len(keys)
    assert counted.seconds == pytest.approx(sum(FRAMES[key][1] / FRAMES[key][2] for key in keys))
    assert (counted.sound_bytes, counted.lost_bytes, counted.cut_bytes) == (len(content), 0, 0)


def test_a_run_that_ends_in_noise_ends_there() -> None:
    key = MP3[0]
    frame = key + bytes(FRAMES[key][0] - 3)
    content = frame * 300 + b"noise" * 100 + frame * 50
    counted = count_frames(io.BytesIO(content), 0, len(content))
    assert counted is not None
    assert (counted.frames, counted.lost_bytes) == (350, 500)


def test_every_header_of_an_mpeg_frame_is_known_and_no_other() -> None:
    # 3 versions, 3 layers, with a checksum or not, 14 bit rates, 3 sampling rates, padding, private bit
    assert len(FOUND) == 3 * 3 * 2 * 14 * 3 * 2 * 2
    assert all(frame[3] == "mp3" for frame in FOUND.values())
    assert not any(key in FRAMES for key in KEYS if key[1] < 0xE0)
