"""How long pages stay true: until a change, an episode's moment, or the next day where a show is at home."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import NOON, make_episode, make_show
from shop_window import ShopWindow


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


def test_the_state_is_another_after_each_change_and_only_then(window):
    window.put(make_episode())
    window.publication.shows()
    first = window.publication.state()
    window.ticks += 1
    window.publication.shows()
    assert window.publication.state() is first
    window.put(make_episode(title="Another title"))
    window.publication.shows()
    assert window.publication.state() not in (first, None)


def test_there_is_no_state_while_it_would_have_to_be_read(window):
    assert window.publication.state() is None
    window.put(make_episode())
    window.publication.shows()
    window.ticks += 1
    assert window.publication.state() is None


@pytest.mark.parametrize(
    ("timezone", "published_at", "expected"),
    [
        ("UTC", NOON + timedelta(hours=1), NOON + timedelta(hours=1)),
        ("UTC", NOON, datetime(2021, 10, 6, tzinfo=UTC)),
        ("UTC", NOON + timedelta(days=3), datetime(2021, 10, 6, tzinfo=UTC)),
        ("America/New_York", NOON, datetime(2021, 10, 6, tzinfo=UTC)),
        ("Asia/Kathmandu", NOON, datetime(2021, 10, 5, 18, 15, tzinfo=UTC)),
    ],
)
def test_pages_hold_until_the_next_episode_or_midnight(window, timezone, published_at, expected):
    show = make_show(timezone=timezone)
    window.put(make_episode(guid="1", slug="one", path="1"), make_episode(published_at=published_at), show=show)
    assert window.publication.holds_until(datetime(2021, 10, 5, 12, tzinfo=UTC)) == expected
