"""The sample's topic pages in Chromium, on the smallest phone: they fit, ask nobody else, and play what they embed."""

import pytest
from looking import MOSTLY_WITHOUT_SCRIPT
from serving import SHOW

pytestmark = pytest.mark.browser
SPREAD = "/topics/when-breast-cancer-has-spread/"
PAGES = ("/topics/", SPREAD, "/topics/recurrence/", f"/es{SPREAD}", "/es/topics/recurrence/")
MOMENT = (91, 106)
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
LOUD_AT = "() => { const a = document.querySelector('figure audio'); return a.paused ? -1 : a.currentTime }"
BELOW_44 = """() => [...document.querySelectorAll('main a')].filter(one => {
  const height = one.getBoundingClientRect().height;  // 0: what is shown in place of a player
  return height && height < 43.5 && !one.closest('.notes > p, .notes li') }).map(one => one.textContent)"""


@MOSTLY_WITHOUT_SCRIPT
def test_pages_of_topics_fit_and_nothing_is_asked_of_another_host(phone, sample):
    asked, complaints = [], []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda said: complaints.append(said.text))
    for path in PAGES:
        phone.goto(sample.url + path)
        assert (phone.locator("h1").count(), phone.evaluate(FITS)) == (1, True), path
        assert phone.evaluate(BELOW_44) == [], path
    assert complaints == []
    assert [url for url in asked if not url.startswith(f"{sample.url}/") or ".mp3" in url] == []


def test_a_question_is_reached_from_the_contents_and_leads_back_to_the_top(phone, sample):
    phone.goto(sample.url + SPREAD)
    phone.click("nav.questions a >> nth=3")
    assert phone.url.endswith("#notes-coping-with-the-shock-of-diagnosis")
    phone.click("section.question >> nth=3 >> .top-link a")
    assert phone.url.endswith("#content")
    assert phone.evaluate("() => document.activeElement.id") == "content"


def test_the_moment_is_warned_of_and_leads_to_the_episode_there(phone, sample):
    phone.goto(sample.url + SPREAD)
    tops = [phone.locator(f"figure {what}").bounding_box()["y"] for what in (".warning", "audio")]
    assert tops == sorted(tops)
    phone.click("figure .more a")
    assert phone.url == f"{sample.url}/{SHOW}/110-meet-the-husbands/?t={MOMENT[0]}#player"


def test_a_press_plays_the_stretch_and_no_other(desk, sample):
    desk.goto(sample.url + SPREAD)
    assert desk.evaluate(LOUD_AT) == -1
    desk.locator("figure audio").focus()
    desk.keyboard.press("Space")
    desk.wait_for_function(f"() => ({LOUD_AT})() > {MOMENT[0]}")
    assert desk.evaluate(LOUD_AT) < MOMENT[0] + 5


def test_the_sample_s_topics_gather_what_they_name(desk, sample):
    desk.goto(f"{sample.url}/topics/recurrence/")
    links = desk.locator("ol.episodes a")
    assert [links.nth(n).get_attribute("href").split("/")[2][:3] for n in range(links.count())] == ["122", "116", "110"]
