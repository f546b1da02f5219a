"""Feeds as plain values."""

from __future__ import annotations

import pytest

from catalogue.documents import read_document, render_document
from catalogue.errors import FeedError
from catalogue.feed_reading import FEED_LIMIT_BYTES, FeedDocument, read_feed

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"


def read(channel, *, head=""):
    text = f'{head}<rss version="2.0" xmlns:i="{ITUNES}" xmlns:x="urn:x"><channel>{channel}</channel></rss>'
    return read_feed(text.encode(), url="https://example.org/feed.xml")


def test_elements_carry_the_usual_prefix_whatever_the_feed_chose():
    assert read("<i:author>A</i:author>").channel.text("itunes:author") == "A"


@pytest.mark.parametrize("uri", [ITUNES.upper(), ITUNES.replace("http:", "https:"), ITUNES + "/"])
def test_misspelt_namespace_is_understood(uri):
    feed = read(f'<author xmlns="{uri}">A</author>')

    assert feed.channel.text("itunes:author") == "A"


def test_foreign_element_carries_its_namespace():
    assert read("<x:y>1</x:y>").channel.text("{urn:x}y") == "1"


def test_items_are_apart_from_the_channel():
    feed = read("<title>Show</title><item><title>One</title></item><item/>")

    assert [item.text("title") for item in feed.items] == ["One", ""]
    assert feed.channel.all("item") == ()


def test_text_is_that_around_comments_and_in_cdata():
    assert read("<title>A<!-- no --> &amp; <![CDATA[<B>]]></title>").title == "A & <B>"


def test_elements_know_their_line():
    assert read("\n\n<title>A</title>").channel.first("title").line == 3


def test_item_without_title_or_guid_is_named_by_its_line():
    assert read("\n<item/>").items[0].title == "item at line 2"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", None),
        ('<?xml version="1.0"?>', "utf-8"),
        ("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", "utf-8"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "iso-8859-1"),
    ],
)
def test_declared_encoding_is_kept(head, encoding):
    assert read("", head=head).encoding == encoding


def test_feed_in_utf_16_is_read():
    text = '<?xml version="1.0" encoding="utf-16"?><rss><channel><title>Ä</title></channel></rss>'

    feed = read_feed(text.encode("utf-16"), url=None)

    assert (feed.title, feed.encoding) == ("Ä", "utf-16")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "feed-empty"),
        (b"<rss><channel>", "feed-syntax"),
        (b"<!DOCTYPE rss><rss><channel/></rss>", "feed-doctype"),
        (b"<rss><channel>\x0b</channel></rss>", "feed-characters"),
        (b"<rss><channel>\xed\xa0\x80</channel></rss>", "feed-characters"),
        (b"<rss><channel>\xff</channel></rss>", "feed-encoding"),
        (b"<rss><channel>&nbsp;</channel></rss>", "feed-entity"),
        (b"<rss><channel><itunes:x/></channel></rss>", "feed-namespace"),
        (b'\n<?xml version="1.0"?><rss><channel/></rss>', "feed-start"),
        (b"<feed/>", "feed-root"),
        (b"<rss " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>", "feed-attributes"),
        (b" " * (FEED_LIMIT_BYTES + 1), "feed-size"),
    ],
)
def test_what_cannot_be_read_says_why(content, code):
    with pytest.raises(FeedError) as caught:
        read_feed(content, url="https://example.org/feed.xml")

    assert caught.value.code == code
    assert caught.value.path == "https://example.org/feed.xml"


def test_feed_travels_out_of_the_sandbox_unchanged():
    feed = read("<title>Show</title><item><i:image href='x'/></item>")

    assert read_document(FeedDocument, render_document(FeedDocument, feed)) == feed
