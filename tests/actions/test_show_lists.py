"""A catalogue of several shows: its list, its publisher feed, and shows that name that in return."""

import pytest
from builders import NOON, make_ledger_show, make_show
from shop_window import ShopWindow

from catalogue.documents import render_document
from catalogue.domain.catalogue import Catalogue, publisher_guid
from catalogue.domain.links import Links
from catalogue.domain.podcasting import RemoteItem
from catalogue.domain.show_extras import ShowExtras
from catalogue.errors import NotFound
from catalogue.feed_reading import read_feed
from catalogue.store.index import FileRow, ShowRow

LINKS = Links("https://example.org")
OTHER = "80f8f007-fbae-57e1-9fe0-5467e05a7356"


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    opened.put()
    yield opened
    opened.index.close()


def add(window, **stated):
    show = make_show(**{"guid": OTHER, "slug": "other", "title": "Other"} | stated)
    line = make_ledger_show(guid=show.guid, slug=show.slug)
    window.index.save_show(ShowRow(show=show, line=line, changed_at=NOON, version="1", position=1), episodes={})
    window.ticks += 1
    return show


def named_by(window, show):
    channel = read_feed(window.publication.feed(show, LINKS, NOON).body, url=None).channel
    publisher = channel.first("podcast:publisher")
    return dict(publisher.first("podcast:remoteItem").attributes) if publisher is not None else None


def publisher(window):
    return read_feed(window.publication.publisher(LINKS).body, url=None).channel


def test_shows_and_publisher_name_one_another(window):
    shows = (make_show(), add(window))
    channel = publisher(window)
    assert [one.get("feedGuid") for one in channel.all("podcast:remoteItem")] == [show.guid for show in shows]
    expected = {
        "feedGuid": channel.text("podcast:guid"),
        "feedUrl": "https://example.org/publisher.xml",
        "medium": "publisher",
    }
    assert [named_by(window, show) for show in shows] == [expected] * 2


def test_one_show_alone_has_no_publisher_and_its_feed_is_as_ever(window):
    assert named_by(window, make_show()) is None
    with pytest.raises(NotFound):
        window.publication.publisher(LINKS)
    before = window.publication.feed(make_show(), LINKS, NOON).plain.etag
    add(window, block=True)
    assert window.publication.feed(make_show(), LINKS, NOON).plain.etag == before
    assert window.publication.show_list(LINKS).body.count(b"<outline") == 1


def test_a_show_that_comes_or_asks_to_be_left_out_changes_the_others_feeds(window):
    window.publication.refresh(LINKS, NOON)
    add(window)
    window.publication.refresh(LINKS, NOON)
    assert named_by(window, make_show()) is not None
    add(window, block=True)
    window.publication.refresh(LINKS, NOON)
    assert named_by(window, make_show()) is None


def test_a_publisher_that_a_show_states_is_kept(window):
    stated = RemoteItem(feed_guid=OTHER, feed_url="https://pub.example/f")
    show = add(window, extras=ShowExtras(publisher=stated))
    assert named_by(window, show)["feedUrl"] == "https://pub.example/f"


def test_the_publisher_s_identity_is_the_first_show_s_whatever_the_domain_and_the_others(window):
    shows = [make_show(), make_show(guid=OTHER, slug="other")]
    guid = publisher_guid(Catalogue(), shows)
    assert publisher_guid(Catalogue(base_url="https://new.example"), shows[::-1]) == guid
    assert publisher_guid(Catalogue(guid=OTHER), shows) == OTHER


def test_the_catalogue_s_own_file_names_the_publisher(window):
    add(window)
    document = render_document(Catalogue, Catalogue(title="Our shows", guid=OTHER)).decode()
    window.index.save_files([FileRow(path="catalogue.toml", version="1", kind="catalogue", document=document)])
    window.index.announce()
    window.ticks += 1
    channel = publisher(window)
    assert (channel.text("title"), channel.text("podcast:guid")) == ("Our shows", OTHER)
    assert b"<title>Our shows</title>" in window.publication.show_list(LINKS).body
    assert named_by(window, make_show())["feedGuid"] == OTHER


def test_lists_are_made_once_for_each_state(window):
    add(window)
    before = window.publication.show_list(LINKS)
    assert window.publication.show_list(LINKS) is before
    add(window, title="Renamed")
    assert b"Renamed" in window.publication.show_list(LINKS).body
