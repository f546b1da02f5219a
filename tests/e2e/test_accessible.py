"""Every kind of page, in every language: rules of accessibility by axe-core, small screens, thumbs, spaced text."""

import pytest
from page_kinds import find_kinds
from serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.axe]
AXE = ROOT / ".parts/axe/node_modules/axe-core/axe.min.js"
PROBES = ROOT / "tests/e2e/probes.js"
# 1280 pixels at 400 % are 320.
SMALL, PHONE, DESK = ({"width": width, "height": 800} for width in (320, 390, 1280))


@pytest.fixture(scope="module")
def kinds(sample):
    """One page of each kind."""
    return find_kinds(sample)


@pytest.fixture(scope="module")
def tour(chromium, sample, kinds):
    """Each page opened once, and what was wrong with it; what it asked for, too."""
    context = chromium.new_context(viewport=DESK, reduced_motion="reduce")
    context.add_init_script(path=PROBES)
    page, found, asked = context.new_page(), {}, []
    page.on("request", lambda request: asked.append(request.url))
    for kind in kinds:
        page.goto(sample.url + kind.path)
        found[kind.name] = look_at(page)
    context.close()
    return found, asked


def look_at(page):
    """All faults of an open page, by what was asked of it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.emulate_media(color_scheme="light")
    seen = {"light": page.evaluate("probes.axe()")}
    page.emulate_media(color_scheme="dark")
    seen["dark"] = page.evaluate("probes.axe(['cat.color'])")
    page.set_viewport_size(PHONE)
    seen["small"] = page.evaluate("probes.small()")
    page.set_viewport_size(SMALL)
    seen["wide"] = page.evaluate("probes.wide()")
    page.evaluate("probes.spaced()")
    seen["spaced"] = page.evaluate("[...probes.wide(), ...probes.cut()]")
    page.set_viewport_size(DESK)
    return seen


def faults(tour, asked):
    return {name: seen[asked] for name, seen in tour[0].items() if seen[asked]}


def test_axe_finds_no_fault_on_any_kind_of_page(tour):
    assert faults(tour, "light") == {}


def test_axe_finds_no_fault_in_the_dark(tour):
    assert faults(tour, "dark") == {}


def test_everything_that_is_pressed_is_big_enough_for_a_thumb(tour):
    assert faults(tour, "small") == {}


def test_nothing_is_lost_at_four_hundred_per_cent(tour):
    assert faults(tour, "wide") == {}


def test_text_may_be_spaced_as_readers_need(tour):
    assert faults(tour, "spaced") == {}


def test_no_page_asks_another_host(tour, sample, kinds):
    assert len(tour[1]) > len(kinds)
    assert [url for url in tour[1] if not url.startswith(f"{sample.url}/")] == []


def test_every_kind_of_page_of_the_sample_is_looked_at(kinds):
    looked = {kind.pattern for kind in kinds if kind.language == "en"}
    assert looked == {kind.pattern for kind in kinds if kind.language == "es"}
    assert {"/", "/topics/<topic>/", "/people/<person>/", "/embed/<show>/<episode>/", "/events/"} <= looked
