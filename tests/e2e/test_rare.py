"""The pages that the sample has none of, in a browser without script, on the smallest phone."""

import pytest

pytestmark = pytest.mark.browser
SHOWN = """() => ({ h1: [...document.querySelectorAll('h1')].map(one => one.innerText.trim().length > 0),
  fits: document.documentElement.scrollWidth <= innerWidth, words: document.querySelector('main').innerText.length })"""


@pytest.fixture(scope="module")
def seen(windows, rare, rare_kinds):
    """What each page shows, and all that was asked for."""
    found, asked = {}, []
    with windows.page(viewport={"width": 320, "height": 640}, java_script_enabled=False) as page:
        page.on("request", lambda request: asked.append(request.url))
        for kind in rare_kinds:
            if kind.language == "en":
                page.goto(rare.url + kind.path)
                found[kind.name] = page.evaluate(SHOWN)
    return found, asked


def test_each_has_a_heading_and_words_and_fits(seen):
    wrong = {name: one for name, one in seen[0].items() if one["h1"] != [True] or not one["fits"] or one["words"] < 40}
    assert wrong == {}


def test_none_asks_another_host(seen, rare):
    assert len(seen[1]) > len(seen[0])
    assert [url for url in seen[1] if not url.startswith(f"{rare.url}/")] == []


def test_words_from_right_to_left_begin_at_the_right(windows, rare):
    with windows.page(viewport={"width": 390, "height": 640}, java_script_enabled=False) as page:
        page.goto(f"{rare.url}/ahadith/one/")
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        assert page.evaluate("() => getComputedStyle(document.querySelector('.phone')).direction") == "ltr"
        assert page.evaluate("() => getComputedStyle(document.querySelector('.notes')).direction") == "rtl"
        assert page.evaluate("() => getComputedStyle(document.querySelector('footer')).direction") == "ltr"
