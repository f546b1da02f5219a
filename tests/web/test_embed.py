"""The small player on other sites: framed by anybody, warning first, and found by the address of a page."""

import json
from urllib.parse import quote

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from rich_show import rich_publication, rich_show
from visitor import BASE_URL, Visitor

from catalogue.errors import Moved, Withdrawn

EPISODE = "/conversations/110-meet-the-husbands/"
PLAYER = f"/embed{EPISODE}"


@pytest.fixture(scope="module")
def rich():
    return Visitor(rich_publication(), now=rich_show().first_seen_at.replace(year=2022))


def asked(visitor, address, more=""):
    return visitor.get(f"/embed/oembed.json?url={quote(address, safe='')}{more}")


def test_the_warning_stands_before_the_player_and_links_leave_the_frame(rich):
    page = html.fromstring(rich.text(PLAYER))
    order = [one.tag for one in page.xpath("//p[@class='warning'] | //audio")]
    assert order == ["p", "audio"]
    assert page.xpath("//a/@href")[:2] == [f"{BASE_URL}/conversations/", f"{BASE_URL}{EPISODE}"]
    assert set(page.xpath("//a/@target")) == {"_blank"}
    assert page.xpath("//script") == []


def test_only_the_small_player_may_be_framed_by_others_and_runs_nothing_foreign(rich):
    policy, page = (rich.get(path).headers["Content-Security-Policy"] for path in (PLAYER, EPISODE))
    assert policy.replace("frame-ancestors *", "frame-ancestors 'self'") == page
    assert "default-src 'none'" in policy and "frame-ancestors *" in policy


def test_it_asks_not_to_be_listed_and_names_the_real_page(rich):
    page = html.fromstring(rich.text(PLAYER))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE_URL}{EPISODE}"]


def test_it_starts_where_it_is_asked_to_and_plays_nothing_by_itself(rich):
    page = html.fromstring(rich.text(f"{PLAYER}?t=252"))
    assert page.xpath("//audio/@autoplay") == []
    assert page.xpath("//source/@src")[0].endswith(".mp3#t=252")
    assert "#t=" not in rich.text(f"{PLAYER}?t=1e9") + rich.text(f"{PLAYER}?t=-5")


def test_it_speaks_spanish_where_its_address_says_so(rich):
    assert 'lang="es"' in rich.text(f"/es{PLAYER}") and "Perder a quien amas" in rich.text(f"/es{PLAYER}")


def test_audio_that_is_missing_or_elsewhere_is_said(rich):
    assert "not available right now" in rich.text("/embed/conversations/116-our-mbc-life/")
    remote = rich.get("/embed/conversations/122-power-of-twitter/")
    assert "audio.example.net" in remote.text
    assert "media-src 'self' https://audio.example.net;" in remote.headers["Content-Security-Policy"]


def test_an_earlier_address_of_an_episode_describes_it_as_it_is_today(visit):
    errors = {"talks": Moved("conversations"), "old": Moved("meet-the-husbands")}
    said = asked(visit(errors=errors), f"{BASE_URL}/talks/old/?t=7").json
    assert f"{BASE_URL}/embed/conversations/meet-the-husbands/?t=7" in said["html"]


def test_what_was_taken_back_or_never_was_is_told_in_the_frame(visit):
    visitor = visit(errors={"gone": Withdrawn("withdrawn", "It was withdrawn.")})
    gone, never = visitor.get("/embed/conversations/gone/"), visitor.get("/embed/conversations/never/")
    assert (gone.status_code, never.status_code) == (410, 404)
    assert all("frame-ancestors *" in one.headers["Content-Security-Policy"] for one in (gone, never))
    assert "<nav" not in gone.text and 'target="_blank"' in gone.text


def test_the_page_of_an_episode_leads_to_how_it_is_embedded(rich):
    page = html.fromstring(rich.text(EPISODE))
    (address,) = page.xpath("//link[@type='application/json+oembed']/@href")
    assert json.loads(rich.get(address.removeprefix(BASE_URL)).data)["type"] == "rich"


