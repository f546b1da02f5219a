"""Moments and lengths of time as people type them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import CatalogueError
from catalogue.library.notes.moments import open_timezone, read_day, read_duration, read_moment, render_duration


def sentence_of(function, *args):
    with pytest.raises(CatalogueError) as caught:
        function(*args)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-10-05", (2021, 10, 5, 6, 0, 0)),
        ("2021-10-05 08:00", (2021, 10, 5, 6, 0, 0)),
        ("2021-10-05T08:00", (2021, 10, 5, 6, 0, 0)),
        ("2021-10-05 8:00:30", (2021, 10, 5, 6, 0, 30)),
        ("2021-10-05T08:00:00Z", (2021, 10, 5, 8, 0, 0)),
        ("2021-10-05 08:00 +0530", (2021, 10, 5, 2, 30, 0)),
        ("2021-10-05 08:00:00.250000-04:00", (2021, 10, 5, 12, 0, 0)),
        ("2021-12-05 08:00", (2021, 12, 5, 7, 0, 0)),
    ],
)
def test_a_moment_is_read_in_the_shows_zone_unless_it_names_one(text, expected):
    assert read_moment(text, "Europe/Berlin") == datetime(*expected, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["5/10/21", "1633420800", "20211005", "2021-13-01", "2021-10-05 25:00", "2021-10-05 08:00 CET", "", "٢٠٢١"]
)
def test_numbers_and_other_orders_are_refused_with_the_way_to_write_it(text):
    assert "Write 2021-10-05" in sentence_of(read_moment, text, "UTC")


def test_a_year_or_a_month_alone_is_never_a_moment():
    assert "has no day: '2021'" in sentence_of(read_moment, "2021", "UTC")
    assert "has no day: '2021-10'" in sentence_of(read_moment, "2021-10", "UTC")


def test_an_hour_that_comes_twice_names_both_readings():
    said = sentence_of(read_moment, "2021-10-31 02:30", "Europe/Berlin")
    assert "Write 2021-10-31 02:30+02:00 or 2021-10-31 02:30+01:00." in said


def test_both_readings_of_a_doubled_hour_can_be_written():
    first, second = (read_moment(f"2021-10-31 02:30{zone}", "Europe/Berlin") for zone in ("+02:00", "+01:00"))
    assert second - first == timedelta(hours=1)


def test_an_hour_that_is_left_out_names_both_readings():
    said = sentence_of(read_moment, "2021-03-28 02:30", "Europe/Berlin")
    assert "Write 2021-03-28 01:30 or 2021-03-28 03:30." in said


def test_years_that_no_podcast_has_are_refused():
    assert "Write 2021-10-05" in sentence_of(read_moment, "0001-01-01", "Pacific/Auckland")
    assert "Write 2021-10-05" in sentence_of(read_day, "9999-12-31")


def test_a_misspelt_zone_is_told_the_nearest():
    assert "Write it like Europe/Berlin." in sentence_of(open_timezone, "europe/berlin")
    assert "Europe/Madrid" in sentence_of(open_timezone, "../../etc/passwd")


@pytest.mark.parametrize("text", ["", "1:60", "1:60:00", "-5", "1h", "1:2:3:4", "nan", "1e3"])
def test_what_is_no_length_of_time_is_refused(text):
    assert "1:02:03" in sentence_of(read_duration, text)


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40)))
def test_a_length_of_time_reads_back_as_it_was_written(duration):
    assert read_duration(render_duration(duration)) == duration
