"""Every kind of page by keyboard alone: all is reached, in order, seen, and left again."""

import pytest
from page_kinds import find_kinds
from serving import ROOT

pytestmark = pytest.mark.browser
PROBES = ROOT / "tests/e2e/probes.js"
# Long lists repeat themselves: so many stops from the top, so many to the end.
FIRST, LAST = 24, 4


@pytest.fixture(scope="module")
def walks(chromium, sample):
    """The stops of the Tab key on one page of each kind in English, from the top and to the end."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.add_init_script(path=PROBES)
    page, found = context.new_page(), {}
    for kind in find_kinds(sample):
        if kind.language == "en":
            page.goto(sample.url + kind.path)
            found[kind.name] = (page.evaluate("probes.count()"), stops(page, FIRST), to_the_end(page))
    context.close()
    return found


def stops(page, number):
    """Where the keyboard is after each of so many presses; ends where it leaves the page, or begins again."""
    found = []
    for _ in range(number):
        page.keyboard.press("Tab")
        here = page.evaluate("probes.here()")
        if here is None or (here["at"] == 0 and found and found[-1]["at"] > 0):
            break
        found.append(here)
    return found


def to_the_end(page):
    """The stops after the last few; the player's own buttons are stops within it."""
    page.evaluate(f"probes.startAt(-{LAST})")
    return stops(page, 3 * LAST)


def test_the_keyboard_goes_through_each_page_in_its_order(walks):
    for name, (count, first, last) in walks.items():
        for way in (first, last):
            order = [stop["at"] for stop in way]
            assert order == sorted(order) and -1 not in order, (name, way)
        reached = {stop["at"] for stop in first}
        assert reached == set(range(max(reached) + 1)), (name, "a stop is left out")
        assert len(first) == FIRST or len(reached) == count, (name, "not all is reached")


def test_where_the_keyboard_is_can_be_seen(walks):
    hidden = {
        name: [stop for stop in (*first, *last) if not (stop["ring"] and stop["seen"])]
        for name, (_, first, last) in walks.items()
    }
    assert {name: stops for name, stops in hidden.items() if stops} == {}


def test_the_keyboard_can_leave_each_page(walks):
    for name, (count, _, last) in walks.items():
        assert len(last) < 3 * LAST, (name, "there is no way out")
        assert not last or last[-1]["at"] == count - 1, name


def test_the_first_stop_skips_to_what_the_page_is_about(chromium, sample):
    page = chromium.new_page()
    page.goto(f"{sample.url}/topics/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()


def test_what_is_wrong_is_found_by_the_probes(chromium):
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.evaluate(PROBES.read_text(encoding="utf-8"))
    page.set_content(
        "<a href='/' style='outline:none;position:fixed;top:0'>x</a><p style='width:500px'>wide</p>"
        "<div style='height:9px;overflow:hidden'>cut<br>off</div>"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("probes.wide().length && probes.cut().length && probes.small().length") == 1
    assert page.evaluate("probes.here().ring") is False
    page.close()
