"""Vorbis comments, with the pictures and chapters they carry."""

import base64
from datetime import date, timedelta
from decimal import Decimal

from mutagen.flac import Picture

from catalogue.formats.audio.tags import read_fields
from catalogue.formats.audio.tags_vorbis import read_vorbis


def picture(content: bytes, kind: int = 3) -> Picture:
    made = Picture()
    made.data, made.type, made.mime = content, kind, "image/png"
    return made


def block(content: bytes, kind: int = 3) -> str:
    return base64.b64encode(picture(content, kind).write()).decode()


def test_comments_fill_the_fields():
    comments = {"title": ["Title"], "artist": ["A", "B"], "tracknumber": ["3/12"], "date": ["2018-05-03"]}
    fields = read_fields(read_vorbis({**comments, "discnumber": ["2"], "language": ["spa"]}))
    assert (fields["title"], fields["author"], fields["number"]) == ("Title", "A, B", Decimal(3))
    assert (fields["season"], fields["published_on"], fields["language"]) == (2, date(2018, 5, 3), "es")


def test_keys_may_be_in_capitals():
    assert read_fields(read_vorbis({"TITLE": ["Title"]}))["title"] == "Title"


def test_a_description_of_several_paragraphs_is_the_notes_too():
    fields = read_fields(read_vorbis({"description": ["First.\n\nSecond."]}))
    assert (fields["summary"], fields["notes"]) == ("First.", "First.\n\nSecond.")


def test_no_comments_say_nothing():
    assert set(read_fields(read_vorbis(None)).values()) == {None}


def test_front_cover_is_preferred_wherever_it_stands():
    assert read_vorbis({"metadata_block_picture": [block(b"back", 4), block(b"front")]}).picture == b"front"
    assert read_vorbis({}, [picture(b"own", 0)]).picture == b"own"


def test_a_broken_picture_block_does_not_cost_the_next():
    assert read_vorbis({"metadata_block_picture": ["####", "QUJD", block(b"good")]}).picture == b"good"


def test_the_old_cover_comment_is_read():
    assert read_vorbis({"coverart": [base64.b64encode(b"old").decode()]}).picture == b"old"


def test_chapters_have_times_names_and_links():
    comments = {
        "chapter001": ["00:00:00.000"],
        "chapter001name": ["Welcome"],
        "chapter002": ["00:01:02.500"],
        "chapter002name": ["Talk"],
        "chapter002url": ["https://example.org/"],
    }
    chapters = read_vorbis(comments).chapters
    assert [(chapter.start, chapter.title) for chapter in chapters] == [
        (timedelta(0), "Welcome"),
        (timedelta(minutes=1, seconds=2.5), "Talk"),
    ]
    assert chapters[1].url == "https://example.org/"
