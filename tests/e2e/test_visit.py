"""Somebody's first visit: from a worry typed into the search field to the voice, the notes, help, and coming back."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from serving import SHOW, wait_until

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SET_AT = "() => document.querySelector('#player audio').currentTime"
HEARD = "start => { const a = document.querySelector('#player audio'); return !a.paused && a.currentTime > start }"
IS_FOCUSED = "(wanted) => wanted === document.activeElement"
IS_STARTED = "() => !document.querySelector('#player audio').paused"
FARTHEST = 90


def click(page, link):
    """As with a mouse or a finger."""
    link.click()


def tab_to(page, link):
    """As without either: Tab until it is there."""
    wanted = link.element_handle()
    for _ in range(FARTHEST):
        if page.evaluate(IS_FOCUSED, wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{link} is not reached with {FARTHEST} presses of Tab")


def press_enter(page, link):
    tab_to(page, link)
    page.keyboard.press("Enter")


def play_with_mouse(page, audio):
    """Press where the browser's own button is; on a busy machine it is painted before it can be pressed."""
    for _ in range(3):
        audio.click(position={"x": 24, "y": 27})
        with suppress(AssertionError):
            wait_until(lambda: page.evaluate(IS_STARTED), seconds=5)
            return


def play_with_keys(page, audio):
    audio.focus()
    page.keyboard.press("Space")


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """How somebody comes, and what they look for."""

    stated: dict[str, Any]
    home: str = "/"
    worry: str = "bone pain"
    press: Any = click
    reach: Any = click
    play: Any = play_with_mouse


VISITORS = {
    "desktop": Visitor(stated={"viewport": DESK}),
    "phone": Visitor(stated={"viewport": PHONE, "has_touch": True, "is_mobile": True}),
    "no script": Visitor(stated={"viewport": DESK, "java_script_enabled": False}),
    "Spanish": Visitor(stated={"viewport": PHONE, "has_touch": True, "is_mobile": True}, home="/es/", worry="huesos"),
    "keyboard": Visitor(stated={"viewport": DESK}, press=press_enter, reach=tab_to, play=play_with_keys),
}

# What these do, one of the others does too.
ALIKE = ("desktop", "phone")


def each_visitor():
    marks = {name: [pytest.mark.soak] for name in ALIKE}
    return [pytest.param(visitor, id=name, marks=marks.get(name, ())) for name, visitor in VISITORS.items()]


@pytest.mark.parametrize("visitor", each_visitor())
def test_a_first_visit_finds_the_sentence_the_voice_help_and_the_way_back(windows, sample, visitor):
    with windows.page(**visitor.stated) as page:
        page.set_default_timeout(20_000)
        page.goto(sample.url + visitor.home)
        find_the_sentence(page, visitor)
        hear_it(page, visitor)
        read_on(page, visitor)
        find_help(page, visitor)
        subscribe(page, visitor)


def find_the_sentence(page, visitor):
    """Home, the field at the top, and the first sentence that was said."""
    field = page.locator(".finder input")
    visitor.reach(page, field)
    field.type(visitor.worry)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=.+"))
    assert visitor.worry.split()[0] in page.locator(".hits mark").first.inner_text().lower()
    visitor.press(page, page.locator(".hits figcaption a").first)
    page.wait_for_url(re.compile(r"\?t=\d+"))


def hear_it(page, visitor):
    """The player stands at the sentence, and waits; a press is heard from there."""
    start = int(page.url.partition("?t=")[2].partition("#")[0])
    audio = page.locator("#player audio")
    assert start > 10 and audio.is_visible()
    assert page.evaluate("() => document.querySelector('#player audio').paused")
    visitor.play(page, audio)
    wait_until(lambda: page.evaluate(HEARD, start), seconds=20)  # a page without script wakes nobody up
    assert start <= page.evaluate(SET_AT) < start + 20


def read_on(page, visitor):
    """The notes are on the same page, and lead to what is written about the subject."""
    assert page.locator(".notes").first.inner_text().strip()
    visitor.press(page, page.locator("section[aria-labelledby=topics] a").first)
    page.wait_for_url("**/topics/*/")
    assert page.locator("h1").count() == 1


def find_help(page, visitor):
    """Where to get help is one press away, at the top."""
    visitor.press(page, page.locator("a[href='#help']").first)
    help_ = page.locator("#help")
    assert page.url.endswith("#help") and help_.is_visible()
    assert page.locator(".help a[href^='tel:'], .help a[href^='http']").count() > 0


def subscribe(page, visitor):
    """From any page one press leads to the apps; the language stays."""
    visitor.press(page, page.locator(f".top a[href$='/{SHOW}/subscribe/']"))
    page.wait_for_url("**/subscribe/")
    assert urlsplit(page.url).path == f"{visitor.home}{SHOW}/subscribe/"
    assert page.locator(".apps a").count() > 3
