"""The list of public episodes is looked for once, and never a list of another moment."""

from datetime import timedelta

import pytest
from builders import NOON, make_episode
from shop_window import ShopWindow


@pytest.fixture
def window(tmp_path):
    """A show of an episode, and of another to come in an hour."""
    opened = ShopWindow(tmp_path)
    later = make_episode(guid="2", slug="later", path="2", published_at=NOON + timedelta(hours=1))
    opened.put(make_episode(), later)
    yield opened
    opened.index.close()


@pytest.mark.parametrize(("minutes", "count"), [(59, 1), (60, 2), (61, 2)])
def test_an_episode_appears_at_its_moment(window, minutes, count):
    window.listed()
    window.now = NOON + timedelta(minutes=minutes)
    assert len(window.listed()) == count


def test_a_clock_that_is_set_back_shows_less_again(window):
    window.now = NOON + timedelta(hours=2)
    assert len(window.listed()) == 2
    window.now = NOON
    assert window.listed() == ["meet-the-husbands"]


def test_a_change_is_seen_at_once(window):
    window.listed()
    window.put(make_episode(guid="3", slug="third", path="3"))
    assert sorted(window.listed()) == ["meet-the-husbands", "third"]


def test_while_nothing_changes_it_is_the_same_list(window):
    show = window.publication.shows()[0]
    first = window.publication.episodes(show, window.now)
    assert window.publication.episodes(show, window.now + timedelta(minutes=1)) is first
