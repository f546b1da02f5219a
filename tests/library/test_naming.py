from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.library.naming import natural_key, read_name, season_of, transliterate


@pytest.mark.parametrize(
    ("name", "title", "number"),
    [
        ("110-meet-the-husbands", "meet the husbands", "110"),
        ("#110 Meet the Husbands", "Meet the Husbands", "110"),
        ("03 After treatment", "After treatment", "3"),
        ("03. After treatment", "After treatment", "3"),
        ("Ep. 12 - Scanxiety", "Scanxiety", "12"),
        ("ep12_coming_home", "coming home", "12"),
        ("Episode 5: Hi", "Hi", "5"),
        ("12.5 Bonus", "Bonus", "12.5"),
    ],
)
def test_a_leading_number_is_the_episodes(name, title, number):
    facts = read_name(name)
    assert (facts.title, facts.number) == (title, Decimal(number))


@pytest.mark.parametrize("name", ["2021-10-05 Home", "20211005-Home", "2021_10_05_Home", "2021.10.05 - Home"])
def test_a_leading_date_is_the_day(name):
    assert read_name(name) == read_name("2021-10-05 Home")
    assert read_name(name).published_on == date(2021, 10, 5)
    assert read_name(name).title == "Home"


def test_behind_a_date_only_a_marked_number_is_one():
    assert read_name("2021-10-05 #110 Home").number == 110
    assert read_name("2021-10-05 10 tips").title == "10 tips"


@pytest.mark.parametrize("name", ["3rd opinion", "no worries", "Epilogue 3", "2021-10 recap", "20230101120000"])
def test_what_only_looks_like_a_number_stays_in_the_title(name):
    assert read_name(name).number is None
    assert read_name(name).title == name


def test_a_day_that_does_not_exist_is_no_date():
    assert read_name("2021-02-30 Home").published_on is None


def test_season_and_number_together():
    facts = read_name("S2E03 After treatment")
    assert (facts.season, facts.number, facts.title) == (2, 3, "After treatment")


def test_nought_is_a_place_in_the_order_not_a_number():
    assert read_name("00 Trailer").number is None
    assert read_name("00 Trailer").title == "Trailer"


def test_hyphens_stay_where_the_name_has_other_spaces():
    assert read_name("03_stage-IV_living").title == "stage-IV living"
    assert read_name("Living with stage-IV").title == "Living with stage-IV"


@given(st.text(min_size=1).filter(str.strip))
def test_a_title_is_never_empty(name):
    assert read_name(name).title


@pytest.mark.parametrize("name", [" ", "\ufffe", "\x07"])
def test_a_name_of_nothing_that_can_be_shown_has_a_sign_for_a_title(name):
    assert read_name(name).title == "?"


@pytest.mark.parametrize(
    ("folder", "season"), [("Season 2", 2), ("season-03", 3), ("Seasonal", None), ("Season", None)]
)
def test_a_season_is_read_from_its_folder(folder, season):
    assert season_of(folder) == season


def test_names_sort_as_people_count():
    names = ["Season 10/1.mp3", "Season 2/10.mp3", "Season 2/9.mp3", "season 2/1.mp3"]
    assert sorted(names, key=natural_key) == ["season 2/1.mp3", "Season 2/9.mp3", "Season 2/10.mp3", "Season 10/1.mp3"]


@given(st.lists(st.text("0129aA/é .", max_size=8), max_size=6))
def test_any_names_can_be_sorted_and_always_alike(names):
    backwards = names[::-1]
    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)


def test_a_run_of_digits_too_long_for_a_number_still_sorts():
    assert natural_key("9" * 5000) < natural_key("1" + "0" * 5000)


def test_japanese_becomes_readable_ascii():
    assert transliterate("日本語").isascii()


def test_text_sorts_before_a_number_and_the_end_before_both():
    names = ["a/b", "a1", "a", "a/2", "a\x01", "a/1/c", "a0"]
    assert sorted(names, key=natural_key) == ["a", "a/1/c", "a/2", "a/b", "a0", "a1", "a\x01"]
