"""Every element of Podcasting 2.0, from what a producer writes to what a reader of feeds finds."""

import dataclasses
import re
import tomllib
from io import BytesIO

import feedparser
import podcastparser
import pytest
from builders import make_episode, make_show
from every_tag import DOCUMENT, FILES, examples, make_full_episode, make_full_show, make_full_trailer
from lxml import etree

from catalogue.check.facts import FeedFacts
from catalogue.check.podcasting import TAGS
from catalogue.check.run import check_feed
from catalogue.domain.links import Links
from catalogue.domain.podcasting import EpisodeExtras
from catalogue.domain.show_extras import ShowExtras
from catalogue.feed import itunes, podcasting
from catalogue.feed.assembly import render_feed
from catalogue.feed.element import NAMESPACES
from catalogue.feed.rss import tables_of
from catalogue.feed_reading import read_feed

EXAMPLES = examples()
LINKS = Links("https://example.org")
# Read of others' feeds and never written: `image` took its place.
DEPRECATED = {"images"}


def elements_in(xml: str) -> list[str]:
    """Elements as canonical text, each from the first blank to the last without the blanks between them."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    root = etree.fromstring(f"<rss {declared}>{xml}</rss>", etree.XMLParser(remove_blank_text=True))
    return [etree.tostring(child, method="c14n", with_tail=False).decode() for child in root]


def elements_of(body: bytes) -> list[str]:
    """What stands directly in the channel and in its items, addresses of media without their hashes."""
    inner = re.sub(rb"/media/[0-9a-f]{64}/", "/media/…/".encode(), body)
    root = etree.fromstring(inner)
    parents = [root.find("channel"), *root.iterfind("channel/item")]
    return [
        etree.tostring(child, method="c14n", with_tail=False).decode()
        for parent in parents
        for child in parent
        if child.tag != "item"
    ]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=lambda example: example.name)
def test_what_the_document_says_to_write_gives_the_elements_it_shows(example):
    body = render_feed(make_show(**example.show), [make_episode(**FILES | example.episode)], LINKS)
    found = elements_of(body)
    assert [wanted for wanted in elements_in(example.xml) if wanted not in found] == []


def test_every_element_of_the_namespace_has_its_example():
    shown = set(re.findall(r"<podcast:(\w+)", DOCUMENT.read_text("utf-8")))
    assert {name.removeprefix("podcast:") for name in TAGS} - DEPRECATED == shown


def test_every_attribute_of_the_namespace_has_its_example():
    shown = {
        (f"podcast:{name}", attribute)
        for name, rest in re.findall(r"<podcast:(\w+)([^>]*)", DOCUMENT.read_text("utf-8"))
        for attribute in re.findall(r' ([\w-]+)="', rest)
    }
    missing = {(name, one) for name, tag in TAGS.items() for one in (*tag.required, *tag.optional)} - shown
    # `default` and `complete` are written where they are true alone
    assert missing == {
        ("podcast:images", "srcset"),
        ("podcast:alternateEnclosure", "default"),
        ("podcast:updateFrequency", "complete"),
    }


def test_a_show_that_states_everything_leaves_no_key_out():
    show, episode = make_full_show(), make_full_episode()
    assert [field.name for field in dataclasses.fields(ShowExtras) if not getattr(show.extras, field.name)] == [
        "social_interact",
        "value",
        "feed_tags",
    ], "the first two are written as an episode's, the last is for what has no key"
    stated = [field.name for field in dataclasses.fields(EpisodeExtras) if getattr(episode.extras, field.name)]
    assert set(stated) >= {"number_display", "alternate_enclosures", "content_links", "social_interact", "value"}


def test_an_item_that_states_none_of_them_is_made_of_no_more_tables_than_ever():
    tables = tables_of(make_show(), make_episode())
    assert [table.rows for table in tables] == [itunes.EPISODE, itunes.INHERITED, podcasting.EPISODE]


def full_feed() -> bytes:
    return render_feed(make_full_show(), [make_full_episode(), make_full_trailer()], LINKS)


def within(element):
    """An element's names, and those of all that is in it."""
    return {element.name}.union(*map(within, element.children))


def test_all_of_it_together_has_every_element_where_and_as_it_may_stand():
    feed = read_feed(full_feed(), url=None)
    names = set().union(*(within(place) for _, place in feed.places()))
    assert {name for name in names if name.startswith("podcast:")} == TAGS.keys() - {"podcast:images"}
    findings = check_feed(full_feed(), url=None, facts=FeedFacts())
    assert [finding for finding in findings if finding.rule.startswith("P")] == []


def test_parsers_of_podcasts_are_not_misled_by_any_of_it():
    parsed = podcastparser.parse("https://example.org/feed.xml", BytesIO(full_feed()))
    assert [(one["title"], one["guid"]) for one in parsed["episodes"]] == [
        (make_full_episode().title, make_full_episode().guid),
        ("What this is", "trailer"),
    ]
    entries = feedparser.parse(full_feed())
    assert not entries.bozo
    assert (entries.feed.title, len(entries.entries)) == ("Conversations", 2)


@pytest.mark.parametrize(
    ("table", "path"),
    [("podroll", "podcast:podroll"), ("remote_items", "podcast:remoteItem"), ("chat", "podcast:chat")],
)
def test_a_table_is_read_back_as_it_was_typed(table, path):
    element = read_feed(full_feed(), url=None).channel.first(path)
    text = DOCUMENT.read_text("utf-8")
    typed = tomllib.loads(re.search(rf"^```toml\n((?:\[\[{table}|{table} = ).*?)^```", text, flags=re.M | re.S)[1])[
        table
    ]
    found = [snake(each.attributes) for each in (element.children or (element,))]
    assert found == (typed if isinstance(typed, list) else [typed])


def snake(attributes):
    return {re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name): text for name, text in attributes.items()}
