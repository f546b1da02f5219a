"""Durations against ffprobe, which counts every packet: files that encoders make, with and without headers."""

import json
import subprocess
from pathlib import Path

import pytest
from mutagen.id3 import ID3, TIT2

from catalogue.domain.facts import AudioFacts
from catalogue.formats.audio.reading import read_audio

SECONDS = 7.3
# A loud and a silent half: what a variable rate makes most of.
_SOUND = f"aevalsrc=if(lt(t\\,{SECONDS / 2})\\,random(0)-0.5\\,0):d={SECONDS}:s="
# ffprobe counts the encoder's silence at the ends, a header states it: LAME's is at most this.
ENCODER_SILENCE = 0.12
BARE = {
    "mpeg-1-vbr": "44100 2 -c:a libmp3lame -q:a 0 -write_xing 0 mp3",
    "mpeg-1-vbr-mono": "32000 1 -c:a libmp3lame -q:a 7 -write_xing 0 mp3",
    "mpeg-1-cbr": "48000 2 -c:a libmp3lame -b:a 320k -write_xing 0 mp3",
    "mpeg-1-cbr-padded": "44100 1 -c:a libmp3lame -b:a 64k -write_xing 0 mp3",
    "mpeg-1-abr": "44100 2 -c:a libmp3lame -b:a 96k -abr 1 -write_xing 0 mp3",
    "mpeg-2-vbr": "22050 2 -c:a libmp3lame -q:a 5 -write_xing 0 mp3",
    "mpeg-2-vbr-mono": "24000 1 -c:a libmp3lame -q:a 9 -write_xing 0 mp3",
    "mpeg-2.5-vbr": "11025 1 -c:a libmp3lame -q:a 6 -write_xing 0 mp3",
    "mpeg-2.5-cbr": "8000 2 -c:a libmp3lame -b:a 16k -write_xing 0 mp3",
    "layer-2": "44100 2 -c:a mp2 -b:a 192k -f mp2 mp3",
    "adts": "44100 2 -c:a aac -b:a 128k -f adts aac",
    "adts-mono": "16000 1 -c:a aac -b:a 24k -f adts aac",
}
STATED = {
    "xing": "44100 2 -c:a libmp3lame -q:a 2 mp3",
    "info": "44100 2 -c:a libmp3lame -b:a 128k mp3",
    "m4a": "44100 2 -c:a aac m4a",
    "m4a-fast-start": "44100 2 -c:a aac -movflags +faststart m4a",
    "m4a-fragments": "44100 2 -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof -frag_duration 900000 m4a",
    "vorbis": "44100 2 -c:a libvorbis ogg",
    "opus": "48000 2 -c:a libopus opus",
    "flac": "44100 2 -c:a flac flac",
    "wav": "44100 2 -c:a pcm_s16le wav",
    "wav-float": "48000 1 -c:a pcm_f32le wav",
    "wav-adpcm": "44100 2 -c:a adpcm_ms wav",
    "aiff": "44100 2 -c:a pcm_s24be aiff",
}

pytestmark = pytest.mark.ffmpeg


@pytest.fixture(scope="module")
def encode(tmp_path_factory):
    """Files by how they are made; all in one run, as to start ffmpeg takes longer than to encode."""
    folder = tmp_path_factory.mktemp("encoded")
    recipes = {recipe: recipe.split() for recipe in (*BARE.values(), *STATED.values())}
    rates = sorted({rate for rate, *_ in recipes.values()})
    command = ["ffmpeg", "-v", "error"]
    for rate in rates:
        command += ["-f", "lavfi", "-i", _SOUND + rate]
    made = {}
    for recipe, (rate, channels, *options, ending) in recipes.items():
        made[recipe] = folder / f"{len(made)}.{ending}"
        command += ["-map", str(rates.index(rate)), "-ac", channels, *options, "-bitexact", str(made[recipe])]
    subprocess.run(command, check=True, timeout=60)
    return made.__getitem__


