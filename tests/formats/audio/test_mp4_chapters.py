"""Chapters in a text track, and tables that lie."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from catalogue.formats.audio.mp4_chapters import read_track_chapters

DATA = Path(__file__).parents[2] / "data" / "audio"
WITH_CHAPTERS = (DATA / "two-kinds-of-chapters.m4a").read_bytes()


def read(content: bytes) -> list:
    return read_track_chapters(BytesIO(content), len(content))


def test_titles_and_times_of_the_track_are_read():
    chapters = read(WITH_CHAPTERS)
    assert [chapter.title for chapter in chapters] == ["Welcome", "Überlebende", "Goodbye"]
    assert chapters[1].end == chapters[2].start == timedelta(milliseconds=200)


def test_a_file_without_such_a_track_has_none():
    assert read((DATA / "plain.m4a").read_bytes()) == []


@pytest.mark.parametrize("name", [b"stts", b"stsz", b"stco", b"stsc"])
def test_a_table_that_is_missing_costs_the_chapters_alone(name):
    assert read(WITH_CHAPTERS.replace(name, b"free")) == []


def test_a_table_that_claims_more_rows_than_it_has_ends_with_its_rows():
    at = WITH_CHAPTERS.rindex(b"stsz") + 12
    assert len(read(WITH_CHAPTERS[:at] + b"\xff\xff\xff\xff" + WITH_CHAPTERS[at + 4 :])) == 3


def test_an_offset_beyond_the_file_gives_an_empty_title():
    at = WITH_CHAPTERS.rindex(b"stco") + 12
    assert read(WITH_CHAPTERS[:at] + b"\xff\xff\xff\xff" + WITH_CHAPTERS[at + 4 :])[0].title == ""
