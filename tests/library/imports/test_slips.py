"""What is forgiven in the XML of an old host, and what is not."""

import pytest

from catalogue.errors import FeedError
from catalogue.library.imports.mapping import map_feed_file
from catalogue.library.imports.opml import read_feed_list

DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>'
ITEM = (
    b"<item><title>One</title><guid>1</guid><itunes:episode>7</itunes:episode>"
    b'<enclosure url="https://cdn.example/1.mp3" length="9" type="audio/mpeg"/></item>'
)


def mapped(tmp_path, content):
    file = tmp_path / "feed.xml"
    file.write_bytes(content)
    return map_feed_file(str(file), "feed.xml", "")


def rss(attributes=b"", inside=ITEM):
    return b"<rss version='2.0'" + attributes + b"><channel><title>Old</title>" + inside + b"</channel></rss>"


@pytest.mark.parametrize(
    "content",
    [
        DECLARED + rss(),
        b" \r\n\n" + DECLARED + rss(),
        b"\xef\xbb\xbf\n" + DECLARED + b"<!-- kept -->" + rss(),
        b"\n" + DECLARED + rss(b' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'),
    ],
)
def test_blank_lines_before_the_declaration_and_prefixes_not_declared_are_forgiven(tmp_path, content):
    (episode,) = mapped(tmp_path, content).episodes
    assert (episode.guid, "number: 7" in episode.note) == ("1", True)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"<!-- x -->\n" + DECLARED + rss(), "feed-start", 2),
        (b"\n" + DECLARED + b"\n" + rss()[:-6], "feed-syntax", 3),
        (DECLARED + rss(inside=b"<own:x/>"), "feed-namespace", 1),
    ],
)
def test_nothing_else_is_and_its_line_is_the_one_in_the_feed(tmp_path, content, code, line):
    with pytest.raises(FeedError) as refused:
        mapped(tmp_path, content)
    assert (refused.value.code, refused.value.line) == (code, line)


def test_a_list_of_feeds_may_begin_with_a_blank_line(tmp_path):
    file = tmp_path / "list.opml"
    file.write_bytes(
        b"\n" + DECLARED + b'<opml version="2.0"><body><outline xmlUrl="https://a.example/f"/></body></opml>'
    )
    assert read_feed_list(str(file)).addresses == ("https://a.example/f",)


def test_pictures_and_players_in_notes_are_counted_as_not_carried(tmp_path):
    notes = b"<description>&lt;p&gt;Hi&lt;IMG src='https://a.example/p.gif'&gt;&lt;/p&gt;&lt;iframe&gt;&lt;/iframe&gt;</description>"
    feed = mapped(tmp_path, DECLARED + rss(inside=ITEM.replace(b"<guid>", notes + b"<guid>")))
    assert feed.unknown == {"item notes <iframe>": 1, "item notes <img>": 1}
    assert feed.episodes[0].note.endswith("Hi\n")
