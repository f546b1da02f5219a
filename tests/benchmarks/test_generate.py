import hashlib

import mutagen
import pytest
from mutagen.id3 import ID3

from benchmarks.generate import Sizes, write_library, write_long_mp3
from catalogue.formats.audio.frame_count import count_frames
from catalogue.formats.audio.reading import read_audio

SMALL = Sizes(mp3=5, m4a=2, opus=2, ogg=2)


@pytest.fixture
def library(tmp_path):
    write_library(tmp_path / "library", SMALL)
    return tmp_path / "library"


def sounds(library):
    return sorted(path for path in library.rglob("*") if path.suffix in {".mp3", ".m4a", ".opus", ".ogg"})


def test_every_file_is_sound_that_mutagen_reads(library):
    assert len(sounds(library)) == SMALL.total
    assert all(mutagen.File(path).info.length > 0 for path in sounds(library))


def test_no_two_files_have_one_sound(library):
    essences = {read_audio(str(path), path.name).essence for path in sounds(library)}
    assert len(essences) == SMALL.total


def test_tags_are_of_both_versions_with_pictures_and_chapters(library):
    tags = [ID3(path, translate=False) for path in sounds(library) if path.suffix == ".mp3"]
    assert {one.version[1] for one in tags} == {3, 4}
    assert all(26_000 < len(one.getall("APIC")[0].data) < 29_000 for one in tags)
    assert sorted(len(one.getall("CHAP")) for one in tags) == [0, 0, 0, 5, 5]


def test_one_seed_gives_one_library(library, tmp_path):
    write_library(tmp_path / "again", SMALL)
    first, second = (
        [hashlib.sha256(path.read_bytes()).digest() for path in sounds(one)] for one in (library, tmp_path / "again")
    )
    assert first == second


def test_long_sound_lasts_what_was_said(tmp_path):
    path = tmp_path / "long.mp3"
    seconds = write_long_mp3(path, size_bytes=1_000_000)
    with path.open("rb") as stream:
        assert count_frames(stream, 0, path.stat().st_size).seconds == pytest.approx(seconds)
