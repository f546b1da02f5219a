"""Tags written into copies of real files of every format, and read back."""

import random
import re
import wave
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from mutagen.id3 import APIC, COMM, ID3, TDRL, TIT2, TRCK, TXXX
from PIL import Image
from sounds import silent_mp3

from catalogue.documents import render_document
from catalogue.domain.facts import NewTags
from catalogue.domain.media import Chapter
from catalogue.errors import AudioError
from catalogue.formats.audio.reading import read_audio, read_embedded_artwork
from catalogue.formats.audio.tag_writing import write_tags
from catalogue.sandbox import Box

DATA = Path(__file__).parents[2] / "data" / "audio"
FILES = ["plain.aac", "plain.aiff", "plain.flac", "plain.ogg", "plain.opus", "flac-in-ogg.oga", "short-blocks.flac"]
MOVIES = ["plain.m4a", "moving-picture.mp4", "two-kinds-of-chapters.m4a"]


def at(seconds):
    return timedelta(seconds=seconds)


CHAPTERS = (
    Chapter(start=at(0), title="Hello"),
    Chapter(start=at(0.1), title="Él: <two>", url="https://e.org/?a&b"),
    Chapter(start=at(0.2), title="", url="https://e.org/silent", is_listed=False),
)
TAGS = NewTags(title="Años", number=Decimal("110"), season=2, chapters=CHAPTERS)


@pytest.fixture
def copy(tmp_path):
    def copied(name):
        file = tmp_path / name
        if name.endswith(".wav"):
            with wave.open(str(file), "wb") as sound:
                sound.setparams((1, 2, 8000, 0, "NONE", ""))
                sound.writeframes(bytes(16000))
        else:
            file.write_bytes(silent_mp3() if name == "plain.mp3" else (DATA / name).read_bytes())
        return str(file)

    return copied


@pytest.fixture
def cover(tmp_path):
    file = tmp_path / "cover.jpg"
    Image.new("RGB", (64, 64), "teal").save(file, "JPEG")
    return str(file)


def write(file, tags=TAGS, cover=""):
    return write_tags(file, "110/audio", render_document(NewTags, tags).decode(), cover)


@pytest.mark.parametrize("name", [*FILES, "plain.mp3", "variable-rate-with-xing.mp3", "plain.wav"])
def test_all_that_was_written_reads_back_and_the_sound_stays(copy, cover, name):
    file = copy(name)
    before = read_audio(file, name)
    done = write(file, cover=cover)
    after = read_audio(file, name)
    assert (after.title, after.number, after.season) == ("Años", Decimal(110), 2)
    assert (after.essence, after.duration) == (before.essence, before.duration)
    assert (done.sha256, done.is_same) == (after.sha256, False)
    assert [(one.start, one.title, one.url) for one in after.chapters if one.is_listed] == [
        (at(0), "Hello", None),
        (at(0.1), "Él: <two>", "https://e.org/?a&b"),
    ]
    assert read_embedded_artwork(file) == Path(cover).read_bytes()


@pytest.mark.parametrize("name", [*FILES, *MOVIES, "plain.mp3", "plain.wav"])
def test_tags_that_say_it_already_leave_the_file_as_it_is(copy, cover, name):
    file = copy(name)
    write(file, cover=cover)
    assert write(file, cover=cover).is_same


@pytest.mark.parametrize("name", MOVIES)
def test_mp4_gets_everything_that_it_has_a_place_for_and_says_the_rest(copy, cover, name):
    file = copy(name)
    before = read_audio(file, name)
    done = write(file, cover=cover)
    after = read_audio(file, name)
    assert (after.title, after.number, after.season) == ("Años", Decimal(110), 2)
    assert (after.essence, after.duration) == (before.essence, before.duration)
    assert [(one.start, one.title) for one in after.chapters] == [(at(0), "Hello"), (at(0.1), "Él: <two>")]
    assert ["no place for pictures of chapters" in remark.message for remark in done.remarks] == [True]
    assert read_embedded_artwork(file) == Path(cover).read_bytes()


@pytest.mark.parametrize("version", [3, 4])
def test_either_version_of_id3_is_written(copy, version):
    file = copy("plain.mp3")
    write(file, NewTags(title="Años", chapters=CHAPTERS, id3_version=version))
    assert ID3(file, translate=False).version[:2] == (2, version)
    assert [one.title for one in read_audio(file, "a.mp3").chapters] == ["Hello", "Él: <two>", ""]


