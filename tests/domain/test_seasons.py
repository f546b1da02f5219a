"""Seasons, and in which order their episodes are told."""

from datetime import UTC, datetime
from decimal import Decimal

from builders import make_episode, make_show

from catalogue.domain.episode import Season, newest_first
from catalogue.domain.seasons import in_show_order, listed_seasons, seasons_of
from catalogue.domain.show import ShowType

SERIAL = make_show(type=ShowType.SERIAL)


def told(slug, day, *, season=None, number=None):
    return make_episode(
        slug=slug,
        guid=slug,
        season=Season(number=season) if season is not None else None,
        number=Decimal(number) if number is not None else None,
        published_at=datetime(2021, 1, day, tzinfo=UTC),
    )


def order(show, *episodes):
    return [one.slug for one in in_show_order(show, sorted(episodes, key=newest_first))]


def test_a_show_of_single_talks_begins_with_the_newest():
    assert order(make_show(), told("a", 1), told("b", 2)) == ["b", "a"]


def test_a_story_begins_with_its_beginning_season_by_season():
    assert order(SERIAL, told("b1", 3, season=2), told("a2", 2, season=1), told("a1", 1, season=1)) == [
        "a1",
        "a2",
        "b1",
    ]


def test_a_trailer_of_no_season_comes_before_the_first():
    assert order(SERIAL, told("a1", 1, season=1), told("trailer", 2)) == ["trailer", "a1"]


def test_numbers_decide_whenever_they_came_out_and_what_has_none_keeps_its_place():
    episodes = [told("two", 1, number=2), told("bonus", 2), told("one", 3, number=1), told("end", 4)]
    assert order(SERIAL, *episodes) == ["one", "bonus", "two", "end"]


def test_a_season_has_the_name_that_was_given_last():
    newer, older = (make_episode(season=Season(number=1, name=name)) for name in ("New name", "Old name"))
    assert seasons_of([newer, older]) == (Season(number=1, name="New name"),)
    assert seasons_of([make_episode(season=Season(number=1)), older]) == (Season(number=1, name="Old name"),)


def test_a_single_season_that_holds_everything_needs_no_page():
    one, other = told("a", 1, season=1), told("b", 2, season=2)
    assert listed_seasons([one]) == ()
    assert [season.number for season in listed_seasons([other, one])] == [1, 2]
    assert [season.number for season in listed_seasons([one, told("trailer", 2)])] == [1]
