"""Apple's namespace."""

from datetime import timedelta
from decimal import Decimal

import pytest
from builders import make_audio, make_episode, make_show

from catalogue.domain.episode import Season
from catalogue.domain.show import Category, Owner


def test_a_show_always_says_whether_it_is_explicit(read):
    assert read(make_show()).text("//channel/itunes:explicit") == "false"
    assert read(make_show(explicit=True)).text("//channel/itunes:explicit") == "true"


@pytest.mark.parametrize(
    ("show", "episode", "written"), [(True, None, "true"), (False, None, "false"), (True, False, "false")]
)
def test_an_episode_says_so_as_its_note_does_or_else_its_show(read, show, episode, written):
    feed = read(make_show(explicit=show), make_episode(explicit=episode))
    assert feed.text("//item/itunes:explicit") == written


def test_apple_has_the_title_that_was_stated_for_it(read):
    assert not read(make_show()).all("//channel/itunes:title")
    feed = read(make_show(apple_title="For Apple"))
    assert (feed.text("//channel/itunes:title"), feed.text("//channel/title")) == ("For Apple", "Conversations")


def test_a_subcategory_stands_inside_its_category(read):
    feed = read(make_show(categories=(Category.from_text("Arts"), Category.from_text("Health & Fitness > Medicine"))))
    assert [element.get("text") for element in feed.all("//channel/itunes:category")] == ["Arts", "Health & Fitness"]
    assert [element.get("text") for element in feed.all("//itunes:category/itunes:category")] == ["Medicine"]


@pytest.mark.parametrize(("switch", "element"), [("block", "block"), ("complete", "complete")])
def test_a_switch_is_written_only_when_it_is_on(read, switch, element):
    assert not read(make_show()).all(f"//channel/itunes:{element}")
    assert read(make_show(**{switch: True})).text(f"//channel/itunes:{element}") == "Yes"


def test_categories_keep_their_order_and_each_its_own_parent(read):
    stated = ("Arts > Books", "News", "Arts > Design")
    feed = read(make_show(categories=tuple(map(Category.from_text, stated))))
    found = [[part.get("text") for part in element.iter()] for element in feed.all("//channel/itunes:category")]
    assert found == [["Arts", "Books"], ["News"], ["Arts", "Design"]]


@pytest.mark.parametrize("owner", [None, Owner(name="A. Owner")])
def test_an_owner_nobody_can_write_to_is_not_in_the_feed(read, owner):
    feed = read(make_show(owner=owner))
    assert not feed.all("//itunes:owner")
    assert not feed.all("//managingEditor")


def test_the_owners_address_stays_at_home_unless_it_is_to_be_shown(read):
    feed = read(make_show(owner=Owner(name="A. Owner", email="a@example.org")))
    assert not feed.all("//itunes:owner")
    assert not feed.all("//*[contains(., 'a@example.org')] | //*[@*[contains(., 'a@example.org')]]")


def test_the_owner_is_named_with_the_address(read):
    feed = read(make_show(owner=Owner(name="A. Owner", email="a@example.org"), show_owner_email=True))
    assert feed.text("//itunes:owner/itunes:email") == "a@example.org"
    assert feed.text("//managingEditor") == "a@example.org (A. Owner)"


@pytest.mark.parametrize(
    ("number", "written"), [("110", ["110"]), ("1E+2", ["100"]), ("0", []), ("7.5", []), ("-1", [])]
)
def test_only_whole_numbers_from_one_are_apples(read, number, written):
    feed = read(make_show(), make_episode(number=Decimal(number)))
    assert [element.text for element in feed.all("//itunes:episode")] == written


def test_a_season_without_a_number_apple_takes_is_left_to_podcasting(read):
    feed = read(make_show(), make_episode(season=Season(number=0, name="Before")))
    assert not feed.all("//itunes:season")
    assert feed.attributes("//podcast:season") == {"name": "Before"}


@pytest.mark.parametrize(("seconds", "written"), [(12.7, ["13"]), (0.2, ["1"]), (0, []), (None, [])])
def test_durations_are_whole_seconds_or_not_there(read, seconds, written):
    duration = None if seconds is None else timedelta(seconds=seconds)
    feed = read(make_show(), make_episode(renditions=(make_audio(duration=duration),)))
    assert [element.text for element in feed.all("//itunes:duration")] == written


def test_an_episode_without_artwork_shows_the_shows(read):
    feed = read(make_show(), make_episode())
    assert feed.attributes("//channel/itunes:image")["href"].endswith("/conversations.cover1.jpg")
    assert feed.attributes("//item/itunes:image") == feed.attributes("//channel/itunes:image")
