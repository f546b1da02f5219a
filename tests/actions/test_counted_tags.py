"""The tags of what is public, counted anew when anything may be another."""

from datetime import timedelta

import pytest
from builders import NOON, make_episode
from shop_window import ShopWindow

from catalogue.domain.episode import Tag

GRIEF = (Tag(name="grief", slug="grief"),)


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


def counts(window):
    return [(one.tag.slug, one.count) for one in window.publication.tags(window.now)]


def test_a_tag_counts_from_the_moment_of_its_episode(window):
    later = make_episode(slug="b", guid="b", published_at=NOON + timedelta(hours=1), tags=GRIEF)
    window.put(make_episode(tags=GRIEF), later)
    assert counts(window) == [("grief", 1)]
    window.now += timedelta(hours=1)
    assert counts(window) == [("grief", 2)]


def test_a_tag_that_was_taken_off_is_gone(window):
    window.put(make_episode(tags=GRIEF))
    assert counts(window) == [("grief", 1)]
    window.put(make_episode())
    assert counts(window) == []
