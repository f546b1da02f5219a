"""A season's page: its episodes in order, its feed, and the other seasons."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from visitor import Visitor

from catalogue.actions.offered_feeds import OtherFeed
from catalogue.domain.episode import Season
from catalogue.domain.selection import read_selection
from catalogue.domain.show import ShowType


def episode(season, day, name=None):
    return make_episode(
        slug=f"s{season}-{day}",
        guid=f"s{season}-{day}",
        title=f"Part {day} of {season}",
        season=Season(number=season, name=name),
        published_at=datetime(2021, 1, day, tzinfo=UTC),
    )


def titles(text):
    return html.fromstring(text).xpath(
        "//ol[@class='episodes']//a[@lang or not(@class)][parent::h2 or parent::h3]/text()"
    )


def test_a_season_lists_its_episodes_alone_and_leads_to_the_others(visit):
    visitor = visit(episode(1, 1), episode(1, 2), episode(2, 3, "Those who stay"))
    text = visitor.text("/conversations/season/1/")
    assert titles(text) == ["Part 2 of 1", "Part 1 of 1"]
    assert '<a href="/conversations/season/2/">Season 2: Those who stay</a>' in text


def test_a_serial_is_told_from_its_beginning_on_its_own_page_too(visit):
    visitor = visit(episode(1, 1), episode(1, 2), episode(2, 3), show=make_show(type=ShowType.SERIAL))
    assert titles(visitor.text("/conversations/season/1/")) == ["Part 1 of 1", "Part 2 of 1"]
    assert titles(visitor.text("/conversations/")) == ["Part 1 of 1", "Part 2 of 1", "Part 3 of 2"]


def test_the_show_leads_to_its_seasons(visit):
    page = html.fromstring(visit(episode(1, 1), episode(2, 2)).text("/conversations/"))
    assert page.xpath("//ul[@class='seasons']//a/@href") == ["/conversations/season/1/", "/conversations/season/2/"]
    assert "/season/" not in visit(episode(1, 1)).text("/conversations/")


def test_a_long_season_goes_on_on_a_second_page(visit):
    visitor = visit(*(episode(1, day) for day in range(1, 32)), episode(2, 1))
    assert len(titles(visitor.text("/conversations/season/1/"))) == 30
    assert titles(visitor.text("/conversations/season/1/page/2/")) == ["Part 1 of 1"]


@pytest.mark.parametrize("path", ["season/02/", "season/2/page/1/", "season/2/page/01/"])
def test_a_season_has_one_address(visit, path):
    response = visit(episode(1, 1), episode(2, 2)).get(f"/conversations/{path}")
    assert response.status_code in (301, 308)
    assert response.headers["Location"] == "/conversations/season/2/"


@pytest.mark.parametrize("path", ["season/9/", "season/1/page/2/", "season/1/page/99999/", "season/x/", "season/-1/"])
def test_what_is_no_season_is_told_kindly(visit, path):
    response = visit(episode(1, 1)).get(f"/conversations/{path}")
    assert (response.status_code, "There is no page at this address" in response.text) == (404, True)


def test_the_feed_of_a_season_is_offered_where_there_is_one(visit):
    feed = OtherFeed(selection=read_selection("season/1"), label="Season 1", count=1)
    text = visit(episode(1, 1), episode(2, 2), others=(feed,)).text("/conversations/season/1/")
    assert 'href="/conversations/feeds/season/1/"' in text
    assert 'href="https://pods.example/conversations/feeds/season/1.xml"' in text


def test_a_season_speaks_spanish_where_it_is_asked_to(visit):
    text = visit(episode(1, 1), episode(2, 2)).text("/es/conversations/season/1/")
    assert "<h1>Temporada 1</h1>" in text
    assert 'rel="canonical" href="https://pods.example/es/conversations/season/1/"' in text


def test_the_next_episode_of_a_serial_is_the_next_part_whenever_it_came_out():
    parts = tuple(
        make_episode(slug=f"p{n}", guid=f"g{n}", number=Decimal(n), published_at=datetime(2021, 1, day, tzinfo=UTC))
        for n, day in ((1, 1), (2, 9), (3, 5))
    )
    show = make_show(type=ShowType.SERIAL)
    visitor = Visitor(FakePublication(listed=(show,), held={"conversations": parts}))
    page = html.fromstring(visitor.text("/conversations/p2/"))
    near = [page.xpath(f"//li/a[@rel='{rel}']/@href") for rel in ("prev", "next")]
    assert near == [["/conversations/p1/"], ["/conversations/p3/"]]