def test_chapters_of_id3_end_where_the_next_begins_and_the_last_with_the_sound(copy):
    file = copy("plain.mp3")
    write(file)
    facts = read_audio(file, "a.mp3")
    assert [one.end for one in facts.chapters] == [at(0.1), at(0.2), facts.duration]


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("name", ["plain.mp3", "plain.wav", "plain.aiff"])
def test_chapters_of_id3_stand_in_the_file_by_their_times_not_by_their_length(copy, name, version):
    file = copy(name)
    titles = ["the longest of the three", "short", "a longer one"]
    chapters = tuple(Chapter(start=at(number / 10), title=title) for number, title in enumerate(titles))
    done = write(file, NewTags(title="a", chapters=chapters, id3_version=version))
    found = re.findall(rb"CHAP.{6}(chp\d)\0", Path(file).read_bytes(), re.DOTALL)
    assert found == [b"chp0", b"chp1", b"chp2"]
    assert write(file, NewTags(title="a", chapters=chapters, id3_version=version)).sha256 == done.sha256


def test_more_chapters_than_a_table_of_contents_holds_are_all_there(copy):
    file = copy("plain.mp3")
    many = tuple(Chapter(start=at(number / 1000), title=f"{number}") for number in range(300))
    write(file, NewTags(title="a", chapters=many))
    assert len(read_audio(file, "a.mp3").chapters) == 300


def test_what_is_none_of_ours_stays(copy):
    file = copy("plain.mp3")
    frames = ID3()
    for frame in (
        TIT2(text="Old"),
        TRCK(text="3/12"),
        TXXX(desc="mood", text="calm"),
        COMM(lang="eng", desc="", text="A note"),
        APIC(mime="image/png", type=4, data=b"back"),
    ):
        frames.add(frame)
    frames.save(file)
    write(file, NewTags(title="New"))
    kept = ID3(file)
    assert (str(kept["TIT2"]), str(kept["TRCK"]), str(kept["TXXX:mood"])) == ("New", "3/12", "calm")
    assert (kept.getall("COMM")[0].text, kept.getall("APIC")[0].data) == (["A note"], b"back")


def test_a_tag_that_the_older_id3_has_no_place_for_refuses_it(copy):
    file = copy("plain.mp3")
    frames = ID3()
    frames.add(TDRL(text="2021-10-05"))
    frames.save(file)
    with pytest.raises(AudioError, match=r"its date would be lost or changed. ID3v2.4 holds more"):
        write(file, NewTags(title="New", id3_version=3))


def test_tags_that_cannot_be_read_are_not_written_over(copy):
    file = Path(copy("plain.mp3"))
    frames, target = ID3(), BytesIO()
    for number in range(2_100):
        frames.add(TXXX(desc=str(number), text="x"))
    frames.save(target)
    hostile = target.getvalue() + file.read_bytes()
    file.write_bytes(hostile)
    with pytest.raises(AudioError, match="Nothing was written: Its ID3 tag was passed over"):
        write(str(file))
    assert file.read_bytes() == hostile


@pytest.mark.parametrize("number", [Decimal("15.5"), Decimal("0.5")])
def test_a_number_that_mp4_has_no_place_for_is_said(copy, number):
    done = write(copy("plain.m4a"), NewTags(title="a", number=number))
    assert ["number do not read back" in remark.message for remark in done.remarks] == [True]


def test_what_is_no_audio_is_refused_by_the_box(tmp_path):
    (tmp_path / "a.mp3").write_bytes(b"<html>")
    with Box(1) as box, pytest.raises(AudioError, match=r"1/a\.mp3: It is not audio"):
        box.call(write_tags, str(tmp_path / "a.mp3"), "1/a.mp3", render_document(NewTags, TAGS).decode(), "")


def test_a_file_without_any_sound_is_refused_with_what_to_do(copy):
    file = Path(copy("plain.m4a"))
    content = file.read_bytes()
    at = content.index(b"mdat") - 4
    file.write_bytes(content[:at] + b"\0\0\0\x08mdat" + content[at + int.from_bytes(content[at : at + 4], "big") :])
    with pytest.raises(AudioError, match=r"its sound would be lost or changed\. Export it again, and tag that\."):
        write(str(file))


def test_an_mp4_that_lies_of_its_parts_is_refused_with_our_own_words_alone(copy):
    file = Path(copy("two-kinds-of-chapters.m4a"))
    content, chance, codes = file.read_bytes(), random.Random(5), set()
    start = content.index(b"moov") - 4
    for _ in range(150):
        broken = bytearray(content)
        broken[chance.randrange(start, len(content))] = chance.choice((0, 1, 255))
        file.write_bytes(broken)
        try:
            write(str(file))
        except AudioError as error:
            codes.add(error.code)
    assert "tag-damaged" in codes
