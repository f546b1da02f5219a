"""Pages of the archive and GUIDs of other feeds are given once, kept in the ledger, and never change hands."""

import json

import pytest

from catalogue.actions.archiving import PAGE_ITEMS
from catalogue.actions.open import open_library
from catalogue.config import Settings
from catalogue.domain.identity import show_guid_from_url
from catalogue.domain.links import Links
from catalogue.domain.selection import LATEST, WHOLE, archive_page, read_selection
from catalogue.errors import NotFound
from catalogue.feed_reading import read_feed

LINKS = Links("https://example.org")
NOTE = """---
title: Episode {number}
published: {published}
enclosure: {{url: "https://example.net/{number}.mp3", length: 1000, type: audio/mpeg}}
{more}---
"""


def write(shelf, *numbers, published="2020-01-01 {:02}:{:02}", more=""):
    for number in numbers:
        moment = published.format(*divmod(number, 60))
        shelf.write(f"{number}/episode.md", NOTE.format(number=number, published=moment, more=more))


def feed(shelf, selection):
    publication = shelf.publication()
    show = publication.first_feed()
    return read_feed(publication.feed(show, LINKS, shelf.now, selection).body, url=None)


def titles(document):
    return [int(item.title.removeprefix("Episode ")) for item in document.items]


def links(document):
    return {link.get("rel"): link.get("href") for link in document.channel.all("atom:link")}


def selection_at(address):
    name = address.partition("/feeds/")[2].removesuffix(".xml")
    return read_selection(name) if name else WHOLE


def walk(shelf, start=LATEST):
    """The feed and the pages of its archive, as an app goes from one to the next older."""
    documents = [feed(shelf, start)]
    while older := links(documents[-1]).get("prev-archive"):
        documents.append(feed(shelf, selection_at(older)))
    return documents


def ledger(shelf):
    first, *lines = map(json.loads, shelf.ledger().splitlines())
    return first, lines


@pytest.fixture
def long_show(shelf, monkeypatch):
    """26 episodes, a minute each after the one before; pages are of ten, as those of fifty are."""
    monkeypatch.setattr("catalogue.actions.archiving.PAGE_ITEMS", 10)
    monkeypatch.setattr("catalogue.actions.feed_members.LATEST_ITEMS", 10)
    write(shelf, *range(26))
    shelf.index()
    return shelf


def test_a_walk_through_the_archive_gives_each_episode_exactly_once(long_show):
    documents = walk(long_show)
    assert [len(one.items) for one in documents] == [16, 10]
    assert [number for one in documents for number in titles(one)] == list(reversed(range(26)))
    assert len(feed(long_show, WHOLE).items) == 26


def test_a_page_names_its_neighbours_and_the_feed_it_is_of(long_show):
    first, second = feed(long_show, archive_page(1)), feed(long_show, archive_page(2))
    address = "https://example.org/conversations/feeds/{}.xml".format
    assert links(first) == {
        "self": address("archive/1"),
        "current": address("latest"),
        "next-archive": address("archive/2"),
    }
    assert links(second)["prev-archive"] == address("archive/1")
    assert [one.first("fh:archive") is not None for one in (channel(first), channel(feed(long_show, LATEST)))] == [
        True,
        False,
    ]
    assert channel(first).text("podcast:guid") == channel(feed(long_show, WHOLE)).text("podcast:guid")


def channel(document):
    return document.channel


def test_a_page_keeps_its_episodes_whatever_comes_or_is_dated_back(long_show):
    before = [titles(feed(long_show, archive_page(number))) for number in (1, 2)]
    write(long_show, *range(26, 35))
    write(long_show, 500, published="2019-01-01 08:00")
    long_show.index()
    assert [titles(feed(long_show, archive_page(number))) for number in (1, 2)] == before
    assert len(feed(long_show, archive_page(3)).items) == 10
    walked = [number for one in walk(long_show) for number in titles(one)]
    assert sorted(walked) == [*range(35), 500]


def test_what_leaves_the_feed_leaves_its_page_and_moves_no_other(long_show):
    before = titles(feed(long_show, archive_page(2)))
    write(long_show, 3, more="draft: yes\n")
    long_show.index()
    assert titles(feed(long_show, archive_page(1))) == [n for n in reversed(range(10)) if n != 3]
    assert titles(feed(long_show, archive_page(2))) == before
    write(long_show, 3)
    long_show.index()
    assert titles(feed(long_show, archive_page(1))) == list(reversed(range(10)))


def test_pages_are_the_same_after_the_database_was_lost(long_show, reopened):
    before = [feed(long_show, archive_page(number)).items for number in (1, 2)]
    reopened.index()
    assert [feed(reopened, archive_page(number)).items for number in (1, 2)] == before


