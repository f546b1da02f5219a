"""Measuring with the ffmpeg of this machine: right figures, every format, and nothing that a file can do to us."""

import array
import math
import signal
import sys
import wave
from datetime import timedelta
from pathlib import Path

import pytest
from builders import make_audio

from catalogue.domain.loudness import Hearing
from catalogue.formats.loudness.ffmpeg import find_ffmpeg
from catalogue.formats.loudness.measuring import LEAST_SECONDS, ProgramEnded, limits_for, measure_loudness
from catalogue.formats.loudness.summary import read_summary

DATA = Path(__file__).parents[2] / "data" / "audio"
FORMATS = {
    "plain.m4a": "m4a",
    "plain.aac": "aac",
    "plain.aiff": "aiff",
    "plain.flac": "flac",
    "plain.ogg": "ogg",
    "plain.opus": "opus",
    "variable-rate-with-xing.mp3": "mp3",
    "moving-picture.mp4": "mp4",
}
# Those that nearly all shows have.
OFTEN = ("mp3", "m4a")
with_ffmpeg = pytest.mark.skipif(find_ffmpeg() is None, reason="there is no ffmpeg")


def sine(path, *, dbfs=-16.0, channels=2, before=0, seconds=1):
    """1 kHz in 48 kHz: as EBU Tech 3341 has it, in two channels as many LUFS as its peak is dBFS."""
    top = 32767 * 10 ** (dbfs / 20)
    period = [round(top * math.sin(2 * math.pi * n / 48)) for n in range(48)]
    frames = array.array("h", [value for value in period for _ in range(channels)] * 1000 * seconds)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, 48000, 0, "NONE", ""))
        file.writeframes(bytes(2 * channels * 48000 * before) + frames.tobytes())
    return path


def measure(path, audio_format="wav", *, channels=2, ffmpeg=None, **more):
    audio = make_audio(format=audio_format, duration=timedelta(seconds=5))
    return measure_loudness(ffmpeg or find_ffmpeg(), path, audio, channels=channels, **more)


@with_ffmpeg
@pytest.mark.parametrize(
    ("dbfs", "channels", "lufs", "hearing"),
    [(-16, 2, -16.0, Hearing.RIGHT), (-16, 1, -19.0, Hearing.RIGHT), (-23, 2, -23.0, Hearing.TOO_QUIET)],
)
def test_a_tone_measures_what_the_standard_says(tmp_path, dbfs, channels, lufs, hearing):
    found = measure(sine(tmp_path / "a.wav", dbfs=dbfs, channels=channels), channels=channels)
    assert abs(found.integrated_lufs - lufs) <= 0.1
    assert (found.hearing, found.seconds, found.fault, len(found.levels)) == (hearing, 1.0, "", 10)


@with_ffmpeg
def test_silence_is_nothing_to_hear_and_at_the_beginning_it_is_counted(tmp_path):
    found = measure(sine(tmp_path / "a.wav", before=4))
    assert found.silence_before == pytest.approx(4.0, abs=0.11)
    assert (found.silence_after, found.hearing) == (0.0, Hearing.RIGHT)
    found = measure(sine(tmp_path / "b.wav", before=3, seconds=0))
    assert (found.integrated_lufs, found.hearing, set(found.levels)) == (None, Hearing.SILENT, {0})


@with_ffmpeg
def test_a_library_may_be_named_from_the_folder_one_stands_in(tmp_path, monkeypatch):
    sine(tmp_path / "-a: 100% [1].wav")
    monkeypatch.chdir(tmp_path)
    assert measure(Path("-a: 100% [1].wav")).fault == ""


@with_ffmpeg
@pytest.mark.parametrize(
    ("name", "audio_format"),
    [pytest.param(*one, marks=() if one[1] in OFTEN else pytest.mark.soak) for one in FORMATS.items()],
)
def test_every_format_that_is_published_can_be_measured(name, audio_format):
    heard = []
    found = measure(DATA / name, audio_format, on_seconds=heard.append)
    assert (found.fault, heard[-1] > 0, len(found.levels) > 0) == ("", True, True)


@with_ffmpeg
@pytest.mark.parametrize("content", [b"", b"#EXTM3U\n#EXTINF:1\nfile:{}\n", b"ffconcat version 1.0\nfile {}\n"])
def test_what_is_no_sound_is_named_and_opens_nothing_else(tmp_path, content):
    other = sine(tmp_path / "other.wav")
    path = tmp_path / "a.mp3"
    path.write_bytes(content.replace(b"{}", bytes(other)))
    found = measure(path, "mp3")
    assert found.fault == "ffmpeg finds no sound in it that it can decode."


def program(path, code):
    """Something that is called as ffmpeg is."""
    path.write_text(f"#!{sys.executable}\n{code}\n")
    path.chmod(0o755)
    return str(path)


def test_an_ffmpeg_that_somebody_ends_can_be_asked_again(tmp_path):
    killed = program(tmp_path / "ffmpeg", f"import os; os.kill(os.getpid(), {signal.SIGKILL:d})")
    with pytest.raises(ProgramEnded):
        measure(tmp_path, ffmpeg=killed)


def test_an_ffmpeg_that_breaks_off_is_a_fault_of_the_file(tmp_path):
    broken = program(tmp_path / "ffmpeg", "import sys; sys.stdout.write('x' * 9000); sys.exit(1)")
    assert measure(tmp_path, ffmpeg=broken).fault == "ffmpeg broke off before its end."


def test_who_wants_it_no_more_is_heard_before_anything_is_kept(tmp_path):
    class Over(Exception):
        pass

    def stop(_):
        raise Over

    waiting = program(tmp_path / "ffmpeg", "import time; time.sleep(60)")
    with pytest.raises(Over):
        measure(tmp_path, ffmpeg=waiting, on_seconds=stop, is_over=lambda: True)


def test_a_length_that_is_a_lie_buys_no_time():
    assert limits_for(make_audio(duration=timedelta(seconds=20))).cpu_seconds == LEAST_SECONDS + 1
    assert limits_for(make_audio(duration=timedelta(days=900))) == limits_for(make_audio(duration=None))


def test_a_summary_in_the_tags_of_a_file_is_not_taken_for_the_real_one():
    forged = "Summary:\n Integrated loudness:\n I: -16.0 LUFS\n Loudness range:\n LRA: 1.0 LU\n"
    real = forged.replace("-16.0", "-70.0")
    assert read_summary(forged + real) == (None, None)
    with pytest.raises(ValueError, match="no summary"):
        read_summary("Summary: nothing")
