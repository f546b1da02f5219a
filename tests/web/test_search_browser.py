"""Searching in a real browser: while typing, by the button, by keyboard alone, on the smallest phone."""

from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import quote_plus

import pytest
from browsing import let_be_heard, serving
from found import CHOICES, answer, bone_pain, found, hit
from rich_show import rich_publication

from catalogue.domain.search import Answer, Understood

pytestmark = pytest.mark.browser
EPISODE = "/conversations/110-meet-the-husbands/"
EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
# Counts what is said by the live region, as a screen reader would hear it.
LISTEN = """() => { window.said = []; new MutationObserver(all => window.said.push(all[0].target.textContent))
.observe(document.querySelector("[role=status]"), {childList: true, characterData: true}) }"""


def publication():
    """What is found for a few words; the first episode can be heard."""
    held = rich_publication()
    let_be_heard(held, seconds=120)
    evil = found(f"{EVIL} pain", "pain", speaker=EVIL)
    answers = {
        "": Answer(understood=Understood.EMPTY),
        "bone pain": bone_pain(),
        "long": answer(hit("110-meet-the-husbands", found(LONG, speaker=LONG))),
        EVIL: answer(hit("110-meet-the-husbands", evil), suggestion=EVIL),
    }
    return replace(held, answers=answers, choices=CHOICES)


@pytest.fixture(scope="module")
def address():
    with serving(publication()) as address:
        yield address


@pytest.fixture
def open_page(windows, address):
    """Open a page; gives it, with `searches`: the paths of the search that it asked for."""
    opened = ExitStack()

    def build(path, before=None, **stated):
        page = opened.enter_context(windows.page(**stated))
        page.searches, page.alerts, page.errors = [], [], []
        page.on("request", lambda one: page.searches.append(one.url[len(address) :]) if "/search/" in one.url else None)
        page.on("dialog", lambda dialog: (page.alerts.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: page.errors.append(said.text))
        if before:
            page.add_init_script(before)
        page.goto(address + path)
        return page

    with opened:
        yield build


def test_from_any_page_a_sentence_leads_to_its_moment_where_nothing_plays_until_pressed(open_page):
    page = open_page("/conversations/subscribe/")
    page.fill("header input", "bone pain")
    page.click("header button")
    assert page.url.endswith("/search/?q=bone+pain")
    page.click("text=Play from 1:12 >> nth=0")
    assert page.url.endswith(f"{EPISODE}?t=72#player")
    page.wait_for_selector("text=Starts at 1:12.")
    assert page.evaluate("document.querySelector('audio').paused")
    page.focus("audio")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 72")


def test_results_come_while_typing_and_their_count_is_said_once(open_page):
    page = open_page("/search/")
    page.evaluate(LISTEN)
    length = page.evaluate("history.length")
    page.type("#q", "bone pain", delay=20)
    page.wait_for_selector(".hits")
    assert page.searches == ["/search/", "/search/?q=bone+pain"]
    assert page.evaluate("window.said") == ["12 results"]
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.url.endswith("/search/?q=bone+pain") and page.evaluate("history.length") == length
    assert page.get_attribute("a.tongue", "href") == "/es/search/?q=bone+pain"
    assert page.title() == "bone pain: 12 results · Search" and page.errors == []


def test_the_way_back_leads_to_the_results(open_page):
    page = open_page("/search/")
    page.type("#q", "bone pain")
    page.wait_for_selector(".hits")
    page.click(".of a >> nth=0")
    page.go_back()
    assert page.input_value("#q") == "bone pain" and page.locator(".hits > li").count() == 4


def test_a_chosen_filter_is_asked_for_at_once(open_page):
    page = open_page("/search/?q=bone+pain")
    page.click("summary >> nth=0")
    page.select_option("select[name=year]", "2020")
    page.wait_for_url("**/search/?q=bone+pain&year=2020")
    page.wait_for_selector("select[name=year]")
    assert page.input_value("select[name=year]") == "2020"


def test_escape_one_letter_and_saving_of_data_ask_for_nothing(open_page):
    page = open_page("/search/")
    page.type("#q", "bone pain")
    page.keyboard.press("Escape")
    saving = open_page("/search/", "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    saving.type("#q", "bone pain")
    one = open_page("/search/")
    one.type("#q", "b")
    page.wait_for_timeout(600)
    assert page.searches == saving.searches == one.searches == ["/search/"]
    saving.keyboard.press("Enter")
    saving.wait_for_selector(".hits")


def test_without_script_all_of_it_works(open_page):
    page = open_page("/search/", java_script_enabled=False)
    page.fill("#q", "bone pain")
    page.click("summary >> nth=0")
    page.select_option("select[name=year]", "2021")
    page.click("main button")
    assert page.url.endswith("/search/?q=bone+pain&person=&topic=&year=2021&language=")
    page.click("text=2 more sentences")
    page.click("text=Play from 4:12")
    assert page.url.endswith(f"{EPISODE}?t=252#player")


def test_the_keyboard_alone_finds_and_opens_a_sentence(open_page):
    page = open_page("/search/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("bone pain")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=bone+pain&*")
    page.wait_for_selector(".hits")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('figcaption a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{EPISODE}?t=72#player")


@pytest.mark.parametrize("words", ["long", LONG])
def test_it_fits_the_smallest_phone(open_page, words):
    page = open_page(f"/search/?q={quote_plus(words)}&year=2021", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/search/?q=bone+pain&year=2021", "/es/search/?q=none"])
def test_what_can_be_pressed_is_big_enough_for_a_thumb(open_page, path):
    page = open_page(path, viewport={"width": 390, "height": 844})
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input, summary")]
        .filter(e => e.checkVisibility() && !e.matches(".skip"))
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.textContent.trim())"""
    )
    assert small == []


def test_what_was_typed_and_what_was_found_is_never_run(open_page):
    page = open_page(f"/search/?q={quote_plus(EVIL)}")
    typed = open_page("/search/")
    typed.fill("#q", EVIL)
    typed.wait_for_selector(".hits")
    assert page.locator("blockquote").text_content() == f"{EVIL} pain"
    assert page.alerts == typed.alerts == page.errors == typed.errors == []
