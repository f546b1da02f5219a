"""Audio facts: every format from its bytes, and what a bad file says."""

import os
import shutil
import wave
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from mutagen.id3 import APIC, COMM, ID3, TALB, TDES, TDRC, TGID, TIT2, TLAN, TPE1, TPOS, TRCK, WFED
from mutagen.mp4 import MP4

from catalogue.domain.facts import AudioFacts
from catalogue.domain.media import AUDIO_ENDINGS
from catalogue.errors import ArtworkError, AudioError, ContentError
from catalogue.formats.audio.reading import read_audio, read_embedded_artwork
from catalogue.sandbox import Box

DATA = Path(__file__).parents[2] / "data" / "audio"
CORPUS = Path(os.environ.get("CASTALOGUE_CORPUS", Path(__file__).parents[3] / ".." / "shared" / "corpus")) / "audio"
XING = "variable-rate-with-xing.mp3"


@pytest.fixture
def copy(tmp_path):
    def copy_of(name: str, *, named: str | None = None, length: int | None = None) -> str:
        target = tmp_path / (named or name)
        target.write_bytes((DATA / name).read_bytes()[:length])
        return str(target)

    return copy_of


@pytest.fixture
def write(tmp_path):
    def written(content: bytes, name: str = "audio.mp3") -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return written


def facts(file: str) -> AudioFacts:
    return read_audio(file, Path(file).name)


def refusal(file: str) -> AudioError:
    with pytest.raises(AudioError) as caught:
        facts(file)
    return caught.value


@pytest.mark.parametrize(
    ("name", "audio_format", "milliseconds"),
    [
        (XING, "mp3", 3000),
        ("plain.m4a", "m4a", 300),
        ("moving-picture.mp4", "mp4", 300),
        ("plain.ogg", "ogg", 300),
        ("flac-in-ogg.oga", "ogg", 300),
        ("plain.opus", "opus", 300),
        ("plain.flac", "flac", 300),
        ("plain.aac", "aac", 384),
        ("plain.aiff", "aiff", 300),
    ],
)
def test_format_and_duration_come_from_the_bytes(name, audio_format, milliseconds):
    found = facts(str(DATA / name))
    assert (found.format, found.duration) == (audio_format, timedelta(milliseconds=milliseconds))
    assert found.size_bytes == (DATA / name).stat().st_size
    assert found.remarks == ()


def test_wav_lasts_as_long_as_its_samples(tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(8000))
    found = facts(str(tmp_path / "a.wav"))
    assert (found.format, found.duration, found.bitrate_kbps) == ("wav", timedelta(seconds=0.5), 128)


def test_variable_rate_without_a_header_is_counted_frame_by_frame(copy):
    counted = facts(copy("variable-rate-without-xing.mp3")).duration
    assert abs(counted - timedelta(seconds=3)) < timedelta(milliseconds=110)


def test_an_ending_that_does_not_fit_is_remarked_and_the_bytes_decide(copy):
    found = facts(copy("plain.m4a", named="talk.mp3"))
    assert found.format == "m4a"
    assert [remark.code for remark in found.remarks] == ["audio-ending"]


def test_opus_may_be_named_ogg(copy):
    found = facts(copy("plain.opus", named="talk.ogg"))
    assert (found.format, found.remarks) == ("opus", ())


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"", "audio-empty", "0 bytes"),
        (b"\n<!DOCTYPE html><title>404", "audio-none", "HTML"),
        (b'<?xml version="1.0"?><rss/>', "audio-none", "XML"),
        ("Über uns: Notizen.".encode(), "audio-none", "plain text"),
        (bytes(5000), "audio-none", "zeros"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "audio-none", "JPEG"),
        (b"\x1aE\xdf\xa3" + bytes(50), "audio-unsupported", "Matroska"),
        (bytes.fromhex("3026b2758e66cf11") + bytes(50), "audio-unsupported", "WMA"),
        (b"\x13\x37\x00\x99" * 300, "audio-none", "nothing that is known"),
    ],
)
def test_what_is_no_audio_is_named(write, content, code, word):
    error = refusal(write(content))
    assert (error.code, error.path) == (code, "audio.mp3")
    assert word in str(error)


