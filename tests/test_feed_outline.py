"""A foreign feed in outline: what is there, and nothing made up of what is not."""

import pytest

from catalogue.feed_outline import outline_feed
from catalogue.feed_reading import read_feed

HEAD = (
    b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
    b'xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    b'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>T</title>'
)


def outline(inside):
    return outline_feed(read_feed(HEAD + inside + b"</channel></rss>", url=None))


def item(inside):
    (found,) = outline(b"<item>" + inside + b"</item>").items
    return found


def test_a_feed_says_who_and_where_it_is():
    found = outline(
        b'<atom:link rel="alternate" href="https://e.org/"/><atom:link rel="self" href="https://e.org/feed"/>'
        b"<podcast:guid> 9B024349-CCF0-5F69-A609-6B82873EAB3C </podcast:guid>"
        b"<itunes:new-feed-url>https://e.org/new</itunes:new-feed-url>"
    )
    assert (found.title, found.guid) == ("T", "9b024349-ccf0-5f69-a609-6b82873eab3c")
    assert (found.self_url, found.new_feed_url, found.items) == ("https://e.org/feed", "https://e.org/new", ())


def test_a_guid_is_kept_byte_for_byte():
    assert item(b"<guid>  a&amp;b\n</guid>").guid == "  a&b\n"


@pytest.mark.parametrize("date", [b"", b"soon", b"Mon, 99 Oct 9999 08:00:00 +0000", b"2021-10-05"])
def test_what_is_no_date_is_none(date):
    assert item(b"<pubDate>" + date + b"</pubDate>").published_at is None


@pytest.mark.parametrize("length", [b"", b"-1", b"1e9", b"9" * 30, b"12,5", "٣".encode()])
def test_what_is_no_length_is_none(length):
    assert item(b'<enclosure url="https://e.org/a.mp3" length="' + length + b'"/>').size_bytes == 0


def test_an_item_that_says_nothing_is_an_item():
    found = item(b"")
    assert (found.guid, found.title, found.enclosure_url, found.number, found.season) == ("", "", "", "", "")
