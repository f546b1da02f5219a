"""An address where nothing is: its words to search for, the episode that was meant, or the latest ones."""

import pytest
from builders import make_episode
from fake_publication import FakePublication
from lxml import html
from visitor import Visitor

from catalogue.errors import StoreError
from web.lost import MOST_SHOWN, nearest, words_of


def page_of(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 404
    return html.fromstring(response.text)


@pytest.mark.parametrize(
    "path",
    [
        "/conversations/meet-the-husband/",
        "/conversations/meet-the-husbands.html/",
        "/conversations/MEET-THE-HUSBANDS/",
        "/meet-the-husbands/x/../meet-the-husbends",
    ],
)
def test_a_mistyped_address_leads_to_the_episode_that_was_meant(visit, path):
    others = tuple(make_episode(slug=f"other-{number}", guid=str(number)) for number in range(9))
    page = page_of(visit(make_episode(), *others), path)
    assert page.xpath("//nav[@aria-labelledby='near']//a/@href") == ["/conversations/meet-the-husbands/"]
    assert "Did you mean" in page.text_content()


def test_what_is_like_nothing_gets_the_latest_episodes(visit):
    page = page_of(visit(), "/conversations/zzz/")
    assert "The latest episodes" in page.text_content()
    assert page.xpath("//nav[@aria-labelledby='near']//a/@href") == ["/conversations/meet-the-husbands/"]


def test_it_helps_in_the_language_that_was_asked_for(visit):
    page = page_of(visit(), "/es/conversations/meet-the-husband/")
    assert page.xpath("//nav[@aria-labelledby='near']//a/@href") == ["/es/conversations/meet-the-husbands/"]


@pytest.mark.parametrize("path", ["/<script>alert(1)</script>/", "/%22onload=alert(1)%20/", "/%00%ff/", "/a" * 900,
                                  "/conversations/page/99999/", "/conversations/%E2%80%AE/"])  # fmt: skip
def test_nothing_of_the_address_stands_in_the_page_but_its_words(visit, path):
    page = page_of(visit(), path)
    assert page.xpath("//script[not(@src) and not(@type)] | //@onload") == []
    assert page.xpath("//h1/text()") == ["There is no page at this address"]


def test_the_words_of_the_address_are_ready_to_be_searched_for_without_the_show_s(visit):
    page = page_of(visit(), "/es/conversations/bone-pain/")
    assert page.xpath("//input[@id='lost']/@value") == ["bone pain"]
    assert page.xpath("//form[@role='search']/@action") == ["/es/search/"]


def test_the_words_of_an_address_are_plain_and_few():
    assert words_of("/show/caf%C3%A9.php".replace("%C3%A9", "é")) == "show café"
    assert words_of('/"><b>x</b>_y/') == "b x b y"
    assert len(words_of("/word" * 90)) <= 80


def test_of_ten_thousand_episodes_few_are_compared_and_few_shown(monkeypatch):
    compared = []
    monkeypatch.setattr("web.lost.get_close_matches", lambda word, slugs, n, cutoff: compared.extend(slugs) or [])
    nearest("/show/part-one", [make_episode(slug=f"part-{number}", guid=str(number)) for number in range(10_000)])
    assert len(compared) <= 250
    monkeypatch.undo()
    assert len(nearest("/part-1", [make_episode(slug=f"part-{n}", guid=str(n)) for n in range(50)])) == MOST_SHOWN


class Away(FakePublication):
    """A publication whose index cannot be read."""

    def shows(self):
        raise StoreError("away", "The index is away.")


def test_without_its_index_a_page_that_is_not_there_is_told_all_the_same():
    assert Visitor(Away()).get("/nothing/at/all/really/").status_code in (404, 503)


def test_what_was_withdrawn_offers_no_guess(visit):
    from catalogue.errors import Withdrawn

    response = visit(errors={"gone": Withdrawn("withdrawn", "It was withdrawn.")}).get("/conversations/gone/")
    assert response.status_code == 410
    assert html.fromstring(response.text).xpath("//nav[@aria-labelledby='near']") == []
