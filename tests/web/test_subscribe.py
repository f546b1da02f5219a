"""The subscribe page: what a show needs for which link, the address, the square, words for who has never subscribed."""

import re

import pytest
from builders import make_show
from fake_publication import FakePublication
from lxml import html
from visitor import Visitor

from catalogue.domain.listed import Listed
from web.apps import LISTED, PLATFORMS, known_apps, known_of, links_by_platform
from web.square import render_square

PAGE = "/conversations/subscribe/"
FEED = "https://pods.example/conversations/feed.xml"
EVERYWHERE = Listed(
    apple="1500000000",
    podcast_index="920666",
    spotify="https://open.spotify.com/show/abc",
    youtube="https://www.youtube.com/playlist?list=abc",
    amazon="https://music.amazon.com/podcasts/abc",
    deezer="https://www.deezer.com/show/1",
    iheart="https://www.iheart.com/podcast/1",
)


def links_of(page):
    found = html.fromstring(page)
    return {name: found.xpath(f"//section[@aria-labelledby='{name}']//a/@href") for name in ("apps", "listed")}


@pytest.mark.parametrize("app", known_apps(), ids=lambda app: f"{app.name} {app.platform}")
def test_an_app_of_the_file_needs_only_what_a_show_may_have(app):
    assert app.platform in PLATFORMS
    assert app.needs <= known_of(make_show(listed=EVERYWHERE), FEED).keys()


@pytest.mark.parametrize("app", known_apps(), ids=lambda app: f"{app.name} {app.platform}")
def test_no_other_server_is_told_of_a_feed_that_its_owner_did_not_tell(app):
    takes_address = app.needs & {"address", "bare", "encoded"}
    assert not (takes_address and app.link.startswith(("http", "{")))
    assert takes_address or app.platform == LISTED


def test_a_show_that_nobody_lists_has_links_for_every_platform(visit):
    found = links_of(visit().text(PAGE))
    assert len(found["apps"]) == len({app.link for app in known_apps() if app.platform != LISTED}) + 1
    assert found["listed"] == []


def test_directories_appear_as_show_toml_names_them(visit):
    page = visit(show=make_show(listed=Listed(apple="1500000000", spotify=EVERYWHERE.spotify))).text(PAGE)
    assert links_of(page)["listed"] == [
        "https://podcasts.apple.com/podcast/id1500000000",
        "https://open.spotify.com/show/abc",
        "https://pca.st/itunes/1500000000",
    ]
    assert "These pages belong to others." in page


def test_a_directory_that_knows_shows_by_guid_appears_once_the_index_lists_it():
    listed = Listed(podcast_index="920666")
    names = dict(links_by_platform(make_show(listed=listed), FEED)[LISTED])
    assert names["TrueFans"] == f"https://truefans.fm/{make_show().guid}"
    assert LISTED not in links_by_platform(make_show(), FEED)


def test_everything_known_gives_every_link(visit):
    found = links_of(visit(show=make_show(listed=EVERYWHERE)).text(PAGE))
    assert len(found["apps"]) + len(found["listed"]) == len(known_apps())
    assert not any("{" in link for link in (*found["apps"], *found["listed"]))


def test_the_address_can_be_selected_and_the_button_waits_for_script(visit):
    page = html.fromstring(visit().text(PAGE))
    (field,) = page.xpath("//input[@id='feed']")
    (button,) = page.xpath("//main//button")
    assert (field.get("value"), field.get("readonly"), button.get("hidden")) == (FEED, "readonly", "")
    assert page.xpath("//label[@for='feed']/text()") == ["Address of the feed"]


def test_the_square_has_words_for_who_cannot_see_it(visit):
    page = html.fromstring(visit().text(PAGE))
    (square,) = page.xpath("//*[@role='img']")
    assert square.get("aria-label") == f"QR code with the address of this page, https://pods.example{PAGE}"
    assert [one.get("aria-hidden") for one in square.xpath("./svg")] == ["true"]


def test_the_square_is_drawn_here_without_style_or_script():
    square = render_square("https://pods.example/a/")
    assert set(re.findall(r"<(\w+)", square)) == {"svg", "path"}
    assert set(re.findall(r"\s([\w-]+)=", square)).isdisjoint({"style", "href", "xlink", "onload"})
    assert square != render_square("https://pods.example/b/")


def test_nobody_is_given_a_square_that_leads_nowhere():
    local = Visitor(FakePublication(listed=(make_show(),)), base_url="http://127.0.0.1:8000").text(PAGE)
    assert "<svg" not in local
    assert "On another device" not in local


def test_who_has_never_subscribed_is_told_how_in_their_language(visit):
    assert len(html.fromstring(visit().text(PAGE)).xpath("//ol[@class='steps']/li")) == 3
    spanish = visit(show=make_show(language="es")).text(PAGE)
    assert "¿Es tu primer pódcast?" in spanish
    assert "New to podcasts?" not in spanish


def test_show_and_episode_lead_to_it(visit):
    visitor = visit()
    for path in ("/", "/conversations/", "/conversations/meet-the-husbands/"):
        assert f'href="{PAGE}"' in visitor.text(path)