def test_what_is_told_is_a_frame_with_title_and_size(rich):
    said = json.loads(asked(rich, f"{BASE_URL}{EPISODE}").data)
    (frame,) = html.fragments_fromstring(said["html"])
    assert (said["version"], said["type"], frame.tag, frame.get("title")) == ("1.0", "rich", "iframe", said["title"])
    assert frame.get("src") == f"{BASE_URL}{PLAYER}"
    assert (frame.get("width"), frame.get("height")) == (str(said["width"]), str(said["height"]))
    assert said["thumbnail_url"].endswith(".card1.jpg")


def test_a_title_cannot_leave_its_place_in_the_frame(visit):
    title = '"><script>alert(1)</script>'
    visitor = visit(make_episode(title=title))
    (frame,) = html.fragments_fromstring(
        json.loads(visitor.get("/embed/conversations/meet-the-husbands/oembed.json").data)["html"]
    )
    assert frame.get("title") == title and len(frame) == 0


@pytest.mark.parametrize(
    "address", [f"http://pods.example{EPISODE}", f"{BASE_URL}{PLAYER}", f"{BASE_URL}{EPISODE}#notes"]
)
def test_an_address_of_ours_is_known_however_it_is_written(rich, address):
    assert f"{BASE_URL}{PLAYER}" in json.loads(asked(rich, address).data)["html"]


def test_a_page_in_spanish_is_embedded_in_spanish(rich):
    said = json.loads(asked(rich, f"{BASE_URL}/es{EPISODE}?t=60").data)
    assert f'src="{BASE_URL}/es{PLAYER}?t=60"' in said["html"]
    assert said["title"].startswith("Perder a quien amas")
    assert asked(rich, f"{BASE_URL}/es/").status_code == asked(rich, f"{BASE_URL}/es").status_code == 404


def test_the_moment_of_an_address_and_the_room_there_is_are_kept(rich):
    said = json.loads(asked(rich, f"{BASE_URL}{EPISODE}?t=252", "&maxwidth=300&maxheight=99999").data)
    assert f"{PLAYER}?t=252" in said["html"] and (said["width"], said["height"]) == (300, 280)


@pytest.mark.parametrize("address", ["", "x", f"https://other.example{EPISODE}", f"{BASE_URL}/conversations/",
                                     f"{BASE_URL}/conversations/never/", f"{BASE_URL}.evil.example{EPISODE}",
                                     "http://[", f"{BASE_URL}@evil.example{EPISODE}", "a" * 9000])  # fmt: skip
def test_any_other_address_is_not_known(rich, address):
    assert asked(rich, address).status_code == 404


@pytest.mark.parametrize(("show", "episode"), [("old-show", "meet-the-husbands"), ("conversations", "old-episode")])
def test_an_earlier_address_is_answered_with_the_player_of_today(show, episode):
    errors = {"old-show": Moved("conversations"), "old-episode": Moved("meet-the-husbands")}
    held = {"conversations": (make_episode(),)}
    visitor = Visitor(FakePublication(listed=(make_show(),), held=held, errors=errors))
    said = json.loads(asked(visitor, f"{BASE_URL}/{show}/{episode}/").data)
    assert f'src="{BASE_URL}/embed/conversations/meet-the-husbands/"' in said["html"]


def test_a_form_that_is_not_had_is_said_as_the_specification_asks(rich):
    assert asked(rich, f"{BASE_URL}{EPISODE}", "&format=xml").status_code == 501


def test_pages_of_other_sites_may_read_how_it_is_embedded_but_no_page(rich):
    assert asked(rich, f"{BASE_URL}{EPISODE}").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in rich.get(PLAYER).headers


def test_below_a_path_addresses_are_known_too():
    base = "https://a.example/pods"
    visitor = Visitor(FakePublication(listed=(make_show(),), held={"conversations": (make_episode(),)}), base_url=base)
    address = quote(f"{base}/conversations/meet-the-husbands/", safe="")
    said = json.loads(visitor.get(f"/pods/embed/oembed.json?url={address}").data)
    assert f'src="{base}/embed/conversations/meet-the-husbands/"' in said["html"]
