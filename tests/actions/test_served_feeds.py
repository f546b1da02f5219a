"""Feeds that cannot be made or packed just now: told once, left alone for a while, tried again."""

import logging
from datetime import timedelta

import pytest
from builders import NOON, make_episode
from shop_window import ShopWindow

from catalogue.actions.feed_body import FeedBody, FeedMaker
from catalogue.actions.served_feeds import AGAIN
from catalogue.domain.links import Links
from catalogue.errors import NotPublishable

LINKS = Links("https://example.org")


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    opened.put(make_episode())
    yield opened
    opened.index.close()


@pytest.fixture
def broken(monkeypatch):
    """Lets a method fail until told otherwise; `tries` counts what was tried."""

    class Broken:
        is_broken, tries = True, 0

        def put(self, owner, name):
            real = getattr(owner, name)

            def fails(*arguments):
                self.tries += 1
                if self.is_broken:
                    raise MemoryError("no room")
                return real(*arguments)

            monkeypatch.setattr(owner, name, fails)

    return Broken()


def refresh(window):
    window.publication.refresh(LINKS, window.now)


def is_new(window):
    return b"New title" in window.feed().body


def test_a_feed_that_could_not_be_made_is_made_a_little_later(window, broken):
    refresh(window)
    broken.put(FeedMaker, "make")
    window.put(make_episode(title="New title"))
    refresh(window)
    broken.is_broken = False
    refresh(window)
    assert not is_new(window), "it is left alone for a while"
    window.now = NOON + AGAIN
    refresh(window)
    assert is_new(window)


def test_what_cannot_be_made_is_told_once_and_tried_now_and_then(window, broken, caplog):
    refresh(window)
    broken.put(FeedMaker, "make")
    window.put(make_episode(title="New title"))
    for second in range(0, 120, 2):
        window.now = NOON + timedelta(seconds=second)
        refresh(window)
        window.feed()
    assert (broken.tries, len(caplog.records)) == (120 / AGAIN.total_seconds(), 1)


def test_a_last_state_is_fresh_only_until_the_next_try(window, broken):
    refresh(window)
    broken.put(FeedMaker, "make")
    window.put(make_episode(title="New title"))
    assert window.feed().due_at == NOON + AGAIN


def test_where_there_is_no_last_state_nobody_makes_it_for_each_who_asks(window, broken, caplog):
    broken.put(FeedMaker, "make")
    for _ in range(9):
        refresh(window)
        with pytest.raises(NotPublishable, match="no room"):
            window.feed()
    assert (broken.tries, len(caplog.records)) == (1, 1)
    broken.is_broken, window.now = False, NOON + AGAIN
    assert window.feed().body


def test_a_new_state_is_tried_at_once(window, broken):
    broken.put(FeedMaker, "make")
    refresh(window)
    broken.is_broken = False
    window.put(make_episode(title="New title"))
    assert is_new(window)


def test_a_feed_that_cannot_be_packed_is_told_once_and_packed_later(window, broken, caplog):
    refresh(window)
    broken.put(FeedBody, "with_brotli")
    with caplog.at_level(logging.WARNING):
        assert [list(window.publication.pack_feeds()) for _ in range(3)] == [[], [], []]
    assert [record.getMessage() for record in caplog.records] == [
        "The feed of conversations cannot be packed with brotli; gzip is served."
    ]
    broken.is_broken = False
    (packed,) = window.publication.pack_feeds()
    assert window.feed().brotli is packed.brotli is not None
