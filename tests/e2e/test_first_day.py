"""A producer's first day in the studio: from the link that `serve` prints to an episode in the feed."""

import re

import pytest
from producer import fill_in_show
from serving import serving, wait_until
from sounds import write_mp3

pytestmark = pytest.mark.browser


@pytest.fixture
def begun(tmp_path):
    """A served folder with nothing in it, whose studio nobody looks after yet."""
    library = tmp_path / "library"
    library.mkdir()
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


def write_chapters(page):
    reach(page, "Chapters")
    for field, words in (("time-0", "0:00"), ("title-0", "Hello"), ("time-1", "0:01"), ("title-1", "The rest")):
        page.locator(f"#field-{field}").focus()
        page.keyboard.type(words)
    press_enter(page)
    assert page.get_by_text("The chapters are saved.").is_visible()


def schedule(page):
    reach(page, "Publish …")
    page.locator("#field-published").fill("2099-01-02")
    reach(page, "Schedule it")
    assert page.get_by_text("It is scheduled, and comes out by itself.").is_visible()


def let_a_guest_hear_it(page, windows):
    reach(page, "Let a guest hear it …")
    reach(page, "Make a link")
    with windows.page(java_script_enabled=False) as guest:
        guest.goto(page.locator("#address").input_value())
        assert guest.get_by_text("This episode is not out yet.").is_visible()
        assert guest.get_by_text("The rest").first.is_visible()


def look_at_the_plan(page):
    reach(page, "Talks")
    reach(page, "What would change")
    assert page.get_by_text("Nothing. Feed and site are as the files say.").is_visible()
    reach(page, "Talks")
    reach(page, "The first talk")


def publish(page):
    reach(page, "Publish …")
    reach(page, "Publish now")
    assert page.get_by_text("It is out.").is_visible()
    reach(page, "See its page")


@pytest.mark.gpodder
@pytest.mark.parametrize("has_script", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_from_the_first_link_to_somebodys_app_by_keyboard_alone(begun, windows, gpo, tmp_path, has_script):
    sound = write_mp3(tmp_path / "01 First.mp3", seed=9, title="The first talk")
    with windows.page(java_script_enabled=has_script) as page:
        enter_as_owner(page, begun)
        reach(page, "Begin a show")
        fill_in_show(page, title="Talks")
        reach(page, "Begin it")
        reach(page, "Later: send the first recording")
        page.locator("#field-audio").set_input_files(sound)
        reach(page, "Send")
        assert page.locator("#field-title").input_value() == "The first talk"
        page.locator("#field-summary").press_sequentially("How it began.")
        page.locator("#field-number").focus()
        press_enter(page)
        assert page.get_by_text("Saved.").is_visible()
        write_chapters(page)
        schedule(page)
        let_a_guest_hear_it(page, windows)
        look_at_the_plan(page)
        publish(page)
        wait_until(lambda: b"The first talk" in begun.feed("talks"), seconds=10)
        page.reload()
        assert page.get_by_text("How it began.").first.is_visible()
    gpo("subscribe", f"{begun.url}/talks/feed.xml")
    assert "The first talk" in gpo("episodes", f"{begun.url}/talks/feed.xml")
