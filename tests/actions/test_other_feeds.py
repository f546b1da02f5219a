"""Feeds of a season, a tag, a language and of the latest episodes: parts of the show's own, made of the same items."""

import gzip
import json
from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_show
from shop_window import ShopWindow

from catalogue.actions.feed_body import FeedMaker
from catalogue.actions.served_feeds import MOST_OTHERS
from catalogue.actions.shelf import read_shelves
from catalogue.domain.episode import Season, Tag
from catalogue.domain.links import Links
from catalogue.domain.selection import LATEST, WHOLE, archive_page, read_selection
from catalogue.errors import NotFound
from catalogue.feed.fragment import ItemRenderer
from catalogue.feed_reading import read_feed

LINKS = Links("https://example.org")
TOMORROW = NOON + timedelta(days=1)
SECOND, DIET, SPANISH = map(read_selection, ("season/2", "tag/diet", "language/es"))


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


def numbered(count, **stated):
    moments = {n: NOON - timedelta(hours=n) for n in range(count)}
    return [make_episode(guid=f"g{n}", slug=f"s{n}", path=str(n), published_at=m, **stated) for n, m in moments.items()]


def one_of_each(**stated):
    plain, season, tag, spanish = numbered(4)
    return (
        plain,
        make_episode(**vars(season) | {"season": Season(number=2, name="Living well")} | stated),
        make_episode(**vars(tag) | {"tags": (Tag(name="Diet", slug="diet"),)} | stated),
        make_episode(**vars(spanish) | {"language": "es"} | stated),
    )


def feed(window, selection, *, now=NOON, links=LINKS):
    publication = window.publication
    return publication.feed(publication.first_feed(), links, now, selection)


def read(window, selection, **stated):
    return read_feed(feed(window, selection, **stated).body, url=None)


def guids(document):
    return [item.guid for item in document.items]


@pytest.mark.parametrize(("selection", "guid"), [(SECOND, "g1"), (DIET, "g2"), (SPANISH, "g3")])
def test_a_part_holds_the_very_items_of_the_whole(window, selection, guid):
    window.put(*one_of_each())
    whole, part = read(window, WHOLE), read(window, selection)
    assert guids(part) == [guid]
    (same,) = [item for item in whole.items if item.guid == guid]
    assert [child.raw for child in same.children] == [child.raw for child in part.items[0].children]


def test_a_part_has_a_title_an_address_and_an_identity_of_its_own(window):
    window.put(*one_of_each(), show=make_show(apple_title="C", complete=True, new_feed_url="https://example.net/"))
    channels = [read(window, one).channel for one in (WHOLE, SECOND, DIET, SPANISH)]
    assert [one.text("title") for one in channels[1:]] == [
        "Conversations – Living well",
        "Conversations – Diet",
        "Conversations – español",
    ]
    assert (
        len({one.text("podcast:guid") for one in channels})
        == len({one.first("atom:link").get("href") for one in channels})
        == 4
    )
    assert channels[1].first("atom:link").get("href") == "https://example.org/conversations/feeds/season/2.xml"
    assert [one.text("language") for one in channels] == ["en", "en", "en", "es"]
    assert not any(channels[1].text(f"itunes:{name}") for name in ("title", "complete", "new-feed-url"))


def test_a_season_without_a_name_is_called_in_the_show_s_language(window):
    window.put(*numbered(1, season=Season(number=2)), show=make_show(language="es-MX"))
    assert read(window, SECOND).channel.text("title") == "Conversations – Temporada 2"


@pytest.mark.parametrize("name", ["season/3", "tag/nothing", "language/fr", "archive/1"])
def test_a_feed_in_which_nothing_is_is_not_there(window, name):
    window.put(*one_of_each())
    with pytest.raises(NotFound):
        feed(window, read_selection(name))


@pytest.mark.parametrize(
    "hidden", [{"draft": True}, {"withdrawn_at": NOON}, {"published_at": TOMORROW}, {"renditions": ()}]
)
def test_what_nobody_may_see_makes_no_feed(window, hidden):
    window.put(*one_of_each(**hidden))
    for selection in (SECOND, DIET, SPANISH):
        with pytest.raises(NotFound):
            feed(window, selection)
    assert not window.publication.other_feeds(make_show(), NOON)


def test_a_scheduled_episode_comes_into_its_feeds_at_its_second(window):
    window.put(*one_of_each(published_at=TOMORROW), make_episode(season=Season(number=2), published_at=NOON))
    assert len(guids(read(window, SECOND))) == 1
    assert feed(window, SECOND).due_at == TOMORROW
    assert len(guids(read(window, SECOND, now=TOMORROW))) == 2


def test_pages_are_offered_what_is_not_the_whole_again(window):
    window.put(*one_of_each())
    offered = window.publication.other_feeds(make_show(), NOON)
    assert [(one.selection.name, one.label, one.count) for one in offered] == [
        ("season/2", "Living well", 1),
        ("tag/diet", "Diet", 1),
        ("language/en", "English", 3),
        ("language/es", "español", 1),
    ]


