"""Rendered items, and what is newer than a reader knows."""

import pytest
from builders import make_show
from rows import by_guid, episode_row, show_row

from catalogue.errors import StoreError
from catalogue.store.index import FragmentRow

GUID = make_show().guid
ONE, TWO = FragmentRow("key-1", b"<item>\x00\xff</item>"), FragmentRow("key-2", b"<item/>")


def test_rendered_items_are_saved_with_their_show_and_found_by_guid(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")), fragments={"a": ONE, "b": TWO})
    assert index.fragment_keys(GUID) == {"a": "key-1", "b": "key-2"}
    assert index.fragments(GUID, ["b", "never"]) == {"b": TWO}
    assert index.fragments("another show", ["a"]) == {}


def test_a_rendered_item_is_replaced_taken_away_or_left(index):
    index.save_show(show_row(), episodes={}, fragments={"a": ONE, "b": ONE, "c": ONE})
    index.save_show(show_row(), episodes={}, fragments={"a": TWO, "b": None})
    assert index.fragments(GUID, ["a", "b", "c"]) == {"a": TWO, "c": ONE}


def test_with_an_episode_goes_its_rendered_item(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")), fragments={"a": ONE})
    index.save_show(show_row(), episodes={}, gone=["a"])
    assert index.fragment_keys(GUID) == {}


def test_an_item_that_cannot_be_saved_leaves_show_and_episodes_as_they_were(index):
    with pytest.raises(StoreError):
        index.save_show(
            show_row(), episodes=by_guid(episode_row("a", "one")), fragments={"a": FragmentRow(None, b"<item/>")}
        )
    assert (index.shows(), index.episodes(GUID), index.revision()) == ((), (), 0)


def test_only_what_is_newer_than_a_change_is_read(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one"), episode_row("b", "two")))
    before = index.revision()
    index.save_show(show_row(), episodes=by_guid(episode_row("b", "two", title="New")))
    changes = index.changes(before)
    assert changes.revision == index.revision() > before
    assert [row.episode.title for row in changes.episodes[GUID]] == ["New"]
    assert changes.counts == {GUID: 2}
    assert {row.line.guid for row in index.changes(-1).episodes[GUID]} == {"a", "b"}


def test_an_episode_that_left_is_seen_by_the_count(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one"), episode_row("b", "two")))
    before = index.revision()
    index.save_show(show_row(), episodes={}, gone=["a"])
    assert (index.changes(before).episodes, index.changes(before).counts) == ({}, {GUID: 1})


def test_changes_of_an_empty_index_are_none(index):
    changes = index.changes(-1)
    assert (changes.revision, changes.shows, dict(changes.episodes), dict(changes.counts)) == (0, (), {}, {})
