"""iCalendar files: good, broken event by event, no calendar at all, and made to hurt."""

from datetime import date, time, timedelta

import pytest

from catalogue.errors import CalendarError
from catalogue.formats.calendars.reading import read_calendar

GOOD = """UID:a
SUMMARY;LANGUAGE=es:Grupo de apoyo
DTSTART;TZID=America/New_York:20211012T190000
DTEND;TZID=America/New_York:20211012T203000
RRULE:FREQ=MONTHLY;BYDAY=2TU,4TU
EXDATE;TZID=America/New_York:20211026T190000
LOCATION:https://meet.example.org/room
ORGANIZER;CN=Ana:mailto:ana@example.org
ATTENDEE:mailto:someone@example.org
CATEGORIES:Group,Support
DESCRIPTION:Come as you are\\, please."""
HOSTILE = {
    "an endless count": ("DTSTART:20211004T100000Z\nRRULE:FREQ=DAILY;COUNT=99999999999999999999", "repeat"),
    "every second": ("DTSTART:20211004T100000Z\nRRULE:FREQ=SECONDLY", "repeat"),
    "no step": ("DTSTART:20211004T100000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "repeat"),
    "never a day": ("DTSTART;VALUE=DATE:20211101\nRRULE:FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "repeat-never"),
    "the year 9999": ("DTSTART:99991231T235959Z", "date"),
    "no date": ("DTSTART:99991399T000000", "date"),
    "no start": ("DESCRIPTION:x", "no-date"),
    "a zone of nobody": ("DTSTART;TZID=Mars/Olympus:20211004T100000", "timezone"),
    "an end before the start": ("DTSTART:20211004T100000Z\nDTEND:20211003T100000Z", "event-length"),
    "a century long": ("DTSTART:20211004T100000Z\nDURATION:P36500D", "event-length"),
    "a broken exception": ("DTSTART:20211004T100000Z\nRRULE:FREQ=DAILY\nEXDATE:99999999", "event-days"),
    "days at other hours": ("DTSTART:20211004T100000Z\nRDATE:20211005T110000Z", "event-hours"),
    "an end of nothing": ("DTSTART:20211004T100000Z\nEND:VALARM", "event"),
    "many rules": ("DTSTART:20211004T100000Z" + "\nRRULE:FREQ=DAILY" * 9, "repeat-many"),
}


@pytest.fixture
def read(tmp_path):
    def read(*events, head=""):
        file = tmp_path / "club.ics"
        blocks = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
        file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{blocks}END:VCALENDAR\n", "utf-8")
        return read_calendar(str(file), "events/club.ics")

    return read


def test_an_event_is_read_with_all_that_people_need(read):
    (event,) = read(GOOD).calendar.events
    assert (event.title, event.language, event.what) == ("Grupo de apoyo", "es", "Come as you are, please.")
    assert (event.first_on, event.at, event.timezone) == (date(2021, 10, 12), time(19), "America/New_York")
    assert (event.length, event.except_on) == (timedelta(minutes=90), (date(2021, 10, 26),))
    assert (event.online, event.url, event.where) == (True, "https://meet.example.org/room", None)
    assert (event.organiser, event.tags, event.uid) == ("Ana", ("Group", "Support"), "a")


def test_nobody_s_address_is_kept(read):
    assert "@" not in repr(read(GOOD))


def test_a_moment_in_another_zone_is_that_of_the_event_s_own_clock(read):
    moment = (
        "UID:a\nSUMMARY:A\nDTSTART;TZID=America/New_York:20211004T210000\nRRULE:FREQ=WEEKLY\nEXDATE:20211012T010000Z"
    )
    (event,) = read(moment).calendar.events
    assert event.except_on == (date(2021, 10, 11),)


def test_a_day_without_a_zone_and_an_hour_without_one(read):
    day, hour = read("SUMMARY:A\nDTSTART;VALUE=DATE:20211004", "SUMMARY:B\nDTSTART:20211004T100000").calendar.events
    assert (day.at, day.timezone, hour.at, hour.timezone) == (None, None, time(10), None)
    (known,) = read("SUMMARY:B\nDTSTART:20211004T100000", head="X-WR-TIMEZONE:Europe/Madrid\n").calendar.events
    assert known.timezone == "Europe/Madrid"


def test_a_moment_in_utc_is_told_on_the_calendar_s_own_clock_but_a_series_stays_there(read):
    start = "SUMMARY:A\nDTSTART:20211004T100000Z"
    found = read(
        f"{start}\nDURATION:PT1H", f"{start}\nRRULE:FREQ=DAILY", head="X-WR-TIMEZONE:Europe/Madrid\n"
    ).calendar.events
    assert [(one.at, one.timezone) for one in found] == [(time(12), "Europe/Madrid"), (time(10), "UTC")]


def test_one_day_of_a_series_that_was_moved_stands_alone(read):
    series = "UID:a\nSUMMARY:A\nDTSTART:20211004T100000Z\nRRULE:FREQ=WEEKLY"
    moved = "UID:a\nSUMMARY:A, later\nRECURRENCE-ID:20211011T100000Z\nDTSTART:20211012T150000Z"
    first, alone = read(series, moved).calendar.events
    assert first.except_on == (date(2021, 10, 11),)
    assert (alone.title, alone.first_on, alone.uid) == ("A, later", date(2021, 10, 12), None)


def test_what_is_cancelled_or_private_is_left_out_without_a_word(read):
    start = "SUMMARY:A\nDTSTART:20211004T100000Z"
    found = read(*(f"{start}\n{why}" for why in ("STATUS:CANCELLED", "CLASS:PRIVATE", "CLASS:CONFIDENTIAL")))
    assert (found.calendar.events, found.problems) == ((), ())


@pytest.mark.parametrize(("stated", "code"), HOSTILE.values(), ids=HOSTILE)
def test_an_event_that_cannot_be_costs_itself_and_is_named_with_its_line(read, stated, code):
    found = read(GOOD, f"SUMMARY:X\n{stated}", GOOD.replace("UID:a", "UID:b"))
    assert [event.title for event in found.calendar.events] == ["Grupo de apoyo"] * 2
    assert [(one.code, one.line) for one in found.problems] == [(code, GOOD.count("\n") + 6)]


@pytest.mark.parametrize("content", [b"", b"hello", b"BEGIN:VEVENT\nEND:VEVENT\n", b"\xff\0", b"BEGIN:VEVENT\n" * 9_000, b"END:VCALENDAR"])  # fmt: skip  # noqa: E501
def test_what_is_no_calendar_is_refused_with_the_mend(tmp_path, content):
    (tmp_path / "x.ics").write_bytes(content)
    with pytest.raises(CalendarError, match=r"\.ics"):
        read_calendar(str(tmp_path / "x.ics"), "events/x.ics")


def test_a_calendar_that_was_cut_off_keeps_what_is_whole(tmp_path):
    whole = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{GOOD}\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:A\nDTST"
    (tmp_path / "x.ics").write_text(whole, "utf-8")
    found = read_calendar(str(tmp_path / "x.ics"), "events/x.ics")
    assert [event.title for event in found.calendar.events] == ["Grupo de apoyo"]
    assert [(one.code, one.line) for one in found.problems] == [("event-cut", GOOD.count("\n") + 5)]


@pytest.mark.parametrize(("letter", "codes"), [(b"\xe9", ["not-utf-8"]), ("é".encode(), []), (b"\xc3\r\n \xa9", [])])
def test_letters_in_another_encoding_are_named_and_not_guessed(tmp_path, letter, codes):
    event = b"BEGIN:VEVENT\r\nDTSTART:20211004T100000Z\r\nSUMMARY:Caf" + letter + b"\r\nEND:VEVENT\r\n"
    (tmp_path / "x.ics").write_bytes(b"BEGIN:VCALENDAR\r\n" + event + b"END:VCALENDAR\r\n")
    found = read_calendar(str(tmp_path / "x.ics"), "events/x.ics")
    assert [one.code for one in found.problems] == codes
    assert [event.title for event in found.calendar.events] == ([] if codes else ["Café"])


def test_a_rule_that_is_none_is_named_as_it_stands_in_the_file(read):
    (problem,) = read("SUMMARY:X\nDTSTART:20211004T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=XX").problems
    assert "at 'XX': 'FREQ=WEEKLY;BYDAY=XX'" in problem.message


def test_a_calendar_that_is_too_large_is_refused(tmp_path, read):
    (tmp_path / "x.ics").write_bytes(b"BEGIN:VCALENDAR\n" + b"X:" + b"y" * 1024 * 1024)
    with pytest.raises(CalendarError, match="larger"):
        read_calendar(str(tmp_path / "x.ics"), "events/x.ics")
    with pytest.raises(CalendarError, match="501 events"):
        read(*["UID:a"] * 501)
