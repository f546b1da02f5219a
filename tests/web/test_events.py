"""The page of events, and the calendar, as a visitor meets them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from builders import NOON, make_episode, make_show
from fake_publication import FakePublication
from flask import g
from lxml import html
from visitor import Visitor

from catalogue.domain.agenda import Agenda
from catalogue.domain.events import Calendar, Event, EventText
from catalogue.domain.recurrence import read_rule

GROUP = Event(
    id="group",
    title="Group",
    what="An hour to talk.",
    url="https://example.org/group",
    organiser="An organisation",
    first_on=date(2021, 9, 14),
    at=time(19),
    timezone="America/New_York",
    repeats=(read_rule("FREQ=MONTHLY;BYDAY=2TU,4TU"),),
    texts=(EventText(language="es", title="Grupo"),),
)
ONCE = Event(
    id="walk",
    title="A walk",
    first_on=date(2021, 10, 6),
    at=time(13),
    timezone="Europe/Madrid",
    url="https://b.example/",
)
UNDATED = Event(id="yoga", title="Yoga")
NOTE = {"note": "Ask there.", "texts": (EventText(language="es", note="Pregunta allí."),)}


def visitor_of(*events, now=NOON, base_url="https://pods.example", **stated):
    show = make_show(language="en")
    agenda = Agenda(calendars=(Calendar(path="events.toml", events=events, **stated),))
    publication = FakePublication((show,), {show.slug: (make_episode(),)}, agenda=agenda)
    return Visitor(publication, now=now, base_url=base_url)


def parts(visitor, path="/events/"):
    """Heading → the words of each event below it."""
    page = html.fromstring(visitor.text(path))
    return {
        section.findtext("h2"): [" ".join(one.text_content().split()) for one in section.xpath(".//li")]
        for section in page.xpath("//main//section")
    }


def test_events_stand_by_when_they_are_in_words():
    found = parts(visitor_of(GROUP, ONCE, UNDATED))
    assert list(found) == ["In the next seven days", "Ask for the dates"]
    walk, group = found["In the next seven days"]
    assert walk.startswith("A walk Wednesday 6 October at 1:00 PM, Madrid time")
    assert "The second and fourth Tuesday of each month at 7:00 PM, New York time" in group
    assert "Next: Tuesday 12 October; then 26 October and 9 November" in group


def test_spanish_pages_say_it_in_spanish_and_mark_what_is_not():
    visitor = visitor_of(GROUP, replace(ONCE, at=time(1)), **NOTE)
    walk, group = parts(visitor, "/es/events/")["En los próximos siete días"]
    assert "Miércoles, 6 de octubre a la 1:00, hora de Madrid" in walk
    assert group.startswith("Grupo El segundo y el cuarto martes de cada mes a las 19:00, hora de Nueva York")
    page = html.fromstring(visitor.text("/es/events/"))
    assert page.xpath("//h3/@lang") == ["en"]
    assert page.xpath("string(//p[@class='lead'])") == "Pregunta allí."


def test_the_end_of_a_series_is_said():
    ends = (
        {"until": date(2022, 5, 4)},
        {"repeats": (read_rule("FREQ=WEEKLY;UNTIL=20220504"),)},
        {"repeats": (read_rule("FREQ=WEEKLY;UNTIL=20220505T010000Z"),)},
    )
    for stated in ends:
        assert "New York time, until Wednesday 4 May 2022" in visitor_of(replace(GROUP, **stated)).text("/events/")
    bare = replace(GROUP, at=None, repeats=(read_rule("FREQ=WEEKLY"),), until=date(2021, 11, 30))
    assert ">Todos los martes, hasta el martes, 30 de noviembre<" in visitor_of(bare).text("/es/events/")


def test_what_is_the_same_of_all_events_is_said_once():
    two = visitor_of(GROUP, replace(GROUP, id="b", title="B"))
    assert two.text("/events/").count('href="https://example.org/group"') == 1
    page = html.fromstring(visitor_of(GROUP, ONCE).text("/events/"))
    assert page.xpath("//main//li//a/@href") == ["https://b.example/", "https://example.org/group"]


def test_only_what_is_to_come_is_told_and_nothing_has_its_own_words():
    visitor = visitor_of(ONCE, now=datetime(2021, 10, 7, tzinfo=UTC))
    assert parts(visitor) == {}
    assert "No event is announced just now." in visitor.text("/events/")
    assert "No event is announced just now." in Visitor(FakePublication()).text("/events/")


def test_the_show_tells_the_next_two_and_leads_to_all():
    page = html.fromstring(visitor_of(GROUP, ONCE, replace(GROUP, id="b"), UNDATED).text("/conversations/"))
    found = page.xpath("//section[@aria-labelledby='events']//a/@href")
    assert found == ["/events/#event-walk", "/events/#event-group", "/events/"]
    assert 'aria-labelledby="events"' not in visitor_of(UNDATED).text("/conversations/")


def test_a_page_with_events_holds_until_the_first_is_over_or_a_day_ends():
    visitor = visitor_of(replace(ONCE, first_on=date(2021, 10, 5), at=time(14), length=timedelta(minutes=20)), GROUP)
    with visitor.client:
        visitor.get("/events/")
        assert g.holds_until == datetime(2021, 10, 5, 12, 20, tzinfo=UTC)
        visitor.now = datetime(2021, 10, 5, 13, tzinfo=UTC)
        visitor.get("/conversations/")
        assert g.holds_until == datetime(2021, 10, 6, 4, tzinfo=UTC), "midnight in New York"


def test_the_calendar_is_for_apps_and_cheap_to_ask_for_again():
    visitor = visitor_of(GROUP, ONCE, base_url="https://pods.example/p")
    answer = visitor.get("/p/events.ics")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (answer.headers["Cache-Control"], answer.data.count(b"BEGIN:VEVENT")) == ("public, max-age=300", 2)
    assert b"https://pods.example/p/events/#event-walk" in answer.data.replace(b"\r\n ", b"")
    again = visitor.get("/p/events.ics", If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert Visitor(FakePublication()).get("/events.ics").status_code == 404


def test_the_calendar_without_events_is_no_error():
    answer = visitor_of(now=NOON).get("/events.ics")
    assert (answer.status_code, answer.data.count(b"BEGIN:VEVENT")) == (200, 0)


def test_what_somebody_wrote_is_text_and_no_page_runs_it():
    bad = replace(
        GROUP, title="<script>alert(1)</script>", what="<img src=x onerror=alert(1)>", where='"><b>', audience="</p>"
    )
    page = html.fromstring(visitor_of(bad).text("/events/"))
    assert page.xpath("//main//script | //main//img | //main//b") == []
    assert page.xpath("string(//h3)") == "<script>alert(1)</script>"


def told(visitor, path="/events/"):
    (text,) = html.fromstring(visitor.text(path)).xpath("//script[@type='application/ld+json']/text()")
    return {node["@id"].rpartition("#")[2]: node for node in json.loads(text)["@graph"]}


def test_machines_are_told_of_the_next_day_of_each_event():
    walk = replace(ONCE, online=True, where="The park", length=timedelta(hours=1))
    found = told(visitor_of(GROUP, walk, UNDATED), "/es/events/")
    assert found.keys() == {"event-group", "event-walk"}
    group, walked = found["event-group"], found["event-walk"]
    assert (group["@type"], group["name"], group["url"]) == ("Event", "Grupo", "https://example.org/group")
    assert group["startDate"] == "2021-10-12T19:00-04:00" and "eventAttendanceMode" not in group
    assert (walked["startDate"], walked["endDate"]) == ("2021-10-06T13:00+02:00", "2021-10-06T14:00+02:00")
    assert walked["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [one["@type"] for one in walked["location"]] == ["Place", "VirtualLocation"]


def test_days_without_an_hour_are_told_as_days():
    retreat = Event(id="retreat", title="Retreat", first_on=date(2021, 10, 8), length=timedelta(days=3))
    found = told(visitor_of(retreat))["event-retreat"]
    assert (found["startDate"], found["endDate"]) == ("2021-10-08", "2021-10-10")
    assert found["url"].endswith("/events/#event-retreat")


def test_where_nothing_is_to_come_machines_are_told_nothing():
    assert "ld+json" not in visitor_of(UNDATED).text("/events/")
