"""Every kind of page by keyboard alone: all is reached, in order, seen, and left again."""

import pytest
from looking import PROBES
from rare_pages import UNLIKE

pytestmark = pytest.mark.browser
# Long lists repeat themselves: so many stops from the top, so many to the end.
FIRST, LAST = 24, 4


@pytest.fixture(scope="module", params=["usual", pytest.param("all", marks=pytest.mark.soak)])
def walks(request, windows, pages, rare_kinds):
    """The stops of the Tab key on one page of each kind in English, from the top and to the end."""
    alike = {kind for kind in rare_kinds if request.param == "usual" and kind.pattern not in UNLIKE}
    found = {}
    with windows.page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as page:
        page.add_init_script(path=PROBES)
        for served, kind in pages:
            if kind.language == "en" and kind not in alike:
                page.goto(served.url + kind.path)
                page.evaluate("probes.follow()")
                found[kind.name] = (page.evaluate("probes.count()"), stops(page, FIRST), to_the_end(page))
    return found


def stops(page, number):
    """Where the keyboard is after each of so many presses, but within the player; and whether it left the page."""
    page.evaluate("stops = []")
    for _ in range(number):
        page.keyboard.press("Tab")
    found = page.evaluate("[...stops, probes.here()]")
    ends = (n for n, here in enumerate(found) if here is None or (here["at"] == 0 and n and found[n - 1]["at"] > 0))
    end = next(ends, None)
    return found[:end], end is not None


def to_the_end(page):
    """The stops after the last few."""
    page.evaluate(f"probes.startAt(-{LAST})")
    return stops(page, 3 * LAST)


def test_the_keyboard_goes_through_each_page_in_its_order(walks):
    for name, (count, (first, is_over), (last, _)) in walks.items():
        for way in (first, last):
            order = [stop["at"] for stop in way]
            assert order == sorted(order) and -1 not in order, (name, way)
        reached = {stop["at"] for stop in first}
        assert reached == set(range(len(reached))), (name, "a stop is left out")
        assert len(reached) == count or not is_over, (name, "not all is reached")


def test_where_the_keyboard_is_can_be_seen(walks):
    hidden = {
        name: [stop for stop in (*first, *last) if not (stop["ring"] and stop["seen"])]
        for name, (_, (first, _), (last, _)) in walks.items()
    }
    assert {name: stops for name, stops in hidden.items() if stops} == {}


def test_the_keyboard_can_leave_each_page(walks):
    for name, (count, _, (last, is_over)) in walks.items():
        assert is_over, (name, "there is no way out")
        assert not last or last[-1]["at"] == count - 1, name


def test_the_first_stop_skips_to_what_the_page_is_about(desk, sample):
    desk.goto(f"{sample.url}/topics/")
    desk.keyboard.press("Tab")
    assert desk.locator(".skip").bounding_box()["x"] >= 0
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_wrong_is_found_by_the_probes(windows):
    with windows.page(viewport={"width": 320, "height": 640}) as page:
        page.evaluate(PROBES.read_text(encoding="utf-8"))
        page.set_content(
            "<a href='/' style='outline:none;position:fixed;top:0'>x</a><p style='width:500px'>wide</p>"
            "<div style='height:9px;overflow:hidden'>cut<br>off</div>"
        )
        page.keyboard.press("Tab")
        assert page.evaluate("probes.wide().length && probes.cut().length && probes.small().length") == 1
        assert page.evaluate("probes.here().ring") is False