def test_a_tag_without_sound_is_cut_off(write):
    file = write(b"")
    ID3().save(file)
    assert refusal(file).code == "audio-truncated"


def test_headers_without_samples_are_cut_off(copy, write):
    wav = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00" + bytes.fromhex("01000100401f0000401f000001000800")
    assert refusal(write(wav, "audio.wav")).code == "audio-truncated"
    assert refusal(copy("plain.aiff", length=60)).code == "audio-truncated"


def test_a_damaged_file_is_told_without_a_programmers_words(copy):
    error = refusal(copy("plain.flac", length=60))
    assert str(error).endswith(
        "It is damaged: its own description of its sound cannot be read. Export or copy it again."
    )


def test_an_mp4_without_a_sound_track_is_no_audio(copy):
    file = Path(copy("moving-picture.mp4"))
    file.write_bytes(file.read_bytes().replace(b"soun", b"subt"))
    assert "without a sound track" in str(refusal(str(file)))


def test_moving_pictures_named_m4a_are_remarked(copy):
    found = facts(copy("moving-picture.mp4", named="talk.m4a"))
    assert (found.format, [remark.code for remark in found.remarks]) == ("mp4", ["audio-ending"])


@pytest.mark.parametrize(
    ("name", "length"),
    [
        (XING, 2000),
        ("plain.m4a", 1200),
        ("plain.ogg", 3600),
        ("plain.opus", 700),
        ("plain.aiff", 4000),
        ("short-blocks.flac", 10_500),
    ],
)
def test_a_file_that_is_cut_off_is_refused(copy, name, length):
    assert refusal(copy(name, length=length)).code == "audio-truncated"


@pytest.mark.parametrize("name", ["plain.ogg", "plain.opus"])
def test_ogg_that_ends_between_two_pages_is_named(copy, name):
    content = (DATA / name).read_bytes()
    (remark,) = facts(copy(name, length=content.rindex(b"OggS"))).remarks
    assert remark.code == "audio-short"


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert refusal(str(tmp_path / "gone.mp3")).code == "audio-unreadable"


def test_id3_tags_fill_every_field(copy):
    file = copy(XING)
    tags = ID3()
    for frame in (TIT2(text="Meet the husbands"), TPE1(text=["Laura", "Bob"]), TALB(text="Show"), TRCK(text="110/200")):
        tags.add(frame)
    for frame in (TPOS(text="2"), TDRC(text="2018-05-03"), TLAN(text="eng"), TDES(text="Short."), TGID(text="abc-1")):
        tags.add(frame)
    tags.add(COMM(lang="eng", desc="", text="Notes,\r\nin two lines."))
    tags.add(WFED(url="https://example.org/feed.xml"))
    tags.save(file)
    found = facts(file)
    assert (found.title, found.author, found.album, found.number) == (
        "Meet the husbands", "Laura, Bob", "Show", Decimal(110),
    )  # fmt: skip
    assert (found.season, found.published_on, found.language) == (2, date(2018, 5, 3), "en")
    assert (found.summary, found.notes) == ("Short.", "Notes,\nin two lines.")
    assert (found.guid, found.feed_url) == ("abc-1", "https://example.org/feed.xml")


def test_the_front_cover_is_described_and_can_be_read_again(copy):
    file, png = copy(XING), one_pixel_png()
    tags = ID3()
    tags.add(APIC(mime="image/png", type=0, desc="other", data=b"nothing"))
    tags.add(APIC(mime="image/png", type=3, desc="cover", data=png))
    tags.save(file)
    found = facts(file)
    assert (found.artwork.format, found.artwork.width) == ("png", 1)
    assert read_embedded_artwork(file) == png


def test_a_picture_that_is_none_costs_only_the_picture(copy):
    file = copy(XING)
    tags = ID3()
    tags.add(TIT2(text="Title"))
    tags.add(APIC(mime="image/png", type=3, desc="", data=b"<html>"))
    tags.save(file)
    found = facts(file)
    assert (found.title, found.artwork) == ("Title", None)
    assert [remark.code for remark in found.remarks] == ["artwork"]


