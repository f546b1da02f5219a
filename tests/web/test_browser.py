"""The site in a real browser, with script and without."""

from contextlib import ExitStack

import pytest
from browsing import let_be_heard, serving
from builders import make_episode
from rich_show import rich_publication

pytestmark = pytest.mark.browser
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
EPISODE = "/conversations/110-meet-the-husbands/"
PLAYING = "() => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > %d }"


@pytest.fixture(scope="module")
def address():
    """A served site whose first episode can be heard."""
    publication = rich_publication()
    let_be_heard(publication, seconds=300)
    long = make_episode(slug="long", guid="long", title=LONG_WORD, notes=f"|{LONG_WORD}|{LONG_WORD}|\n|-|-|\n|a|b|")
    publication.held["conversations"] = (*publication.held["conversations"], long)
    with serving(publication) as address:
        yield address


@pytest.fixture
def open_page(windows, address):
    """Open a page; gives it and the addresses it asked for."""
    opened = ExitStack()

    def build(path, **stated):
        page = opened.enter_context(windows.page(**stated))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + path)
        return page, asked

    with opened:
        yield build


def test_nothing_plays_or_loads_audio_by_itself(open_page):
    page, asked = open_page(f"{EPISODE}?t=72")
    assert page.evaluate("document.querySelector('audio').paused")
    assert not any("/media/" in url and url.endswith(".wav") for url in asked)


def test_a_press_on_a_chapter_plays_from_there_without_leaving(open_page):
    page, _ = open_page(EPISODE)
    page.click(".chapters a >> text=The first diagnosis")
    page.wait_for_function(PLAYING % 251)
    page.wait_for_function("() => document.querySelector('[aria-current]')?.textContent.includes('4:12')")
    assert page.url.endswith(EPISODE)


def test_steps_and_speed_come_with_script(open_page):
    page, _ = open_page(EPISODE)
    page.click(".notes a.moment >> nth=0")
    page.wait_for_function(PLAYING % 251)
    page.click("text=Back 15 s")
    assert page.evaluate("document.querySelector('audio').currentTime") < 245
    page.select_option("select", "1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5


def test_a_moment_can_be_shared(open_page):
    page, _ = open_page(f"{EPISODE}?t=12")
    page.click("text=Share this moment")
    page.wait_for_function("() => document.querySelector('.address input').value")
    assert page.input_value(".address input").startswith("http://127.0.0.1/conversations/110-meet-the-husbands/?t=")


def test_without_script_a_chapter_opens_the_page_at_its_moment(open_page):
    page, _ = open_page(EPISODE, java_script_enabled=False)
    assert not page.is_visible(".controls")
    page.click(".chapters a >> text=The first diagnosis")
    assert page.url.endswith("?t=252#player")
    assert page.get_attribute("audio source", "src").endswith(".wav#t=252")
    page.wait_for_selector("text=Starts at 4:12.")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/x/",
        EPISODE,
        f"{EPISODE}es/",
        f"{EPISODE}transcript/",
        "/conversations/subscribe/",
        "/conversations/corrections/",
        "/conversations/long/",
        "/about/",
        "/es/about/privacy/",
        f"/embed{EPISODE}",
        "/conversations/season/2/",
        "/conversations/nothing/",
    ],
)
def test_pages_ask_no_other_host_break_no_rule_and_fit_the_smallest_phone(open_page, address, path):
    page, asked = open_page(path, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert {url for url in asked if not url.startswith(address)} == set()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        EPISODE,
        f"{EPISODE}transcript/",
        "/conversations/subscribe/",
        "/conversations/corrections/",
        "/about/",
        f"/embed{EPISODE}",
        "/conversations/season/2/",
        "/conversations/nothing/",
    ],
)
def test_what_can_be_pressed_is_big_enough_for_a_thumb(open_page, path):
    page, _ = open_page(path, viewport={"width": 390, "height": 844})
    small = page.evaluate(
        """() => [...document.querySelectorAll("main a, nav a, button, select, input, summary")]
        .filter(e => e.checkVisibility() && !e.matches(".notes a"))
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.textContent.trim())"""
    )
    assert small == []


def test_who_opens_the_feed_sees_how_to_subscribe_and_a_script_gets_the_feed(open_page, address):
    page, _ = open_page("/conversations/feed.xml")
    assert page.url == f"{address}/conversations/subscribe/"
    page.route("**/player", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto(f"{address}/player")  # a web player's page: our own may fetch nothing
    fetch = "async feed => { const r = await fetch(feed); return [r.status, await r.text()] }"
    got = page.evaluate(fetch, f"{address}/conversations/feed.xml")
    assert got[0] == 200
    assert got[1].startswith("<rss>")


def test_the_feeds_address_is_copied_with_a_press(open_page):
    page, _ = open_page("/conversations/subscribe/", permissions=["clipboard-read", "clipboard-write"])
    page.click("text=Copy >> visible=true")
    page.wait_for_selector("button:text('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == "http://127.0.0.1/conversations/feed.xml"


def test_without_script_the_feeds_address_is_there_to_be_selected(open_page):
    page, _ = open_page("/conversations/subscribe/", java_script_enabled=False)
    assert page.input_value("#feed") == "http://127.0.0.1/conversations/feed.xml"
    assert not page.is_visible("main button")
