"""Lists of shows: OPML, and a publisher feed that the shows name in return."""

from builders import NOON, make_show
from lxml import etree

from catalogue.check.facts import FeedFacts
from catalogue.check.run import check_feed
from catalogue.domain.links import Links
from catalogue.feed.element import NAMESPACES
from catalogue.feed.show_list import render_opml, render_publisher

LINKS = Links("https://podcast.example.org")
GUID = "80f8f007-fbae-57e1-9fe0-5467e05a7356"
SHOWS = (
    make_show(subtitle='After "it" & before'),
    make_show(
        guid=GUID,
        slug="other",
        title="Otra\x0b voz",
        language="es",
        medium="audiobook",
        moved_to="https://new.example/f",
    ),
)


def read(body):
    """Ask a feed by XPath with the usual prefixes."""
    root = etree.fromstring(body)
    return lambda path: root.xpath(path, namespaces=NAMESPACES)


def test_opml_lists_the_shows_for_apps_to_import():
    root = etree.fromstring(render_opml(SHOWS, LINKS, title="Our shows"))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Our shows")
    first, second = root.findall("body/outline")
    assert dict(first.attrib) == {
        "type": "rss",
        "version": "RSS2",
        "text": "Conversations",
        "title": "Conversations",
        "description": 'After "it" & before',
        "language": "en",
        "htmlUrl": "https://podcast.example.org/conversations/",
        "xmlUrl": "https://podcast.example.org/conversations/feed.xml",
    }
    assert (second.get("text"), second.get("xmlUrl")) == ("Otra voz", "https://new.example/f")


def test_opml_without_shows_is_opml():
    assert etree.fromstring(render_opml((), LINKS, title="Ours")).find("body").getchildren() == []


def test_a_publisher_feed_names_its_shows_and_has_no_items():
    feed = read(render_publisher(SHOWS, LINKS, title="Our shows", guid="1" * 8))
    assert feed("//podcast:medium")[0].text == "publisher"
    assert feed("//podcast:guid")[0].text == "1" * 8
    assert feed("//atom:link")[0].get("href") == "https://podcast.example.org/publisher.xml"
    assert [dict(one.attrib) for one in feed("//podcast:remoteItem")] == [
        {"feedGuid": show.guid, "feedUrl": LINKS.subscription(show), "medium": show.medium, "title": title}
        for show, title in zip(SHOWS, ("Conversations", "Otra voz"), strict=True)
    ]
    assert not feed("//item")


def test_a_publisher_feed_has_no_errors_but_that_it_has_no_episodes():
    body = render_publisher(SHOWS, LINKS, title="Our shows", guid=GUID)
    found = check_feed(body, url=LINKS.publisher(), facts=FeedFacts())
    assert {one.rule for one in found if one.level.value == "error"} <= {"I01"}


def test_it_was_built_when_the_newest_show_came():
    from datetime import timedelta

    shows = (SHOWS[0], make_show(guid=GUID, slug="other", first_seen_at=NOON + timedelta(days=2)))
    feed = read(render_publisher(shows, LINKS, title="T", guid=GUID))
    assert feed("//lastBuildDate")[0].text.startswith("Thu, 07 Oct")
