"""ID3 tags as podcasts carry them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TDES,
    TDRC,
    TDRL,
    TIT2,
    TIT3,
    TPE2,
    TXXX,
    USLT,
    WXXX,
    CTOCFlags,
)

from catalogue.formats.audio.tags import read_fields
from catalogue.formats.audio.tags_id3 import read_id3


def tag(*frames, version: int = 4) -> bytes:
    tags, target = ID3(), BytesIO()
    for frame in frames:
        tags.add(frame)
    if version == 3:
        tags.update_to_v23()
    tags.save(target, v2_version=version)
    return target.getvalue()


def chapter(name: str, *frames, start: int, end: int = 0xFFFFFFFF) -> CHAP:
    return CHAP(element_id=name, start_time=start, end_time=end, sub_frames=list(frames))


def test_no_tag_at_all_says_nothing():
    assert set(read_fields(read_id3(b"")).values()) == {None}


@pytest.mark.parametrize("version", [3, 4])
def test_title_and_day_are_the_same_in_both_versions(version):
    fields = read_fields(read_id3(tag(TIT2(text="Über"), TDRC(text="2018-05-03"), version=version)))
    assert (fields["title"], fields["published_on"]) == ("Über", date(2018, 5, 3))


def test_the_zone_of_a_release_time_is_kept():
    # written by hand: mutagen itself drops the Z
    frame = b"TDRL\x00\x00\x00\x15\x00\x00\x03" + b"2018-05-03T10:00:00Z"
    fields = read_fields(read_id3(b"ID3\x04\x00\x00\x00\x00\x00" + bytes([len(frame)]) + frame))
    assert fields["published_at"] == datetime(2018, 5, 3, 10, tzinfo=UTC)


def test_release_time_goes_before_recording_time():
    fields = read_fields(read_id3(tag(TDRC(text="2017-01-01"), TDRL(text="2018-05-03"))))
    assert fields["published_on"] == date(2018, 5, 3)


def test_a_year_alone_gives_way_to_a_day():
    fields = read_fields(read_id3(tag(TDRC(text="2018-05-03"), TDRL(text="2018"))))
    assert fields["published_on"] == date(2018, 5, 3)


def test_band_stands_in_for_a_missing_artist():
    assert read_fields(read_id3(tag(TPE2(text="The House"))))["author"] == "The House"


def test_notes_are_the_longest_text_and_comments_of_machines_are_none():
    junk = COMM(lang="eng", desc="iTunNORM", text="0" * 300)
    raw = read_id3(tag(junk, COMM(lang="eng", desc="", text="Short"), USLT(lang="eng", desc="", text="Longer text")))
    assert read_fields(raw)["notes"] == "Longer text"


def test_description_is_the_summary_before_the_subtitle():
    fields = read_fields(read_id3(tag(TIT3(text="Subtitle"), TDES(text="Description"))))
    assert (fields["summary"], fields["notes"]) == ("Description", None)


def test_user_texts_stand_in_for_missing_frames():
    raw = read_id3(tag(TXXX(desc="EPISODE", text="7"), TXXX(desc="Comment", text="From ffmpeg")))
    fields = read_fields(raw)
    assert (fields["number"], fields["notes"]) == (Decimal(7), "From ffmpeg")


def test_front_cover_goes_before_other_pictures_and_an_address_is_no_picture():
    other = APIC(mime="image/jpeg", type=4, desc="back", data=b"back")
    link = APIC(mime="-->", type=3, desc="link", data=b"https://example.org/a.jpg")
    assert read_id3(tag(other, link)).picture == b"back"
    assert read_id3(tag(other, APIC(mime="image/jpeg", type=3, desc="", data=b"front"))).picture == b"front"


def test_chapters_come_by_time_in_milliseconds_with_their_links():
    late = chapter("a", TIT2(text="Late"), WXXX(desc="", url="https://example.org/"), start=5000, end=9000)
    chapters = read_id3(tag(late, chapter("b", TIT2(text="Early"), start=0, end=5000))).chapters
    assert [found.title for found in chapters] == ["Early", "Late"]
    assert (chapters[1].start, chapters[1].end) == (timedelta(seconds=5), timedelta(seconds=9))
    assert chapters[1].url == "https://example.org/"


def test_a_chapter_outside_the_table_of_contents_is_not_listed():
    contents = CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["a"], sub_frames=[])
    frames = (chapter("a", TIT2(text="A"), start=0), chapter("b", TIT2(text="B"), start=9))
    assert [found.is_listed for found in read_id3(tag(contents, *frames)).chapters] == [True, False]
    assert [found.is_listed for found in read_id3(tag(*frames)).chapters] == [True, True]


def test_a_chapter_without_an_end_has_none():
    (found,) = read_id3(tag(chapter("a", TIT2(text="A"), start=0))).chapters
    assert (found.end, found.url) == (None, None)


def test_a_link_that_is_no_web_address_is_left_out():
    (found,) = read_id3(tag(chapter("a", TIT2(text="A"), WXXX(desc="", url="javascript:alert(1)"), start=0))).chapters
    assert found.url is None


def test_tags_of_version_2_2_are_read():
    frame = b"TT2\x00\x00\x06\x00Title"
    assert read_fields(read_id3(b"ID3\x02\x00\x00\x00\x00\x00" + bytes([len(frame)]) + frame))["title"] == "Title"
