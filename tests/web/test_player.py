"""The player in a real browser: what a press does, what is remembered, and what never happens by itself."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from browsing import serving, silence
from builders import make_audio
from fake_publication import FakeMedia
from rich_show import husbands, rich_publication

pytestmark = pytest.mark.browser
EPISODE = "/conversations/110-meet-the-husbands/"
TRANSCRIPT = f"{EPISODE}transcript/"
SECONDS = 300
PHONE = {"viewport": {"width": 390, "height": 600}}
AUDIO = "document.querySelector('audio')"
KEPT = "Object.keys(localStorage).length"
REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
LEFT = "document.dispatchEvent(new Event('forgotten')); try { localStorage.clear() } catch { }"
SHARING = "navigator.share = async wish => { window.shared = wish }"


@pytest.fixture(scope="module")
def address():
    """A served site whose episode is five minutes of silence."""
    publication, body = rich_publication(), silence(SECONDS)
    audio = make_audio(format="wav", sha256="9" * 64, size_bytes=len(body), duration=timedelta(seconds=SECONDS))
    publication.files["9" * 64] = FakeMedia(media_type="audio/wav", kind="audio", size_bytes=len(body), body=body)
    publication.held["conversations"] = (replace(husbands(), renditions=(audio,)),)
    with serving(publication) as address:
        yield address


@pytest.fixture
def listener(windows, address):
    """Somebody who opens pages, one after another; nothing may go wrong in a script, and nothing is kept for others."""
    profiles, opened, faults = ExitStack(), [], []

    def build(path=EPISODE, *, first="", **stated):
        page = profiles.enter_context(windows.page(**PHONE | stated))
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.add_init_script(first)
        page.open = lambda path: page.goto(address + path)
        page.open(path)
        opened.append(page)
        return page

    with profiles:
        yield build
        for page in opened:
            page.evaluate(LEFT)
            page.goto("about:blank")
    assert faults == []


def at(page):
    return page.evaluate(f"{AUDIO}.currentTime")


def is_silent(page):
    return page.evaluate(f"{AUDIO}.paused && !{AUDIO}.played.length")


def wait_for(page, start, *, playing=True):
    page.wait_for_function(f"() => !{AUDIO}.paused === {str(playing).lower()} && {AUDIO}.currentTime >= {start}")


def stop_at(page, seconds):
    """Hear a moment of the episode, and stop."""
    page.evaluate(f"{AUDIO}.currentTime = {seconds}; {AUDIO}.play()")
    wait_for(page, seconds + 0.1)
    page.evaluate(f"{AUDIO}.pause()")


def test_where_you_stopped_is_offered_and_only_a_press_goes_on_there(listener):
    page = listener()
    stop_at(page, 72)
    page.open(EPISODE)
    assert is_silent(page)
    assert at(page) == 0
    page.click("text=Go on at 1:12")
    wait_for(page, 72)
    page.wait_for_selector("[data-go-on]", state="hidden")


def test_an_episode_that_was_heard_to_its_end_is_not_offered(listener):
    page = listener()
    stop_at(page, 72)
    stop_at(page, SECONDS - 5)
    assert page.evaluate(KEPT) == 0
    page.open(EPISODE)
    assert not page.is_visible("[data-go-on]")


def test_what_was_listened_to_is_forgotten_with_a_press_and_stays_so(listener):
    page = listener()
    page.select_option("select", "1.5")
    stop_at(page, 72)
    assert page.evaluate(KEPT) == 2
    page.click(".controls summary")
    page.click("text=Forget what I listened to")
    assert page.inner_text(".forget [role=status]") == "Forgotten."
    stop_at(page, 100)
    page.select_option("select", "1.25")
    assert page.evaluate(KEPT) == 0


def test_the_page_about_privacy_forgets_it_too(listener):
    page = listener()
    stop_at(page, 72)
    page.open("/about/privacy/")
    page.click("text=Forget what I listened to")
    assert page.inner_text(".forget [role=status]") == "Forgotten."
    assert page.evaluate(KEPT) == 0


def test_a_browser_that_keeps_nothing_plays_all_the_same(listener):
    page = listener(first=REFUSED)
    page.click(".chapters a >> nth=1")
    wait_for(page, 252)
    page.select_option("select", "1.5")
    assert page.evaluate(f"{AUDIO}.playbackRate") == 1.5


def test_the_speed_is_kept_from_one_page_to_the_next(listener):
    page = listener()
    page.select_option("select", "1.25")
    page.open(TRANSCRIPT)
    assert (page.input_value("select"), page.evaluate(f"{AUDIO}.playbackRate")) == ("1.25", 1.25)


def test_a_moment_is_shared_by_the_device_where_it_can(listener):
    page = listener(f"{EPISODE}?t=12", first=SHARING)
    page.click("text=Share this moment")
    shared = page.evaluate("window.shared")
    assert shared["url"] == f"http://127.0.0.1{EPISODE}?t=12"
    assert shared["title"].startswith("Losing someone")


def test_an_address_sets_the_position_and_plays_nothing(listener):
    page = listener(f"{EPISODE}?t=72")
    page.wait_for_selector("text=Starts at 1:12.")
    assert (at(page), is_silent(page)) == (72, True)
    for asked in ("-5", "1e9", "abc", "2880", "1.5", ""):
        page.open(f"{EPISODE}?t={asked}")
        assert (asked, page.is_visible("[data-starts]"), at(page), is_silent(page)) == (asked, False, 0, True)


def test_where_every_moment_is_the_same_file_the_page_finds_its_own(listener):
    page = listener("/robots.txt")
    page.route("**/*?t=72", lambda route: route.fulfill(response=route.fetch(url=route.request.url.partition("?")[0])))
    page.open(f"{EPISODE}?t=72")
    page.wait_for_selector("text=Starts at 1:12.")
    assert (at(page), is_silent(page)) == (72, True)


def test_keys_work_in_the_player_alone_and_leave_controls_theirs(listener):
    page = listener()
    page.press("body", "k")
    page.press(".controls select", "l")
    assert is_silent(page)
    page.press("#player", "k")
    wait_for(page, 0.1)
    page.press("[data-share]", "l")
    assert at(page) >= 30
    page.press("#player", "ArrowLeft")
    assert at(page) < 30
    page.press("[data-step='30']", " ")
    assert at(page) >= 40
    page.press("#player", " ")
    assert page.evaluate(f"{AUDIO}.paused")


def test_keys_lead_from_chapter_to_chapter(listener):
    page = listener()
    page.press("#player", "n")
    wait_for(page, 252)
    page.press("#player", "p")
    page.wait_for_function(f"() => {AUDIO}.currentTime < 5")
    assert page.evaluate("navigator.mediaSession.metadata.artist").startswith("Breast Cancer Conversations")


def test_audio_that_does_not_come_is_said_in_a_sentence(listener):
    page = listener()
    page.route("**/*.wav", lambda route: route.abort())
    page.click(".chapters a >> nth=1")
    page.wait_for_selector("text=The audio could not be loaded.")


def test_the_words_are_followed_only_when_asked_and_until_the_reader_scrolls(listener):
    page = listener(TRANSCRIPT, reduced_motion="reduce")
    assert page.locator("[aria-live], .transcript [role]").count() == 0
    page.click(".whole .time >> nth=1")
    page.wait_for_selector(".passage.now")
    top = page.evaluate("scrollY")
    page.evaluate(f"{AUDIO}.currentTime = 200")
    page.wait_for_selector(".passage.now >> text=2:51")
    assert page.evaluate("scrollY") == top
    page.click(".bar [data-follow]")
    page.wait_for_function(f"() => scrollY > {top} + 300")
    assert page.evaluate("document.activeElement.matches('.bar [data-follow]')")
    page.mouse.wheel(0, -50)
    page.wait_for_selector("#player [data-follow][aria-pressed=false]")


def test_the_audio_can_be_stopped_from_wherever_one_reads(listener):
    page = listener(TRANSCRIPT)
    page.click(".whole .time >> nth=3")
    wait_for(page, 81)
    page.click(".bar >> text=Pause")
    wait_for(page, 81, playing=False)
    page.wait_for_selector(".bar >> text=Play")


def test_without_script_the_transcripts_times_lead_to_its_player(listener):
    page = listener(TRANSCRIPT, java_script_enabled=False)
    page.click(".whole .time >> nth=1")
    assert page.url.endswith(f"{TRANSCRIPT}?t=36#player")
    assert page.get_attribute("audio source", "src").endswith("#t=36")
    assert not page.is_visible("main button")
