"""What machines ask every site for: the list of its pages, what they may read, whom to tell of a weakness."""

from datetime import UTC, date, datetime

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import etree, html
from rich_show import rich_publication
from visitor import Visitor

from catalogue.domain.catalogue import Catalogue
from catalogue.domain.episode import Correction, Season, Translation
from catalogue.domain.media import Transcript
from web import found, sitemap
from web.sitemap import Page, render_list, render_parts

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "https://pods.example"


def pages_of(visitor):
    tree = etree.fromstring(visitor.get("/sitemap.xml").data)
    return {url.findtext("s:loc", namespaces=SPACES): url for url in tree.iterfind("s:url", SPACES)}


def test_all_pages_are_listed_in_every_language_and_answer(visit):
    visitor = Visitor(rich_publication(), now=datetime(2022, 1, 1, tzinfo=UTC))
    addresses = list(pages_of(visitor))
    assert len(addresses) == len(set(addresses)) > 20
    assert {f"{BASE}/conversations/despues/", f"{BASE}/es/about/privacy/", f"{BASE}/conversations/corrections/"} <= set(
        addresses
    )
    assert {visitor.get(one.removeprefix(BASE)).status_code for one in addresses} == {200}


def test_every_listed_page_says_the_same_address_and_languages_of_itself():
    visitor = Visitor(rich_publication(), now=datetime(2022, 1, 1, tzinfo=UTC))
    for address, listed in pages_of(visitor).items():
        page = html.fromstring(visitor.text(address.removeprefix(BASE)))
        assert page.xpath("//link[@rel='canonical']/@href") == [address]
        assert page.xpath("//meta[@name='robots']") == [], address
        named = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@hreflang]")}
        assert named.pop("x-default", address) in named.values()
        assert named == {link.get("hreflang"): link.get("href") for link in listed.iterfind("x:link", SPACES)}


def test_a_page_names_the_same_page_in_other_languages(visit):
    page = pages_of(visit())[f"{BASE}/es/conversations/meet-the-husbands/"]
    named = {link.get("hreflang"): link.get("href") for link in page.iterfind("x:link", SPACES)}
    assert named == {
        "en": f"{BASE}/conversations/meet-the-husbands/",
        "es": f"{BASE}/es/conversations/meet-the-husbands/",
    }


def test_the_last_change_is_that_of_the_words_not_of_the_clock(visit):
    corrected = make_episode(corrections=(Correction(on=date(2021, 10, 12), text="Mended."),))
    page = pages_of(visit(corrected, now=datetime(2022, 1, 1, tzinfo=UTC)))[f"{BASE}/conversations/meet-the-husbands/"]
    assert page.findtext("s:lastmod", namespaces=SPACES) == "2021-10-12T00:00:00+00:00"


def test_what_asks_not_to_be_listed_and_what_nobody_may_see_is_not_there(visit):
    hidden = (make_episode(slug="blocked", guid="b", block=True), make_episode(slug="draft", guid="d", draft=True))
    assert not [one for one in pages_of(visit(make_episode(), *hidden)) if "blocked" in one or "draft" in one]
    assert not [one for one in pages_of(visit(show=make_show(block=True))) if "conversations" in one]


def test_a_translation_is_listed_once_where_it_is_read(visit):
    texts = tuple(Translation(language=tag, title=tag, notes="") for tag in ("es", "fr"))
    addresses = [one for one in pages_of(visit(make_episode(translations=texts))) if "husbands" in one]
    assert [one.removeprefix(BASE) for one in addresses] == [
        "/conversations/meet-the-husbands/",
        "/es/conversations/meet-the-husbands/",
        "/conversations/meet-the-husbands/fr/",
    ]


def test_seasons_and_transcripts_are_pages_too(visit):
    spoken = Transcript(path="t.vtt", format="vtt", language="en", sha256="1" * 64, size_bytes=9)
    episode = make_episode(season=Season(number=1), transcripts=(spoken,))
    listed = pages_of(visit(episode, make_episode(slug="other", guid="o")))
    assert {f"{BASE}/conversations/season/1/", f"{BASE}/conversations/meet-the-husbands/transcript/"} <= set(listed)


def test_the_list_is_sent_again_only_where_it_changed(visit):
    visitor = visit()
    etag = visitor.get("/sitemap.xml").headers["ETag"]
    odd = {"If_Modified_Since": "Mon, 99 Foo 99999 00:00:00 GMT"}
    assert visitor.get("/sitemap.xml", If_None_Match=etag, **odd).status_code == 304


