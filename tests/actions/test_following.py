"""A publication that is followed is up to date within a second, and asks the database nothing in a request."""

import logging
import threading
import time
from datetime import timedelta

import brotli
import pytest
from builders import NOON, make_episode, make_show
from shop_window import ShopWindow

from catalogue.actions import following as threads
from catalogue.actions.feed_body import FeedBody
from catalogue.actions.following import follow
from catalogue.actions.publish import Publication
from catalogue.domain.links import Links
from catalogue.errors import StoreError

LINKS = Links("https://example.org")


@pytest.fixture
def window(tmp_path, monkeypatch):
    monkeypatch.setattr(threads, "LOOK_EVERY_SECONDS", 0.02)
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


@pytest.fixture
def followed(window):
    """A window on one episode, followed in the background."""
    window.put(make_episode())
    end = follow(window.publication, LINKS, clock=lambda: window.now)
    until(lambda: at_hand(window))
    yield window
    end()


def at_hand(window):
    return window.publication.feed_at_hand("conversations", LINKS, window.now)


def until(ready):
    for _ in range(500):
        if answer := ready():
            return answer
        time.sleep(0.01)
    raise AssertionError("not within 5 s")


def cut_off(window, monkeypatch):
    """Let every question to the database fail."""

    def fails(*_):
        raise StoreError("store-away", "It is away.")

    for name in ("revision", "changes", "episodes", "shows", "fragments"):
        monkeypatch.setattr(window.index, name, fails)


def test_a_feed_is_at_hand_before_anybody_asked_for_it(followed):
    assert at_hand(followed).body.count(b"<item>") == 1


def test_what_another_process_wrote_is_shown_feed_and_pages_together(followed):
    followed.put(make_episode(guid="2", slug="two", path="2"))
    until(lambda: (feed := at_hand(followed)) is not None and feed.body.count(b"<item>") == 2)
    assert sorted(followed.listed()) == ["meet-the-husbands", "two"]


def test_no_request_asks_the_database(followed, monkeypatch):
    cut_off(followed, monkeypatch)
    assert followed.listed() == ["meet-the-husbands"]
    assert followed.feed() is at_hand(followed)


def test_a_database_that_is_away_is_told_once_and_the_last_state_served(followed, monkeypatch, caplog):
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        cut_off(followed, patch)
        until(lambda: caplog.records)
        time.sleep(0.1)
        assert followed.listed() == ["meet-the-husbands"]
    assert len(caplog.records) == 1
    followed.put(make_episode(title="Back"))
    until(lambda: b"Back" in at_hand(followed).body)


def test_a_database_that_was_never_there_is_a_store_error(window, monkeypatch):
    cut_off(window, monkeypatch)
    end = follow(window.publication, LINKS)
    with pytest.raises(StoreError):
        window.publication.shows()
    end()


def test_a_scheduled_episode_is_in_the_feed_at_its_second(followed):
    tomorrow = NOON + timedelta(days=1)
    followed.put(make_episode(guid="2", slug="two", path="2", published_at=tomorrow))
    until(lambda: at_hand(followed).due_at == tomorrow)
    followed.now = tomorrow
    assert followed.feed().body.count(b"<item>") == 2
    until(lambda: at_hand(followed))


def test_brotli_follows_and_nobody_waits_for_it(followed):
    packed = until(lambda: at_hand(followed).brotli)
    assert brotli.decompress(packed.body) == at_hand(followed).body


def fail_until_told(monkeypatch, owner, name):
    """Let a method fail as nobody foresaw; gives what ends that."""
    real, is_broken = getattr(owner, name), [True]

    def fails(*arguments):
        if is_broken:
            raise MemoryError("no room")
        return real(*arguments)

    monkeypatch.setattr(owner, name, fails)
    return is_broken.clear


def test_brotli_is_tried_again_where_it_failed(window, monkeypatch, caplog):
    monkeypatch.setattr(threads, "PACK_AGAIN_SECONDS", 0.02)
    mend = fail_until_told(monkeypatch, FeedBody, "with_brotli")
    window.put(make_episode())
    end = follow(window.publication, LINKS, clock=lambda: window.now)
    until(lambda: caplog.records)
    time.sleep(0.1)
    assert at_hand(window).brotli is None
    mend()
    until(lambda: at_hand(window).brotli)
    end()
    assert len(caplog.records) == 1


def test_a_reader_that_failed_reads_on_and_says_so_once(followed, monkeypatch, caplog):
    mend = fail_until_told(monkeypatch, Publication, "refresh")
    until(lambda: caplog.records)
    followed.put(make_episode(title="New"))
    time.sleep(0.1)
    assert followed.listed() == ["meet-the-husbands"]
    mend()
    until(lambda: b"New" in at_hand(followed).body)
    assert len(caplog.records) == 1


def test_a_database_that_was_never_there_is_told_once(window, monkeypatch, caplog):
    cut_off(window, monkeypatch)
    end = follow(window.publication, LINKS)
    until(lambda: caplog.records)
    time.sleep(0.1)
    end()
    assert len(caplog.records) == 1


def test_a_show_that_came_has_its_feed_too(followed):
    followed.put(make_episode(guid="2"), show=make_show(guid="other", slug="other"))
    until(lambda: followed.publication.feed_at_hand("other", LINKS, NOON))


def test_both_threads_end_when_asked_to(window):
    before = set(threading.enumerate())
    end = follow(window.publication, LINKS, clock=lambda: window.now)
    end()
    until(lambda: set(threading.enumerate()) <= before)


def test_without_its_reader_a_publication_looks_for_itself_again(window):
    window.put(make_episode())
    follow(window.publication, LINKS, clock=lambda: window.now)()
    window.put(make_episode(title="New"))
    until(lambda: window.page("meet-the-husbands").title == "New")


def test_base_urls_that_nobody_asks_for_are_forgotten(window):
    window.put(make_episode())
    for number in range(9):
        window.feed(f"https://{number}.example")
    kept = [
        n for n in range(9) if window.publication.feed_at_hand("conversations", Links(f"https://{n}.example"), NOON)
    ]
    assert kept == [6, 7, 8]
