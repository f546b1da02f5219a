"""Podcast software that others wrote reads each of a show's feeds as what it is."""

import io

import feedparser
import podcastparser
import pytest
from builders import NOON, make_episode, make_ledger_show, make_show
from lxml import etree
from shop_window import ShopWindow

from catalogue.check.facts import FeedFacts
from catalogue.check.run import check_feed
from catalogue.domain.episode import Season, Tag
from catalogue.domain.links import Links
from catalogue.domain.selection import LATEST, WHOLE, read_selection
from catalogue.store.index import ShowRow

LINKS = Links("https://example.org")
NAMES = {
    WHOLE: ("Conversations", ["a", "b"]),
    LATEST: ("Conversations", ["a", "b"]),
    read_selection("season/2"): ("Conversations – Living & well", ["a"]),
    read_selection("tag/living-well"): ("Conversations – Living <well>", ["a"]),
    read_selection("language/es"): ("Conversations – español", ["b"]),
}


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    opened = ShopWindow(tmp_path_factory.mktemp("window"))
    opened.put(
        make_episode(
            guid="a",
            season=Season(number=2, name="Living & well"),
            tags=(Tag(name="Living <well>", slug="living-well"),),
        ),
        make_episode(guid="b", slug="b", path="b", language="es", published_at=NOON.replace(hour=1)),
    )
    yield opened
    opened.index.close()


@pytest.fixture(params=NAMES, ids=lambda one: one.name)
def read(request, window):
    """A feed, its title and the GUIDs that are in it."""
    body = window.publication.feed(make_show(), LINKS, NOON, request.param).body
    return (body, LINKS.selected_feed(make_show(), request.param), *NAMES[request.param])


def test_feedparser_reads_it(read):
    body, address, title, guids = read
    found = feedparser.parse(body)
    assert not found.bozo, found.get("bozo_exception")
    assert (found.feed.title, [one.id for one in found.entries]) == (title, guids)
    assert [one.href for one in found.feed.links if one.rel == "self"] == [address]


def test_podcastparser_reads_it(read):
    body, address, title, guids = read
    found = podcastparser.parse(address, io.BytesIO(body))
    assert (found["title"], [one["guid"] for one in found["episodes"]]) == (title, guids)


def test_it_is_well_formed_and_our_own_rules_find_no_error_in_it(read):
    body, address, *_ = read
    etree.fromstring(body)
    found = check_feed(body, url=address, facts=FeedFacts())
    assert [one for one in found if one.level.value == "error"] == []


def test_the_publisher_s_feed_and_the_list_are_read(window):
    guid = "80f8f007-fbae-57e1-9fe0-5467e05a7356"
    show, line = make_show(guid=guid, slug="other", title="A & B"), make_ledger_show(guid=guid, slug="other")
    window.index.save_show(ShowRow(show=show, line=line, changed_at=NOON, version="1", position=1), episodes={})
    window.ticks += 1
    feed = feedparser.parse(window.publication.publisher(LINKS).body)
    assert (feed.bozo, feed.feed.title, feed.entries) == (False, "Castalogue", [])
    outlines = etree.fromstring(window.publication.show_list(LINKS).body).findall("body/outline")
    assert [one.get("text") for one in outlines] == ["Conversations", "A & B"]
