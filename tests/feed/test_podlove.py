"""Podlove Simple Chapters inside an item: only where a show asks for them."""

from dataclasses import replace
from datetime import timedelta

from builders import make_episode, make_show
from lxml import etree

from catalogue.domain.media import Chapter
from catalogue.feed.podlove import NAMESPACE
from catalogue.feed.rss import render_item

CHAPTERS = (
    Chapter(start=timedelta(minutes=2), title="Q & A\x0b", url="https://e.org/ñ?a&b"),
    Chapter(start=timedelta(0), title="Hello"),
    Chapter(start=timedelta(seconds=5), title="", is_listed=False, image_url="https://e.org/a.jpg"),
)
ASKING = make_show(podlove_chapters=True)


def test_a_show_that_does_not_ask_has_none(links):
    assert b"psc:" not in render_item(make_show(), make_episode(chapters=CHAPTERS), links)


def test_an_item_has_its_listed_chapters_in_their_order(links):
    item = render_item(ASKING, make_episode(chapters=CHAPTERS), links)
    inside = item[item.index(b"<psc:chapters") : item.index(b"</item>")]
    element = etree.fromstring(inside)
    assert (element.tag, element.get("version")) == (f"{{{NAMESPACE}}}chapters", "1.2")
    assert [dict(one.attrib) for one in element] == [
        {"start": "00:00:00.000", "title": "Hello"},
        {"start": "00:02:00.000", "title": "Q & A", "href": "https://e.org/%C3%B1?a&b"},
    ]


def test_an_item_without_listed_chapters_has_no_element(links):
    silent = replace(CHAPTERS[2])
    for chapters in ((), (silent,)):
        asked = render_item(ASKING, make_episode(chapters=chapters), links)
        assert asked == render_item(make_show(), make_episode(chapters=chapters), links)


def test_another_answer_makes_other_items(links):
    from catalogue.feed.fragment import ItemRenderer

    episode = make_episode(chapters=CHAPTERS)
    assert ItemRenderer(ASKING).key(episode) != ItemRenderer(make_show()).key(episode)
