"""The served sample in Chromium: with script off and on, on a small phone, with ears."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from serving import SHOW

pytestmark = pytest.mark.browser
EPISODE = f"/{SHOW}/110-meet-the-husbands/"
PAGES = (
    "/",
    f"/{SHOW}/",
    EPISODE,
    f"{EPISODE}es/",
    f"{EPISODE}transcript/",
    f"/{SHOW}/subscribe/",
    "/about/",
    "/es/about/privacy/",
)
MISSING = f"/{SHOW}/never-was/"
LOUD = "() => [...document.querySelectorAll('audio')].filter(one => !one.paused).length"
HEARD_AFTER = "start => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > start }"
LOOKS = """() => ({h1: document.querySelectorAll("h1").length, lang: document.documentElement.lang,
    title: document.title, wide: document.documentElement.scrollWidth <= innerWidth,
    feed: document.querySelector("link[type='application/rss+xml']")?.href ?? ""})"""
TRIED = "() => document.querySelector('audio').played.length"


@dataclass
class Visit:
    """An open page, with what it asked for and what the browser complained of."""

    page: object
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def run(self, script):
        return self.page.evaluate(script)


@pytest.fixture(scope="module")
def visiting(windows, sample):
    """Open a page of the sample for the length of a `with` block."""

    @contextmanager
    def build(path, **stated):
        with windows.page(**stated) as page:
            visit = Visit(page)
            listen(visit)
            page.goto(sample.url + path)
            yield visit

    return build


def listen(visit):
    """Keep what a page asks for and what the browser complains of; later pages of a window have lists of their own."""
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.on("console", lambda said: visit.complaints.append(f"{said.type}: {said.text}"))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def tour(request, windows, sample):
    """Every page once, on the smallest phone: what it asked for, complained of, and looks like."""
    seen = {}
    with windows.page(viewport={"width": 320, "height": 640}, java_script_enabled=request.param) as page:
        visit = Visit(page)
        listen(visit)
        for path in PAGES:
            visit.asked, visit.complaints = [], []
            page.goto(sample.url + path)
            seen[path] = replace(visit), visit.run(LOOKS)
    return seen


def test_no_page_asks_another_host(tour, sample):
    asked = [url for visit, _ in tour.values() for url in visit.asked]
    assert len(asked) > 2 * len(PAGES)
    assert [url for url in asked if not url.startswith(f"{sample.url}/")] == []


def test_the_browser_has_nothing_to_complain_of(tour):
    assert {path: visit.complaints for path, (visit, _) in tour.items() if visit.complaints} == {}


def test_every_page_has_one_heading_a_language_and_a_title(tour):
    assert {path: found["h1"] for path, (_, found) in tour.items()} == dict.fromkeys(PAGES, 1)
    assert tour[f"{EPISODE}es/"][1]["title"] and all(found["title"] for _, found in tour.values())
    assert {path: found["lang"] for path, (_, found) in tour.items() if found["lang"] != "en"} == {
        f"{EPISODE}es/": "es",
        "/es/about/privacy/": "es",
    }


def test_every_page_fits_a_screen_of_320_pixels(tour):
    assert {path: found["wide"] for path, (_, found) in tour.items()} == dict.fromkeys(PAGES, True)


def test_every_page_leads_to_the_feed(tour, sample):
    assert {found["feed"] for _, found in tour.values()} == {f"{sample.url}/{SHOW}/feed.xml"}


def test_no_page_loads_audio_that_nobody_asked_for(tour):
    assert [url for visit, _ in tour.values() for url in visit.asked if url.endswith((".mp3", ".m4a"))] == []


def test_nothing_plays_by_itself_even_at_a_moment(visiting):
    with visiting(f"{EPISODE}?t=30#player") as visit:
        visit.page.wait_for_load_state("networkidle")
        assert (visit.run(LOUD), visit.run(TRIED)) == (0, 0)


def chapter(visit, number):
    """The chapter's link, and the second it starts at."""
    link = visit.page.locator(".chapters a[href*='?t=']").nth(number)
    return link, int(link.get_attribute("href").partition("?t=")[2].partition("#")[0])


def test_a_press_on_a_chapter_plays_from_there(visiting):
    with visiting(EPISODE) as visit:
        link, start = chapter(visit, 2)
        assert start > 10
        link.click()
        visit.page.wait_for_function(HEARD_AFTER, arg=start)
        assert visit.run("() => document.querySelector('audio').currentTime") < start + 5
        assert visit.page.url.endswith(EPISODE) and visit.complaints == []


def test_a_press_in_the_transcript_plays_from_there(visiting):
    with visiting(EPISODE) as visit:
        visit.page.locator(".transcript a[href*='?t=']").last.click()
        visit.page.wait_for_function(HEARD_AFTER, arg=1)
        assert visit.run(LOUD) == 1


def test_without_script_a_chapter_leads_to_the_player_at_its_moment(visiting):
    with visiting(EPISODE, java_script_enabled=False) as visit:
        link, start = chapter(visit, 2)
        link.click()
        assert visit.page.url.endswith(f"{EPISODE}?t={start}#player")
        assert visit.page.get_attribute("audio source", "src").endswith(f".mp3#t={start}")
        assert visit.run(LOUD) == 0


def test_all_kinds_of_audio_in_the_sample_can_be_heard(visiting):
    for folder in ("110-meet-the-husbands", "116-living-with-mbc", "122-recurrence-and-finding-others-online"):
        with visiting(f"/{SHOW}/{folder}/") as visit:
            link, start = chapter(visit, 1)
            link.click()
            visit.page.wait_for_function(HEARD_AFTER, arg=start)


def test_the_content_warning_stands_before_the_player(visiting):
    with visiting(EPISODE, java_script_enabled=False) as visit:
        tops = [visit.page.locator(what).bounding_box()["y"] for what in (".warning", "audio")]
        assert tops == sorted(tops)


def test_an_address_that_never_was_is_told_kindly(visiting):
    with visiting(MISSING) as visit:
        assert visit.run("() => document.querySelectorAll('h1').length") == 1
        assert visit.page.locator(".button").get_attribute("href") == f"/{SHOW}/"
        assert not [one for one in visit.complaints if "404" not in one]


def test_a_person_who_opens_the_feed_is_led_to_the_page_about_subscribing(visiting):
    with visiting(f"/{SHOW}/feed.xml") as visit:
        assert visit.page.url.endswith(f"/{SHOW}/subscribe/")
        assert visit.page.locator("h1").count() == 1


def test_walking_from_home_by_links_reaches_an_episode_and_back(visiting, sample):
    with visiting("/", java_script_enabled=False) as visit:
        visit.page.click("h3 a >> nth=0")
        assert visit.page.url == f"{sample.url}/{SHOW}/122-recurrence-and-finding-others-online/"
        visit.page.click("header a >> nth=0")
        assert visit.page.url in (f"{sample.url}/", f"{sample.url}/{SHOW}/")