def probed(file: Path) -> dict[str, float]:
    """What ffprobe counts and states: packets, samples a second, seconds."""
    entries = "stream=nb_read_packets,sample_rate:format=duration"
    command = ["ffprobe", "-v", "error", "-count_packets", "-show_entries", entries, "-of", "json", str(file)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    stream = told["streams"][0]
    return {
        "packets": int(stream["nb_read_packets"]),
        "rate": int(stream["sample_rate"]),
        "duration": float(told["format"]["duration"]),
    }


def facts(file: Path) -> AudioFacts:
    return read_audio(str(file), file.name)


def samples_a_frame(name: str, rate: float) -> int:
    return 1024 if name.startswith("adts") else 1152 if rate >= 32000 else 576


@pytest.mark.parametrize("name", BARE)
def test_frames_without_a_header_are_counted_to_the_last(encode, name):
    file = encode(BARE[name])
    counted = probed(file)
    exact = counted["packets"] * samples_a_frame(name, counted["rate"]) / counted["rate"]
    found = facts(file)
    assert found.duration.total_seconds() == pytest.approx(exact, rel=0.001)
    assert found.seek_header is None
    assert found.remarks == ()


@pytest.mark.parametrize("name", STATED)
def test_what_a_file_states_is_what_ffprobe_finds(encode, name):
    file = encode(STATED[name])
    slack = ENCODER_SILENCE if file.suffix == ".mp3" else SECONDS * 0.001
    assert facts(file).duration.total_seconds() == pytest.approx(probed(file)["duration"], abs=slack)
    assert facts(file).duration.total_seconds() == pytest.approx(SECONDS, abs=0.05)


@pytest.mark.parametrize(
    ("recipe", "mode", "header"),
    [
        (BARE["mpeg-1-vbr"], "variable", None),
        (BARE["mpeg-1-cbr-padded"], "constant", None),
        (STATED["xing"], "variable", "Xing"),
        (STATED["info"], "constant", "Info"),
        (STATED["m4a"], None, None),
    ],
)
def test_how_an_mp3_seeks_is_kept(encode, recipe, mode, header):
    found = facts(encode(recipe))
    assert (found.bitrate_mode, found.seek_header) == (mode, header)


def tagged(file: Path, target: Path) -> Path:
    target.write_bytes(file.read_bytes())
    tags = ID3()
    tags.add(TIT2(text="Title"))
    tags.save(target)
    return target


TRAILERS = {
    "id3v1": b"TAG" + bytes(125),
    "ape": b"APETAGEX" + bytes.fromhex("d0070000 20000000 00000000 00000000") + bytes(8),
    "lyrics3": b"LYRICSBEGININD0000210" + b"000021LYRICS200",
    "lyrics3-and-id3v1": b"LYRICSBEGININD0000210" + b"000021LYRICS200TAG" + bytes(125),
}


@pytest.mark.parametrize("name", TRAILERS)
def test_tags_behind_the_frames_are_no_sound(encode, tmp_path, name):
    file = tagged(encode(BARE["mpeg-1-vbr"]), tmp_path / "a.mp3")
    plain = facts(file)
    file.write_bytes(file.read_bytes() + TRAILERS[name])
    found = facts(file)
    assert (found.duration, found.remarks, found.essence) == (plain.duration, (), plain.essence)


def test_junk_between_frames_costs_no_more_than_a_frame(encode, tmp_path):
    content = encode(BARE["mpeg-1-vbr"]).read_bytes()
    (tmp_path / "a.mp3").write_bytes(content[:50_000] + b"junk" * 2_000 + content[50_000:])
    (tmp_path / "b.mp3").write_bytes(content)
    with_junk, without = (facts(tmp_path / name).duration.total_seconds() for name in ("a.mp3", "b.mp3"))
    assert with_junk == pytest.approx(without, abs=2 * 1152 / 44100)


@pytest.mark.parametrize("name", ["mpeg-1-vbr", "mpeg-2.5-cbr", "adts"])
def test_a_stream_without_a_header_that_is_cut_off_is_named(encode, tmp_path, name):
    file = encode(BARE[name])
    cut = tmp_path / file.name
    cut.write_bytes(file.read_bytes()[:-5])
    (remark,) = facts(cut).remarks
    assert remark.code == "audio-short"
    assert "its last frame lacks 5 bytes" in remark.message


def test_a_header_that_promises_a_little_more_is_named_and_the_frames_count(encode, tmp_path):
    content = encode(STATED["xing"]).read_bytes()
    (tmp_path / "a.mp3").write_bytes(content[: -len(content) // 50])
    found = facts(tmp_path / "a.mp3")
    assert [remark.code for remark in found.remarks] == ["audio-short"]
    assert found.duration.total_seconds() < SECONDS