def test_audio_without_a_picture_says_so_when_asked_for_it():
    with pytest.raises(ArtworkError, match="carries no picture"):
        read_embedded_artwork(str(DATA / XING))


def id3_tag(name: bytes, body: bytes, *, flags: int = 0) -> bytes:
    """An ID3v2.3 tag of one frame."""
    frame = name + len(body).to_bytes(4, "big") + bytes([0, flags]) + body
    return b"ID3\x03\x00\x00" + bytes([0, 0, 0, len(frame)]) + frame


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        (id3_tag(b"RVA2", b"\x64\x00\x01\x00"), []),
        (id3_tag(b"TIT2", bytes(20), flags=0x80), ["tags-refused"]),
        (id3_tag(b"APIC", b"\x00image/png"), []),
        (b"ID3\x03\x00\x40\x00\x00\x00\x04\xff\xff\xff\xff", ["tags-broken"]),
    ],
)
def test_a_bad_tag_costs_only_the_tag(write, tag, codes):
    found = facts(write(tag + (DATA / XING).read_bytes()))
    assert (found.title, found.duration) == (None, timedelta(seconds=3))
    assert [remark.code for remark in found.remarks] == codes


def test_an_old_tag_at_the_end_is_read_too(copy):
    file = copy(XING)
    with Path(file).open("ab") as stream:
        stream.write(b"TAG" + b"Old title".ljust(30, b"\x00") + bytes(94) + b"\xff")
    assert facts(file).title == "Old title"


def test_chapters_of_a_text_track_and_of_nero_are_not_doubled():
    found = facts(str(DATA / "two-kinds-of-chapters.m4a"))
    assert [chapter.title for chapter in found.chapters] == ["Welcome", "Überlebende", "Goodbye"]
    assert found.chapters[1].start == timedelta(milliseconds=100)


def test_nero_chapters_that_are_no_text_cost_only_themselves(copy):
    file = copy("two-kinds-of-chapters.m4a")
    content = Path(file).read_bytes()
    at = content.index("Überlebende".encode(), content.index(b"chpl"))
    Path(file).write_bytes(content[:at] + b"\xff\xff" + content[at + 2 :])
    found = facts(file)
    assert len(found.chapters) == 3
    assert [remark.code for remark in found.remarks] == ["tags-broken"]


def test_mp4_tags_fill_podcast_fields(copy):
    file = copy("plain.m4a")
    tagged = MP4(file)
    tagged["©nam"], tagged["tvsn"], tagged["egid"] = "Title", [3], ["guid-1"]
    tagged.save()
    found = facts(file)
    assert (found.title, found.season, found.guid) == ("Title", 3, "guid-1")


def test_the_box_gives_what_a_plain_call_gives(copy):
    file = copy(XING)
    with Box(1) as box:
        assert box.call(read_audio, file, "a.mp3") == read_audio(file, "a.mp3")


@pytest.mark.corpus
def test_no_file_of_the_corpus_ends_the_box(tmp_path):
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus is not at {CORPUS}")
    files = sorted(path for path in CORPUS.rglob("*") if path.suffix[1:].lower() in AUDIO_ENDINGS)
    copies = [shutil.copy(path, tmp_path / f"{index}{path.suffix}") for index, path in enumerate(files)]
    with Box(1) as box:
        answers = list(box.run(read_audio, [(str(path), path.name) for path in copies]))
    assert len(answers) == len(files) > 50
    assert [answer for answer in answers if answer.error and not isinstance(answer.error, ContentError)] == []


def one_pixel_png() -> bytes:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (1, 1)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "rate", "channels"), [(XING, 16000, 1), ("plain.m4a", 16000, None), ("plain.opus", None, None)]
)
def test_rate_and_channels_are_told_of_what_apple_takes(copy, name, rate, channels):
    found = facts(copy(name))

    assert (found.sample_rate_hz, found.channels) == (rate, channels)
