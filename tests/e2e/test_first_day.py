"""A producer's first day in the studio: from the link that `serve` prints to an episode in the feed."""

import re

import pytest
from serving import serving, wait_until
from sounds import write_mp3

pytestmark = pytest.mark.browser
SHOW = 'title = "Talks"\ndescription = "About living with it."\nauthor = "Us"\nlanguage = "en"\ntimezone = "UTC"\n'


@pytest.fixture
def begun(tmp_path):
    """A served show without an episode, whose studio nobody looks after yet."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "show.toml").write_text(SHOW)
    with serving(tmp_path / "home", library) as served:
        yield served


def enter_as_owner(page, served):
    page.goto(re.search(r"http://\S+/studio/begin/\S+", served.messages)[0])
    for field in ("name", "password", "again"):
        page.locator(f"#field-{field}").press_sequentially("quiet rooms by the sea" if field != "name" else "Ana")
    press_enter(page)
    assert page.url.endswith("/studio/")


def press_enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page, words):
    """Go with the Tab key to what says these words, and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.textContent.trim()")
        if here == words:
            return press_enter(page)
    raise AssertionError(f"The keyboard does not reach “{words}”.")


@pytest.mark.parametrize("has_script", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_from_the_first_link_to_the_feed_by_keyboard_alone(begun, windows, tmp_path, has_script):
    sound = write_mp3(tmp_path / "01 First.mp3", seed=9, title="The first talk")
    with windows.page(java_script_enabled=has_script) as page:
        enter_as_owner(page, begun)
        reach(page, "Talks")
        reach(page, "New episode")
        page.locator("#field-audio").set_input_files(sound)
        reach(page, "Send")
        assert page.locator("#field-title").input_value() == "The first talk"
        page.locator("#field-summary").press_sequentially("How it began.")
        page.locator("#field-number").focus()
        press_enter(page)
        assert page.get_by_text("Saved.").is_visible()
        reach(page, "Publish …")
        reach(page, "Publish now")
        assert page.get_by_text("It is out.").is_visible()
        reach(page, "See its page")
        wait_until(lambda: b"The first talk" in begun.feed("talks"), seconds=10)
        page.reload()
        assert page.get_by_text("How it began.").first.is_visible()
