"""All pages of a site that has everything, walked as a visitor would, by its own links."""

from urllib.parse import urldefrag, urlsplit

import pytest
from lxml import html
from rich_show import rich_publication, rich_show
from visitor import BASE_URL, Visitor

LOADED = "//link[@rel='stylesheet' or @rel='icon']/@href | //*[self::script or self::img or self::source]/@src"


@pytest.fixture(scope="module")
def visitor():
    return Visitor(rich_publication(), now=rich_show().first_seen_at.replace(year=2022))


@pytest.fixture(scope="module")
def walked(visitor):
    """Every page that can be reached from the first: its address and its tree."""
    found, waiting = {}, ["/"]
    while waiting:
        path = urldefrag(waiting.pop())[0]
        if path in found:
            continue
        response = visitor.get(path)
        assert response.status_code == 200, path
        if response.mimetype == "text/html":
            found[path] = html.fromstring(response.text)
            waiting += [href for href in found[path].xpath("//a/@href") if urldefrag(href)[0].startswith("/")]
    return found


def test_everything_public_is_linked_and_nothing_else(walked):
    paths = {urlsplit(path).path for path in walked}
    episodes = {path.split("/")[2] for path in paths if path.count("/") == 3 and path.startswith("/conversations/")}
    known = {"110-meet-the-husbands", "116-our-mbc-life", "122-power-of-twitter", "despues", "trailer"}
    assert episodes == known | {"subscribe", "corrections"}
    assert "/es/conversations/110-meet-the-husbands/" in paths
    assert "/conversations/110-meet-the-husbands/transcript/es/" in paths


def test_no_page_loads_anything_from_another_host(walked, visitor):
    loaded = {url.partition("#")[0] for page in walked.values() for url in page.xpath(LOADED)}
    foreign = {url for url in loaded if not url.startswith("/")}
    assert foreign == {"https://audio.example.net/122.mp3"}, "only the audio whose server the page names"
    assert {url: visitor.get(url).status_code for url in loaded - foreign} == dict.fromkeys(loaded - foreign, 200)


def test_foreign_audio_may_be_played_on_its_own_page_only(visitor, walked):
    allowed = {
        urlsplit(path).path for path in walked if "example.net" in visitor.get(path).headers["Content-Security-Policy"]
    }
    assert allowed == {f"{tongue}/conversations/122-power-of-twitter/" for tongue in ("", "/es")}
    policy = visitor.get("/conversations/122-power-of-twitter/").headers["Content-Security-Policy"]
    assert "media-src 'self' https://audio.example.net;" in policy


def test_no_style_or_script_stands_in_a_page(walked):
    for page in walked.values():
        run = page.xpath("//script[not(@src) and not(@type='application/ld+json')]")
        assert run == page.xpath("//style | //@style | //@onclick | //iframe  | //form[not(@role='search')]") == []


def test_every_page_has_one_main_heading_and_skips_no_level(walked):
    for path, page in walked.items():
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1, path
        before = [1, *levels]
        # The warning stands before the title in nothing but importance.
        assert all(level <= last + 1 for last, level in zip(before, levels, strict=False)), (path, levels)


def test_every_label_and_every_place_on_a_page_exists_once(walked):
    for path, page in walked.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        wanted = [name for names in page.xpath("//@aria-labelledby | //@aria-describedby") for name in names.split()]
        wanted += [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
        assert set(wanted) <= set(ids), path


def test_every_page_has_its_landmarks_language_title_and_way_in(walked):
    for path, page in walked.items():
        assert page.get("lang") in ("en", "es"), path
        assert page.findtext(".//title").strip(), path
        assert [len(page.xpath(f"//{name}")) for name in ("main", "footer")] == [1, 1], path
        assert page.xpath("//body/a[1]/@href") == ["#content"], path
        assert page.xpath("//img[not(@alt)]") == [], path


def test_every_page_names_its_one_public_address(walked):
    for path, page in walked.items():
        canonical = page.xpath("//link[@rel='canonical']/@href")
        own = urlsplit(path).path
        assert canonical == [BASE_URL + (f"{own}conversations/" if own in ("/", "/es/") else own)]


def test_every_page_offers_the_feed(walked):
    for path, page in walked.items():
        feeds = page.xpath("//link[@rel='alternate' and @type='application/rss+xml']/@href")
        assert feeds == [f"{BASE_URL}/conversations/feed.xml"], path
