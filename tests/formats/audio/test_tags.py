"""Text of tags, typed and clean."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.formats.audio.tags import (
    NOTES_LIMIT_BYTES,
    RawTags,
    clean_line,
    clean_text,
    find_web_address,
    read_fields,
    read_moment,
    remarks_on,
)
from catalogue.formats.language_codes import find_language


def fields(**texts: str) -> dict:
    return read_fields(RawTags(texts={name: (text,) for name, text in texts.items()}))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-05-03", date(2018, 5, 3)),
        ("2018/5/3", date(2018, 5, 3)),
        ("20180503", date(2018, 5, 3)),
        ("2018-05-03 08:15", datetime(2018, 5, 3, 8, 15)),  # noqa: DTZ001  # the show's zone applies
        ("2018-05-03T08:15:30.25+0200", datetime(2018, 5, 3, 6, 15, 30, tzinfo=UTC)),
        ("2018-05-03T08:15:30Z", datetime(2018, 5, 3, 8, 15, 30, tzinfo=UTC)),
        ("2018", None),
        ("2018-05", None),
        ("2018-02-30", None),
        ("0000-00-00", None),
        ("May 3rd", None),
        ("0001-01-01T00:00:00+10:00", None),
    ],
)
def test_only_a_date_with_a_day_is_a_date(text, moment):
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "number"),
    [("3/12", 3), ("03", 3), ("3.5", "3.5"), ("0", None), ("0/0", None), ("A3", None), ("-1", None), ("9" * 50, None)],
)
def test_numbers_of_episodes(text, number):
    assert fields(number=text)["number"] == (None if number is None else Decimal(number))


def test_a_season_is_a_whole_number():
    assert fields(season="2/2")["season"] == 2
    assert fields(season="2.5")["season"] is None
    assert fields(season="1/1")["season"] is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [("eng", "en"), ("fre", "fr"), ("fra", "fr"), ("haw", "haw"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"),
     ("und", None), ("XXX", None), ("English", None), ("", None), ("e", None)],
)  # fmt: skip
def test_languages_become_bcp_47(text, tag):
    assert find_language(text) == tag


@given(st.text(alphabet=st.characters()))
def test_clean_text_is_fit_for_xml(text):
    clean = clean_text(text)
    assert all(character in "\t\n" or character.isprintable() or ord(character) > 0x9F for character in clean)
    assert not any(0xD800 <= ord(character) <= 0xDFFF or ord(character) in (0xFFFE, 0xFFFF) for character in clean)
    assert "\n" not in clean_line(text)


def test_a_title_is_one_line_of_bounded_length():
    assert fields(title="  A\x00 title\nof\ttwo\x0b lines ")["title"] == "A title of two lines"
    assert len(fields(title="x" * 5000)["title"]) == 1000


def test_notes_keep_their_lines():
    assert fields(notes="One\r\n\r\nTwo\tthree")["notes"] == "One\n\nTwo\tthree"


def test_notes_over_a_mebibyte_are_cut_within_no_character_and_remarked():
    raw = RawTags(texts={"notes": ("é" * 600_000,)})
    notes = read_fields(raw)["notes"]
    assert NOTES_LIMIT_BYTES - 2 <= len(notes.encode()) <= NOTES_LIMIT_BYTES
    assert [remark.code for remark in remarks_on(raw)] == ["notes-cut"]


def test_notes_of_nothing_but_markup_are_passed_over():
    raw = RawTags(texts={"notes": ("![" * 300_000, "Real notes.")})
    assert read_fields(raw)["notes"] == "Real notes."
    assert [remark.code for remark in remarks_on(raw)] == ["notes-markup"]


def test_a_comment_that_repeats_the_summary_is_no_notes():
    assert fields(summary="The same", notes="The same")["notes"] is None


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://a b", "ftp://example.org/", "example.org", "http://", "http://["]
)
def test_what_is_no_web_address_is_none(text):
    assert find_web_address(text) is None