@pytest.mark.parametrize("limits", [{"most_pages": 2}, {"most_bytes": 450}])
def test_a_long_list_comes_in_parts_within_both_limits(limits):
    parts = list(render_parts([Page(address=f"{BASE}/{number}/") for number in range(10)], **limits))
    found = [url.text for part in parts for url in etree.fromstring(part).iter("{*}loc")]
    assert found == [f"{BASE}/{number}/" for number in range(10)]
    assert len(parts) > 1 and all(len(part) <= limits.get("most_bytes", 10**6) for part in parts)


def test_the_list_is_made_once_for_each_state(visit, monkeypatch):
    made = []
    monkeypatch.setattr(found.sitemap, "render_parts", lambda pages: made.append(1) or render_parts(pages))
    visitor = visit()
    first = [visitor.get("/sitemap.xml").data for _ in range(3)]
    visitor.publication.held["conversations"] = (make_episode(), make_episode(slug="new", guid="new"))
    assert len(set(first)) == 1 and b"/new/" in visitor.get("/sitemap.xml").data
    assert len(made) == 2


def test_the_limits_are_those_of_the_protocol():
    assert (sitemap.MOST_PAGES, sitemap.MOST_BYTES) == (50_000, 52_428_800)


def test_a_list_in_parts_is_found_part_by_part(visit, monkeypatch):
    monkeypatch.setattr(found.sitemap, "render_parts", lambda pages: render_parts(pages, most_pages=3))
    visitor = visit()
    parts = [one.text for one in etree.fromstring(visitor.get("/sitemap.xml").data).iter("{*}loc")]
    assert parts[:2] == [f"{BASE}/sitemap-1.xml", f"{BASE}/sitemap-2.xml"]
    assert {visitor.get(one.removeprefix(BASE)).status_code for one in parts} == {200}
    assert {visitor.get(f"/sitemap-{number}.xml").status_code for number in (0, len(parts) + 1)} == {404}


def test_a_short_list_has_no_parts(visit):
    assert visit().get("/sitemap-1.xml").status_code == 404


def test_addresses_in_the_list_are_escaped():
    page = Page(address="https://a.example/?a&b", languages=(("en", 'https://a.example/?a&"b'),))
    assert etree.fromstring(next(render_parts([page])))[0][0].text == page.address
    assert etree.fromstring(render_list([page.address]))[0][0].text == page.address


def test_robots_may_read_all_but_searches_and_learn_where_the_list_is(visit):
    lines = visit().get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /search/", "Disallow: /es/search/", f"Sitemap: {BASE}/sitemap.xml"} <= set(lines)


def test_under_a_path_robots_are_told_that_path():
    text = (
        Visitor(FakePublication(listed=(make_show(),)), base_url="https://a.example/pods").get("/pods/robots.txt").text
    )
    assert "Disallow: /pods/search/\n" in text and "Sitemap: https://a.example/pods/sitemap.xml\n" in text


class Contacted(FakePublication):
    """A catalogue that says whom to tell of a weakness."""

    def catalogue(self):
        return Catalogue(security_contact="safe@example.org")


def test_whom_to_tell_of_a_weakness_is_said_for_less_than_a_year():
    moment = datetime(2022, 3, 14, 9, 26, 53, tzinfo=UTC)
    text = Visitor(Contacted(listed=(make_show(),)), now=moment).get("/.well-known/security.txt").text
    said = dict(line.split(": ", 1) for line in text.splitlines())
    assert (said["Contact"], said["Canonical"]) == ("mailto:safe@example.org", f"{BASE}/.well-known/security.txt")
    assert said["Expires"] == "2023-02-01T00:00:00+00:00"


def test_where_nobody_is_named_there_is_no_such_file(visit):
    assert visit().get("/.well-known/security.txt").status_code == 404


def test_the_icon_is_there_for_browsers_that_ask_untold(visit):
    response = visit().get("/favicon.ico")
    assert (response.status_code, response.mimetype, response.data[:4]) == (200, "image/x-icon", b"\0\0\1\0")


def test_machines_addresses_have_no_language(visit):
    assert {visit().get(f"/es{path}").status_code for path in ("/sitemap.xml", "/robots.txt", "/favicon.ico")} == {404}
