"""Elements as text: byte for byte what feedgen and lxml make of the same episode."""

import pytest
from any_episode import EPISODES, SHOWS
from builders import make_episode, make_show
from by_feedgen import item_by_feedgen
from hypothesis import given, settings
from lxml import etree

from catalogue.domain.links import Links
from catalogue.feed.rss import render_item
from catalogue.feed.writing import empty_element, markup_element, text_element

LINKS = Links("https://podcast.example.org")


@settings(max_examples=50, deadline=None)
@given(SHOWS, EPISODES)
def test_an_item_is_byte_for_byte_what_feedgen_writes(show, episode):
    assert render_item(show, episode, LINKS) == item_by_feedgen(show, episode, LINKS)


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None)
@given(SHOWS, EPISODES)
def test_ten_thousand_items_are_what_feedgen_writes(show, episode):
    assert render_item(show, episode, LINKS) == item_by_feedgen(show, episode, LINKS)


def test_notes_of_all_of_unicode_are_what_feedgen_writes():
    for start in range(0, 0x110000, 0x4000):
        notes = "".join(map(chr, range(start, start + 0x4000)))
        episode = make_episode(title=notes[:200], notes=notes, summary=notes)
        assert render_item(make_show(), episode, LINKS) == item_by_feedgen(make_show(), episode, LINKS)


@pytest.mark.parametrize("html", ["]]>", "a]]>b]]>", "]]]]>>", "<p>]]</p>", "<![CDATA[x]]>"])
def test_markup_comes_back_as_it_was_whatever_it_holds(html):
    assert etree.fromstring(markup_element("a", html)).text == html


def test_texts_and_attributes_come_back_as_they_were():
    text = "\"'&<>]]>é日😀"
    assert etree.fromstring(text_element("a", text)).text == text
    assert dict(etree.fromstring(empty_element("a", b=text, c="")).attrib) == {"b": text, "c": ""}


def test_an_element_without_text_is_left_out():
    assert text_element("guid", "", ' isPermaLink="false"') == ""
