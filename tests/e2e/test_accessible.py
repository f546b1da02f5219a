"""Every kind of page once, by turns in each language, theme and width; `test_every_look` has all of them in all.

Rare pages that are made like one of the sample are not read by axe here.
"""

import pytest
from looking import LOOKS, look_at, look_quickly_at, one_look_each, prepare
from rare_pages import UNLIKE

pytestmark = [pytest.mark.browser, pytest.mark.axe]


@pytest.fixture(scope="module")
def chosen(pages):
    """Who serves it, a page, and how it is looked at."""
    return one_look_each(pages)


@pytest.fixture(scope="module")
def tour(windows, chosen, rare_kinds):
    """Each page opened once, and what was wrong with it; what it asked for, too."""
    found, asked = {}, []
    alike = {kind for kind in rare_kinds if kind.pattern not in UNLIKE}
    with windows.page(reduced_motion="reduce") as page:
        prepare(page)
        page.on("request", lambda request: asked.append(request.url))
        for served, kind, look in chosen:
            looked = look_quickly_at if kind in alike else look_at
            found[f"{kind.name} ({look})"] = looked(page, served.url + kind.path, look)
    return found, asked


def faults(tour, asked):
    return {name: seen[asked] for name, seen in tour[0].items() if seen[asked]}


def test_every_language_theme_and_width_is_met(chosen):
    assert {look for *_, look in chosen} == set(LOOKS)
    assert [kind.pattern for _, kind, _ in chosen] == sorted({kind.pattern for _, kind, _ in chosen})


def test_axe_finds_no_fault_on_any_kind_of_page(tour):
    assert faults(tour, "axe") == {}


def test_everything_that_is_pressed_is_big_enough_for_a_thumb(tour):
    assert faults(tour, "small") == {}


def test_nothing_is_lost_at_four_hundred_per_cent(tour):
    assert faults(tour, "wide") == {}


def test_text_may_be_spaced_as_readers_need(tour):
    assert faults(tour, "spaced") == {}


def test_in_the_reader_s_own_colours_all_that_is_pressed_can_be_seen(tour):
    assert faults(tour, "forced") == {}


def test_nothing_moves_for_who_wants_no_motion(tour):
    assert faults(tour, "moving") == {}


def test_paper_has_what_is_read_and_nothing_to_press(tour):
    assert faults(tour, "printed") == {}


def test_no_page_asks_another_host(tour, sample, rare, chosen):
    assert len(tour[1]) > len(chosen)
    assert [url for url in tour[1] if not url.startswith((f"{sample.url}/", f"{rare.url}/"))] == []


def test_every_kind_of_page_of_the_sample_is_looked_at(kinds, rare_kinds):
    assert not {kind.pattern for kind in kinds} & {kind.pattern for kind in rare_kinds}
    looked = {kind.pattern for kind in kinds if kind.language == "en"}
    assert looked == {kind.pattern for kind in kinds if kind.language == "es"}
    assert {"/", "/topics/<topic>/", "/people/<person>/", "/embed/<show>/<episode>/", "/events/"} <= looked
