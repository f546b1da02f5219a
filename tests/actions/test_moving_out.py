"""A show that moves out leads its subscribers to a feed in which they find every episode again."""

import pytest
from old_host import item, may_ask_itself
from small_web import redirect

from catalogue.actions.moving_out import move_back, move_out
from catalogue.domain.links import Links
from catalogue.domain.selection import LATEST, WHOLE
from catalogue.errors import CatalogueError, Conflict, PlanRefused
from catalogue.feed_reading import read_feed

LINKS = Links("https://example.org")


@pytest.fixture
def library(shelf):
    shelf.sound("one.mp3", title="One")
    shelf.sound("two.mp3", seed=2, title="Two")
    may_ask_itself(shelf, "https://example.org").index()
    return shelf


def has(host, library, *, guid=None):
    items = [item(one.title, guid=one.guid) for one in library.episodes().values()]
    host.put(*items, guid=guid or library.publication().first_feed().guid)


def show_file(library):
    return (library.root / "show.toml").read_text()


def test_the_feed_leads_on_and_comes_back(library, host):
    has(host, library)
    before, feed = show_file(library), library.feed()
    moved = move_out(library.place, host.url, wishes=library._wishes())
    assert (moved.comparison.both, moved.comparison.is_same_podcast, moved.show.moved_to) == (2, True, host.url)
    assert show_file(library) == before + f'moved_to = "{host.url}"\n'
    now = read_feed(library.feed(), url=None)
    assert now.channel.text("itunes:new-feed-url") == host.url
    assert [one.guid for one in now.items] == [one.guid for one in read_feed(feed, url=None).items]
    move_back(library.place, wishes=library._wishes())
    assert (show_file(library), library.feed()) == (before, feed)


def test_a_moved_feed_is_at_nobody_s_hand_but_its_parts_are(library, host):
    has(host, library)
    move_out(library.place, host.url, wishes=library._wishes())
    publication = library.publication()
    publication.refresh(LINKS, library.now)
    assert [publication.feed_at_hand("conversations", LINKS, library.now, one) for one in (WHOLE, LATEST)] == [None] * 2


def test_a_feed_that_lacks_an_episode_is_refused_and_it_is_named(library, host):
    host.put(item("One", guid=library.episodes()["one"].guid), item("Two", guid="another"))
    before = show_file(library)
    with pytest.raises(PlanRefused, match=r"lacks 1 of the episodes here.*“Two”"):
        move_out(library.place, host.url, wishes=library._wishes())
    assert show_file(library) == before
    moved = move_out(library.place, host.url, is_checked=False, wishes=library._wishes())
    assert (moved.comparison, moved.show.moved_to) == (None, host.url)


def test_another_podcast_guid_is_seen(library, host):
    has(host, library, guid="9b024349-ccf0-5f69-a609-6b82873eab3c")
    assert not move_out(library.place, host.url, wishes=library._wishes()).comparison.is_same_podcast


@pytest.mark.parametrize(
    "url",
    [
        f"{base}/conversations/{name}"
        for base, name in (
            ("https://example.org", "feed.xml"),
            ("http://example.org", "feed.xml"),
            ("https://example.org", "feeds/latest.xml"),
        )
    ],
)
def test_a_feed_cannot_lead_to_itself(library, url):
    with pytest.raises(Conflict, match="this very feed"):
        move_out(library.place, url, is_checked=False)


@pytest.mark.parametrize("url", ["", "new.example.org/feed", "javascript:alert(1)", 'https://a.example/"b'])
def test_what_is_no_address_is_refused_before_anything_is_written(library, url):
    before = show_file(library)
    with pytest.raises(CatalogueError, match="not a web address"):
        move_out(library.place, url, is_checked=False)
    assert show_file(library) == before


def test_a_feed_that_did_not_move_cannot_come_back(library):
    with pytest.raises(Conflict, match="is here"):
        move_back(library.place)


def test_what_leads_back_to_the_feed_is_a_circle(library, host):
    has(host, library)
    may_ask_itself(library, host.web.url("")).index()
    host.web.answers["/conversations/feed.xml"] = host.web.answers["/feed"]
    host.web.answers["/old"] = redirect(host.web.url("/conversations/feed.xml"), "301 Moved Permanently")
    before = show_file(library)
    with pytest.raises(Conflict, match="this very feed"):
        move_out(library.place, host.web.url("/old"), wishes=library._wishes())
    assert show_file(library) == before
