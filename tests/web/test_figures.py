from datetime import UTC, datetime, timedelta

import pytest

from web import figures
from web.words import words_for

EN, ES = words_for("en"), words_for("es")


def test_a_day_is_the_day_in_the_zone_of_the_show():
    late = datetime(2021, 10, 5, 2, tzinfo=UTC)
    assert figures.day(late, "America/New_York", EN) == "4 October 2021"
    assert figures.day(late, "Europe/Madrid", ES) == "5 de octubre de 2021"


@pytest.mark.parametrize(
    ("stated", "english", "spanish"),
    [
        ("2018-05", "May 2018", "mayo de 2018"),
        ("2018-05-03", "3 May 2018", "3 de mayo de 2018"),
        ("when the guideline changes", "when the guideline changes", "when the guideline changes"),
        ("2018-13", "2018-13", "2018-13"),
    ],
)
def test_a_stated_day_or_month_is_said_in_words(stated, english, spanish):
    assert (figures.stated_day(stated, EN), figures.stated_day(stated, ES)) == (english, spanish)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(40, "40 s"), (60, "1 min"), (2893, "48 min"), (3600, "1 h"), (4320, "1 h 12 min"), (3599, "1 h")],
)
def test_length_in_words(seconds, said):
    assert figures.length(timedelta(seconds=seconds), EN) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [(44_100_000, "44 MB"), (1_540_000, "1,5 MB"), (640_000, "640 kB"), (1, "1 byte"), (2_100_000_000, "2,1 GB")],
)
def test_size_in_words(size, said):
    assert figures.size(size, ES) == said


def test_languages_name_themselves():
    assert [figures.language_name(tag) for tag in ("es", "en-US", "tlh-x-none")] == [
        "español",
        "English (United States)",
        "tlh-x-none",
    ]
