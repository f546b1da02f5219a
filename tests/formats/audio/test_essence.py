"""The two hashes: new tags change one of them, and only new sound changes the other."""

import hashlib
import wave
from pathlib import Path

import mutagen
import pytest
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TIT2

from catalogue.formats.audio import essence
from catalogue.formats.audio.essence import hash_audio, read_hashes

DATA = Path(__file__).parents[2] / "data" / "audio"
FILES = {
    "mp3": "variable-rate-with-xing.mp3",
    "aac": "plain.aac",
    "m4a": "plain.m4a",
    "mp4": "moving-picture.mp4",
    "ogg": "plain.ogg",
    "opus": "plain.opus",
    "flac": "plain.flac",
    "aiff": "plain.aiff",
}
LONG = "a title that moves every border between pages and every table of offsets " * 900


@pytest.fixture
def copy(tmp_path):
    def copy_of(name: str) -> Path:
        target = tmp_path / name
        target.write_bytes((DATA / name).read_bytes())
        return target

    return copy_of


def retag(file: Path) -> None:
    """Write a long title the way the format has it."""
    audio = None if file.suffix == ".aac" else mutagen.File(file)
    if audio is None or not hasattr(audio, "tags"):
        tags = ID3()
        tags.add(TIT2(text=LONG))
        tags.save(file)
        return
    if audio.tags is None:
        audio.add_tags()
    if isinstance(audio.tags, ID3):
        audio.tags.add(TIT2(text=LONG))
    else:
        audio["©nam" if file.suffix in (".m4a", ".mp4") else "title"] = LONG
    audio.save()


@pytest.mark.parametrize("audio_format", FILES)
def test_new_tags_leave_the_essence_as_it_was(copy, audio_format):
    file = copy(FILES[audio_format])
    before = read_hashes(str(file), audio_format)
    retag(file)
    after = read_hashes(str(file), audio_format)
    assert after[1] == before[1]
    assert after[0] == hashlib.sha256(file.read_bytes()).hexdigest() != before[0]


def test_comments_of_flac_in_ogg_are_no_essence(copy):
    file = copy("flac-in-ogg.oga")
    before = read_hashes(str(file), "ogg")
    retag(file)
    assert read_hashes(str(file), "ogg")[1] == before[1]


def test_essence_of_wav_is_its_samples(tmp_path):
    file = tmp_path / "a.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x01\x02" * 500)
    expected = hashlib.sha256(b"\x01\x02" * 500).hexdigest()
    assert read_hashes(str(file), "wav")[1] == expected
    retag(file)
    assert read_hashes(str(file), "wav")[1] == expected


def test_every_tag_at_the_end_of_an_mp3_is_left_out(copy):
    file = copy(FILES["mp3"])
    before = read_hashes(str(file), "mp3")
    tags = APEv2()
    tags["Title"] = "Title"
    tags.save(file)
    lyrics = b"LYRICSBEGININD0000200"
    with file.open("ab") as stream:
        stream.write(lyrics + f"{len(lyrics):06}".encode() + b"LYRICS200")
        stream.write(b"TAG+" + bytes(223) + b"TAG" + bytes(125))
    assert read_hashes(str(file), "mp3")[1] == before[1]


def test_two_tags_at_the_front_are_both_left_out(copy):
    file = copy(FILES["mp3"])
    before = read_hashes(str(file), "mp3")
    file.write_bytes(b"ID3\x03\x00\x00\x00\x00\x00\x05" + bytes(5) + file.read_bytes())
    retag_in_front = b"ID3\x04\x00\x00\x00\x00\x00\x07" + bytes(7)
    file.write_bytes(retag_in_front + file.read_bytes())
    assert read_hashes(str(file), "mp3")[1] == before[1]


@pytest.mark.parametrize("audio_format", FILES)
def test_one_changed_byte_of_sound_changes_both(copy, audio_format):
    file = copy(FILES[audio_format])
    before = read_hashes(str(file), audio_format)
    content = bytearray(file.read_bytes())
    at = content.index(b"mdat") + 40 if b"mdat" in content else len(content) - 40
    content[at] ^= 0xFF
    file.write_bytes(content)
    after = read_hashes(str(file), audio_format)
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("audio_format", FILES)
def test_hashes_do_not_depend_on_where_chunks_end(monkeypatch, audio_format):
    file = str(DATA / FILES[audio_format])
    whole = read_hashes(file, audio_format)
    monkeypatch.setattr(essence, "_CHUNK", 7)
    assert read_hashes(file, audio_format) == whole


def test_files_without_any_sound_are_not_taken_for_one_another(tmp_path):
    (tmp_path / "a.m4a").write_bytes(b"\x00\x00\x00\x08ftyp")
    whole, sound = read_hashes(str(tmp_path / "a.m4a"), "m4a")
    assert whole == sound


def test_bytes_that_a_container_promises_beyond_the_end_are_counted(copy):
    file = copy("plain.aiff")
    file.write_bytes(file.read_bytes()[:-100])
    with file.open("rb") as stream:
        assert hash_audio(stream, "aiff", size=file.stat().st_size).missing_bytes == 100


def test_padding_of_flac_is_no_essence(copy):
    file = copy("plain.flac")
    before = read_hashes(str(file), "flac")[1]
    FLAC(file).save(padding=lambda _: 0)
    assert read_hashes(str(file), "flac")[1] == before
