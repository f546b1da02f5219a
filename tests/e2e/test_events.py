"""The sample's events and people in Chromium, on the smallest phone, with script and without; and in a calendar app."""

import pytest
from icalendar import Calendar
from looking import MOSTLY_WITHOUT_SCRIPT

pytestmark = pytest.mark.browser
PAGES = ("/events/", "/es/events/", "/people/", "/people/synthetic-narrator/", "/es/people/synthetic-narrator/")
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
BELOW_44 = """() => [...document.querySelectorAll('main a')].filter(one =>
  one.getBoundingClientRect().height < 43.5).map(one => one.textContent)"""


@MOSTLY_WITHOUT_SCRIPT
def test_pages_of_events_and_people_fit_and_ask_nobody_else(phone, sample):
    asked, complaints = [], []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda said: complaints.append(said.text))
    for path in PAGES:
        phone.goto(sample.url + path)
        assert (phone.locator("h1").count(), phone.evaluate(FITS)) == (1, True), path
        assert phone.evaluate(BELOW_44) == [], path
    assert complaints == []
    assert [url for url in asked if not url.startswith(f"{sample.url}/")] == []


def test_the_show_leads_to_its_next_event_and_that_to_the_calendar(phone, sample):
    phone.goto(sample.url)
    link = phone.locator("section[aria-labelledby='events'] a >> nth=0")
    title = link.text_content()
    link.click()
    assert phone.locator(":target h3").text_content() == title
    assert phone.locator("a.button").get_attribute("href") == "/events.ics"


def test_a_calendar_app_finds_the_six_series_of_the_sample(sample):
    found = Calendar.from_ical(sample.ask("/events.ics").body).walk("VEVENT")
    assert sorted(event["RRULE"].to_ical().decode() for event in found) == [
        "FREQ=MONTHLY;BYDAY=1SU",
        "FREQ=MONTHLY;BYDAY=1TH,3TH",
        "FREQ=MONTHLY;BYDAY=2TU,4TU",
        "FREQ=MONTHLY;BYDAY=3TU",
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=TH",
    ]
