"""The calendar that apps subscribe to: another reader finds in it what was meant."""

from dataclasses import replace
from datetime import date, time, timedelta

from icalendar import Calendar as ForeignCalendar

from catalogue.domain.events import Event
from catalogue.domain.recurrence import read_rule
from catalogue.formats.calendars.reading import read_calendar
from catalogue.formats.calendars.writing import render_calendar, uid_of

OWNER = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
EVENT = Event(
    id="group",
    title="Después; de, un diagnóstico",
    what="Grupo de apoyo.\nEn español.",
    language="es",
    url="https://example.org/",
    first_on=date(2021, 10, 12),
    at=time(19),
    timezone="America/New_York",
    length=timedelta(minutes=90),
    repeats=(read_rule("FREQ=MONTHLY;BYDAY=2TU,4TU"),),
    except_on=(date(2021, 10, 26),),
)
DAY = Event(id="day", title="A day", first_on=date(2021, 10, 13), timezone="UTC")


def rendered(*events):
    return render_calendar(events, title="Events", owner=OWNER, page=lambda event: f"https://pods.example/#{event.id}")


def test_what_is_written_is_read_again_as_it_was(tmp_path):
    (tmp_path / "x.ics").write_bytes(rendered(EVENT, DAY))
    read = read_calendar(str(tmp_path / "x.ics"), "events/x.ics")
    group, day = read.calendar.events
    assert read.problems == ()
    for name in ("title", "language", "url", "first_on", "at", "timezone", "length", "repeats", "except_on"):
        assert getattr(group, name) == getattr(EVENT, name), name
    assert (day.first_on, day.at) == (DAY.first_on, None)


def test_the_same_events_are_the_same_bytes_and_the_same_to_apps():
    assert rendered(EVENT, DAY) == rendered(EVENT, DAY)
    assert uid_of(EVENT, OWNER) == uid_of(replace(EVENT, title="Other", at=time(20)), OWNER) != uid_of(DAY, OWNER)
    assert b"DTSTAMP:20211012T230000Z" in rendered(EVENT)


def test_a_series_begins_on_the_first_day_that_its_rule_gives():
    early = replace(EVENT, first_on=date(2021, 10, 1))
    assert b"DTSTART;TZID=America/New_York:20211012T190000" in rendered(early)


def test_a_series_ends_as_its_start_is_written():
    assert b"UNTIL=20211124T045959Z" in rendered(replace(EVENT, until=date(2021, 11, 23)))
    assert b"UNTIL=20211124\r\n" in rendered(
        replace(DAY, repeats=(read_rule("FREQ=WEEKLY"),), until=date(2021, 11, 24))
    )


def test_an_event_without_a_day_has_no_place_in_a_calendar():
    assert b"VEVENT" not in rendered(Event(id="yoga", title="Yoga"))


def test_every_zone_that_is_named_is_explained_once():
    found = ForeignCalendar.from_ical(rendered(EVENT, replace(EVENT, id="b"), DAY))
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["America/New_York"]


def test_a_calendar_without_events_is_one_that_every_reader_takes(tmp_path):
    (tmp_path / "x.ics").write_bytes(rendered())
    found = ForeignCalendar.from_ical(rendered())
    assert (found["VERSION"], [one.name for one in found.subcomponents]) == ("2.0", ["VTIMEZONE"])
    read = read_calendar(str(tmp_path / "x.ics"), "events/x.ics")
    assert (read.calendar.events, read.problems) == ((), ())