def test_a_show_of_one_season_and_one_language_offers_nothing_else(window):
    window.put(*numbered(3, season=Season(number=2)))
    assert window.publication.other_feeds(make_show(), NOON) == ()


def test_the_parts_of_a_feed_render_nothing_again(window, monkeypatch):
    window.put(*numbered(120, season=Season(number=2)), *numbered(0))
    publication, rendered, render = window.publication, [], ItemRenderer.render
    monkeypatch.setattr(ItemRenderer, "render", lambda self, *a: rendered.append(a[0].guid) or render(self, *a))
    feed(window, WHOLE)
    assert len(rendered) == 120
    whole, part = (feed(window, one) for one in (WHOLE, SECOND))
    publication.json_feed(make_show(), LINKS, NOON)
    assert len(rendered) == 120
    assert [a is b for a, b in zip(whole.gzip.chunks[2:-1], part.gzip.chunks[2:-1], strict=True)] == [True] * 3


def test_each_feed_is_the_same_in_gzip_and_has_tags_of_its_own(window):
    window.put(*one_of_each())
    made = [feed(window, one) for one in (WHOLE, SECOND, DIET, LATEST)]
    assert all(gzip.decompress(one.gzip.body) == one.body for one in made)
    assert len({coded.etag for one in made for coded in (one.plain, one.gzip)}) == 8


def test_a_feed_is_at_hand_once_it_was_asked_for_and_until_something_changes(window):
    def at_hand():
        return window.publication.feed_at_hand("conversations", LINKS, NOON, SECOND)

    window.put(*one_of_each())
    window.publication.refresh(LINKS, NOON)
    assert at_hand() is None, "it is made when somebody asks"
    assert feed(window, SECOND) is at_hand()
    window.put(make_episode(guid="new", slug="new", path="new", season=Season(number=2)))
    window.publication.refresh(LINKS, NOON)
    assert at_hand() is None
    assert guids(read(window, SECOND)) == ["new", "g1"]


def test_only_so_many_feeds_are_kept_and_the_show_s_own_always_is(window):
    window.put(
        *(make_episode(**vars(one) | {"season": Season(number=n)}) for n, one in enumerate(numbered(MOST_OTHERS + 6)))
    )
    publication = window.publication
    selections = [read_selection(f"season/{n}") for n in range(MOST_OTHERS + 6)]
    for selection in (WHOLE, *selections):
        feed(window, selection)
    kept = [publication.feed_at_hand("conversations", LINKS, NOON, one) is not None for one in selections]
    assert kept == [False] * 6 + [True] * MOST_OTHERS
    assert publication.feed_at_hand("conversations", LINKS, NOON) is not None


def test_a_json_feed_says_what_the_rss_feed_says(window):
    window.put(*one_of_each(), *[])
    made = window.publication.json_feed(make_show(), LINKS, NOON)
    said, rss = json.loads(made.body), read(window, WHOLE)
    assert gzip.decompress(made.gzip.body) == made.body
    assert [one["id"] for one in said["items"]] == guids(rss)
    assert [one["content_html"] for one in said["items"]] == [one.text("content:encoded") for one in rss.items]
    enclosures = [[one.first("enclosure").get(name) for name in ("url", "length", "type")] for one in rss.items]
    attached = [one["attachments"][0] for one in said["items"]]
    assert [[one["url"], str(one["size_in_bytes"]), one["mime_type"]] for one in attached] == enclosures
    assert said["items"][2]["tags"] == ["Diet"]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 120])
def test_a_json_feed_of_any_length_is_json(window, count):
    window.put(*numbered(count))
    said = json.loads(window.publication.json_feed(make_show(), LINKS, NOON).body)
    assert [one["id"] for one in said["items"]] == [f"g{n}" for n in range(count)]


def test_one_more_episode_makes_one_group_of_the_json_feed_anew(window):
    maker = FeedMaker(LINKS, lambda *_: {})
    from catalogue.actions.feed_body import JSON_FEED

    window.put(*numbered(120))
    known = read_shelves(window.index)
    before = maker.make(known.shows[0], NOON, JSON_FEED)
    window.put(make_episode(guid="new", slug="new", path="new", published_at=NOON))
    after = maker.make(read_shelves(window.index, known).shows[0], NOON, JSON_FEED)
    assert [one is other for one, other in zip(before.plain.chunks[3:], after.plain.chunks[3:], strict=True)] == [
        True
    ] * 4


def test_the_archive_of_a_short_show_is_empty_and_its_light_feed_whole(window):
    window.put(*numbered(3))
    document = read(window, LATEST)
    assert guids(document) == ["g0", "g1", "g2"]
    assert [link.get("rel") for link in document.channel.all("atom:link")] == ["self"]
    with pytest.raises(NotFound):
        feed(window, archive_page(1))
