"""Items and episodes are paired by all that both say, and left alone where two could be meant."""

from datetime import timedelta

import pytest
from builders import NOON

from catalogue.domain.moving import Marks, match_items, plain_title


def marks(title="", **stated):
    return Marks(**{"guid": "", "title": title} | stated)


def test_a_title_is_the_same_however_it_is_written():
    assert match_items([marks("#7: Después…")], [marks("despues")]) == {0: 0}


@pytest.mark.parametrize(
    "sign",
    [
        {"guid": "a"},
        {"size_bytes": 20_000},
        {"published_at": NOON},
        {"stem": "110-husbands"},
    ],
)
def test_one_sign_will_do_where_nobody_else_has_it(sign):
    assert match_items([marks("x"), marks("y", **sign)], [marks("p", **sign), marks("q")]) == {1: 0}


def test_a_number_alone_will_do_only_where_no_title_contradicts():
    seven = {"number": "7", "season": "2"}
    assert match_items([marks(**seven)], [marks("One", **seven)]) == {0: 0}
    assert match_items([marks("Other", **seven)], [marks("One", **seven)]) == {}


@pytest.mark.parametrize("sign", [{"title": "Same"}, {"published_at": NOON}, {"size_bytes": 20_000}])
def test_a_sign_that_two_have_counts_for_neither(sign):
    assert match_items([marks(**sign)], [marks(**sign), marks(**sign)]) == {}


@pytest.mark.parametrize("size_bytes", [0, 9_999])
def test_small_files_may_be_of_one_size_by_chance(size_bytes):
    assert match_items([marks("a", size_bytes=size_bytes)], [marks("b", size_bytes=size_bytes)]) == {}


def test_more_signs_outweigh_fewer():
    items = [marks("One", published_at=NOON), marks("Two", published_at=NOON + timedelta(days=1))]
    episodes = [marks("Two", published_at=NOON), marks("One", published_at=NOON + timedelta(days=1))]
    assert match_items(items, episodes) == {0: 1, 1: 0}, "a title says more than a date"


def test_what_is_even_between_two_is_left_out():
    items = [marks("One", published_at=NOON, stem="b")]
    assert match_items(items, [marks("x", published_at=NOON), marks("y", stem="b")]) == {}


def test_whom_another_suits_better_goes_without():
    items = [marks("One"), marks("Other", guid="g", size_bytes=20_000)]
    assert match_items(items, [marks("One", guid="g", size_bytes=20_000)]) == {1: 0}


def test_a_minute_is_exact_enough_for_a_date():
    assert match_items([marks(published_at=NOON)], [marks(published_at=NOON + timedelta(seconds=59))]) == {0: 0}


@pytest.mark.parametrize(
    ("title", "plain"),
    [("S02E03 – Hope", "hope"), ("Ep. 3: Hope", "hope"), ("Season 2 Episode 3: Hope", "hope"), ("3", "3"), ("", "")],
)
def test_a_number_before_a_title_is_no_part_of_it(title, plain):
    assert plain_title(title) == plain