def test_nothing_is_written_again_while_no_page_is_full(long_show):
    before = long_show.ledger()
    write(long_show, *range(26, 28))
    long_show.index()
    assert [line.get("page") for line in ledger(long_show)[1]].count(None) == 8
    assert long_show.ledger().startswith(before)


def test_a_show_may_ask_for_the_light_feed_as_its_own(long_show):
    long_show.write("show.toml", (long_show.root / "show.toml").read_text() + "feed_episodes = 20\n")
    long_show.index()
    own = feed(long_show, WHOLE)
    assert len(own.items) == 26
    write(long_show, *range(26, 32))
    long_show.index()
    documents = walk(long_show, WHOLE)
    assert [len(one.items) for one in documents] == [22, 10]
    assert (
        links(documents[1])["current"]
        == links(documents[0])["self"]
        == LINKS.feed(long_show.publication().first_feed())
    )
    assert sorted(number for one in documents for number in titles(one)) == list(range(32))


def test_a_part_s_guid_is_its_address_s_and_stays_on_a_new_domain(shelf):
    shelf.base_url = "https://one.example.org"
    write(shelf, 1, more="season: 2\ntags: [Living well]\n")
    at(shelf, "https://one.example.org").index()
    guids = ledger(shelf)[0]["feeds"]
    assert guids == {
        name: show_guid_from_url(f"https://one.example.org/conversations/feeds/{name}.xml")
        for name in ("season/2", "tag/living-well")
    }
    write(shelf, 2, more="season: 3\n")
    at(shelf, "https://two.example.org").index()
    later = ledger(shelf)[0]["feeds"]
    assert later == guids | {"season/3": show_guid_from_url("https://two.example.org/conversations/feeds/season/3.xml")}
    assert channel(feed(shelf, read_selection("season/2"))).text("podcast:guid") == guids["season/2"]


def at(shelf, base_url):
    """The shelf, with another public address."""
    from dataclasses import replace

    settings = Settings(library=shelf.root, data=shelf.data, settle_seconds=0, workers=1, base_url=base_url)
    shelf.place = replace(shelf.place, settings=settings, storage=open_library(settings))
    return shelf


def test_a_language_has_a_feed_of_its_own_beside_another(shelf):
    write(shelf, 1)
    shelf.index()
    assert "feeds" not in ledger(shelf)[0]
    write(shelf, 2, more="language: es\n")
    shelf.index()
    assert list(ledger(shelf)[0]["feeds"]) == ["language/en", "language/es"]


def test_a_tag_that_a_note_gets_later_has_its_guid_at_once(shelf):
    write(shelf, 1, 2)
    shelf.index()
    write(shelf, 2, more="tags: nutrition\n")
    shelf.index()
    assert list(ledger(shelf)[0]["feeds"]) == ["tag/nutrition"]
    assert titles(feed(shelf, read_selection("tag/nutrition"))) == [2]


def test_a_tag_of_signs_alone_is_told(shelf):
    write(shelf, 1, more="tags: ['!!!']\n")
    (problem,) = shelf.index().refused
    assert "This cannot be a tag: '!!!'" in str(problem)


def test_a_library_that_cannot_be_written_is_served_without_pages(shelf, monkeypatch):
    write(shelf, *range(60))
    monkeypatch.setattr("catalogue.actions.archiving.PAGE_ITEMS", 1000)
    shelf.index()
    monkeypatch.undo()
    write(shelf, 1, more="season: 2\n")
    monkeypatch.setattr(type(shelf.place.storage), "replace", refuse)
    report = shelf.index()
    assert not report.refused
    assert titles(feed(shelf, read_selection("season/2"))) == [1]
    with pytest.raises(NotFound):
        feed(shelf, archive_page(1))
    revision = shelf.place.index.revision()
    assert (shelf.index().refused, shelf.place.index.revision()) == ((), revision)


def refuse(_storage, path, _content, *, expected=None):
    from catalogue.errors import ContentError

    raise ContentError("read-only", "It cannot be written.", path=path)


def test_the_newest_are_in_the_light_feed_though_they_were_dated_so_later(long_show):
    write(long_show, 3, published="2020-02-02 08:00")
    long_show.index(allow_date_change=True)
    documents = walk(long_show)
    assert titles(documents[0])[:2] == [3, 25]
    assert len(documents[0].items) == 17
    assert 3 in titles(documents[1]), "it never leaves its page"


def test_pages_are_of_fifty_for_ever_and_packed_as_such():
    from catalogue.actions.feed_members import LATEST_ITEMS
    from catalogue.feed.parts import GROUP_ITEMS

    assert PAGE_ITEMS == LATEST_ITEMS == GROUP_ITEMS == 50
