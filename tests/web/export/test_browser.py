"""The export in Chromium, served by Python's own file server: nothing of ours answers."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.browser
EPISODE = "/breast-cancer-conversations/110-meet-the-husbands/"
HEARD = "() => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > 0 }"
HITS = "#static-search .hits > li"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        pass


@pytest.fixture(scope="module")
def host(exported):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(exported.folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def page(windows, host):
    """A page that remembers what it asked for and what went wrong."""
    with windows.page() as made:
        made.set_default_timeout(15_000)
        made.asked, made.faults = [], []
        made.on("request", lambda request: made.asked.append(request.url))
        made.on("pageerror", lambda error: made.faults.append(str(error)))
        # What is still on its way when the next page is opened ends as "aborted": no fault.
        made.on("requestfailed", lambda asked: asked.failure == "net::ERR_ABORTED" or made.faults.append(asked.url))
        made.on("response", lambda answer: answer.status < 400 or made.faults.append(answer.url))
        yield made


def search(page, host, words, at="/search/"):
    page.goto(f"{host}{at}")
    page.fill("#static-q", words)
    page.press("#static-q", "Enter")
    page.wait_for_function("() => document.querySelector('#static-search [role=status]').textContent")
    return page.locator(HITS)


def test_the_home_leads_to_an_episode_that_plays_from_its_file(page, host):
    page.goto(host)
    page.click(f"a[href='{EPISODE}']")
    page.evaluate("() => document.querySelector('audio').play()")
    page.wait_for_function(HEARD)
    assert all(url.startswith(host) for url in page.asked)
    assert page.faults == []


def test_the_search_finds_the_sentence_its_speaker_and_its_moment(page, host):
    hits = search(page, host, "bone pain")
    assert hits.count() >= 1
    assert "bone" in hits.first.locator("mark").first.inner_text().lower()
    moment = hits.first.locator("a[href*='?t=']").first.get_attribute("href")
    assert moment.startswith("/breast-cancer-conversations/1") and moment.endswith("#player")
    page.goto(host + moment)
    assert page.faults == []


def test_topic_pages_are_found(page, host):
    hits = search(page, host, "landmarks lit pink teal")
    assert hits.first.locator("h2 a").get_attribute("href").startswith("/topics/")


def test_every_page_leads_to_the_search_in_its_language(page, host):
    page.goto(f"{host}/es{EPISODE}")
    page.click("header a[href='/es/search/']")
    page.wait_for_selector("#static-q")


def test_a_link_to_a_moment_sets_the_player_there(page, host):
    page.goto(f"{host}{EPISODE}?t=12#player")
    page.wait_for_function("() => document.querySelector('audio').currentTime === 12")
    assert page.evaluate("() => document.querySelector('audio').paused")


def test_what_is_asked_never_leaves_the_page(page, host):
    search(page, host, "diagnóstico")
    search(page, host, "husbands")
    assert not [url for url in page.asked if "diagn" in url.lower() or "husbands" in url.partition("?")[2]]
    assert page.url == f"{host}/search/#q=husbands"
    assert all(url.startswith(host) for url in page.asked)


def test_without_accents_and_in_capitals_it_is_the_same(page, host):
    assert search(page, host, "CÁNCER").count() == search(page, host, "cancer").count() > 1


def test_in_spanish_it_speaks_spanish_and_leads_to_spanish_pages(page, host):
    hits = search(page, host, "maridos", at="/es/search/")
    assert "resultado" in page.inner_text("#static-search [role=status]")
    assert hits.first.locator("h2 a").get_attribute("href") == f"/es{EPISODE}"


@pytest.mark.parametrize("words", ["zzzzqqqq", "<img src=x onerror=alert(1)>", '" *', "x" * 200, "…"])
def test_nothing_found_is_said_and_nothing_breaks(page, host, words):
    page.on("dialog", lambda dialog: page.faults.append(dialog.message))
    assert search(page, host, words).count() == 0
    assert "Nothing was found" in page.inner_text("#static-search [role=status]")
    assert page.faults == []


def test_a_query_loads_less_than_half_a_megabyte_beside_the_index(page, host):
    sizes = {}
    page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))}))
    search(page, host, "the cancer that came back after the first treatment")
    loaded = {url: size for url, size in sizes.items() if "/search/words/" in url or "/search/spoken/" in url}
    assert loaded
    assert sum(loaded.values()) <= 500_000


def test_without_script_the_lists_are_there_and_no_dead_field(windows, host):
    with windows.page(java_script_enabled=False) as page:
        page.goto(f"{host}/search/")
        assert not page.is_visible("#static-q")
        assert page.is_visible("section a[href='/breast-cancer-conversations/#episodes']")
