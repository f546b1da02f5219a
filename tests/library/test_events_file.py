"""`events.toml`: what a producer writes, and what is told of mistakes."""

import re
from datetime import date, time, timedelta

import pytest

from catalogue.errors import ContentErrors
from catalogue.library.events_file import CALENDAR_KEYS, EVENT_KEYS, NOTE_KEYS, TEXT_KEYS, read_events_file

GROUP = """
timezone = "America/New_York"
organiser = "An organisation"
note = "Ask there what holds."
[es]
note = "Pregunta allí."
[[event]]
title = "Group"
start = "2021-10-12 19:00"
repeat = "FREQ=MONTHLY;BYDAY=2TU,4TU"
length = "1:30"
except = 2021-10-26
[event.es]
title = "Grupo"
"""


def read(text):
    return read_events_file(text.encode(), "events.toml")


def event_of(text):
    (event,) = read(f'[[event]]\ntitle = "A"\n{text}\n').calendar.events
    return event


def problem_of(text):
    facts = read(f'[[event]]\ntitle = "A"\n{text}\n')
    assert facts.calendar.events == ()
    (problem,) = facts.problems
    return problem


def test_an_event_says_what_when_and_in_which_languages():
    calendar = read(GROUP).calendar
    (event,) = calendar.events
    assert (event.id, event.first_on, event.at) == ("group", date(2021, 10, 12), time(19))
    assert (event.length, event.except_on) == (timedelta(minutes=90), (date(2021, 10, 26),))
    assert [event.said("title", language) for language in ("es-MX", "fr")] == [("Grupo", "es"), ("Group", "")]
    assert calendar.note_in("es") == ("Pregunta allí.", "es")


def test_what_stands_above_holds_for_all_unless_an_event_says_otherwise():
    text = (
        'organiser = "A"\ntimezone = "Europe/Madrid"\n[[event]]\ntitle = "x"\n[[event]]\ntitle = "y"\norganiser = "B"'
    )
    assert [(one.organiser, one.timezone) for one in read(text).calendar.events] == [
        ("A", "Europe/Madrid"),
        ("B", "Europe/Madrid"),
    ]


@pytest.mark.parametrize(
    ("stated", "minutes"), [('"1:30"', 90), ('"90 min"', 90), ('"1 h 30 min"', 90), ('"2h"', 120), ('"2 days"', 2880)]
)
def test_a_length_is_hours_and_minutes(stated, minutes):
    assert event_of(f'start = "2021-10-04 10:00"\nlength = {stated}').length == timedelta(minutes=minutes)


def test_several_rules_and_single_days_make_one_event():
    event = event_of(
        'start = 2021-10-04\nrepeat = ["FREQ=WEEKLY", "FREQ=MONTHLY"]\nalso = ["2021-10-06", "2021-10-08"]'
    )
    assert (len(event.repeats), event.also_on, event.at) == (2, (date(2021, 10, 6), date(2021, 10, 8)), None)


def test_an_event_of_which_nothing_says_when_is_one_all_the_same():
    assert event_of("").first_on is None


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ('start = "yesterday"', "event-start"),
        ('start = "2021-02-30 10:00"', "event-start"),
        ('start = "9999-10-04"', "event-start"),
        ('start = "2021-10-04 10:00 +02:00"', "event-start"),
        ('start = "2021-10-04"\nrepeat = "FREQ=SECONDLY"', "repeat"),
        ('start = "2021-10-04"\nlength = "long"', "event-length"),
        ('start = "2021-10-04"\ntimezone = "Mars/Olympus"', "timezone"),
        ('start = "2021-10-04"\nurl = "javascript:alert(1)"', "web-address"),
        ('begin = "2021-10-04"', "unknown-key"),
    ],
)
def test_a_mistake_costs_its_event_and_is_told_with_its_line(stated, code):
    problem = problem_of(stated)
    assert (problem.code, problem.line, problem.path) == (code, stated.count("\n") + 3, "events.toml")


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ('repeat = "FREQ=WEEKLY"', "event-start"),
        ('start = "2021-11-01"\nrepeat = "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"', "repeat-never"),
        ('start = "2021-11-01"\nrepeat = "FREQ=DAILY;COUNT=3"\nuntil = 2021-12-01', "repeat-ends"),
    ],
)
def test_what_is_wrong_with_an_event_as_a_whole_is_told_at_its_first_line(stated, code):
    assert (problem_of(stated).code, problem_of(stated).line) == (code, 1)


def test_other_events_stay_and_a_translation_costs_itself_alone():
    facts = read(GROUP + 'titel = "Grupo"\n[[event]]\nstart = 2021-10-04\n[[event]]\ntitle = "Good"\n')
    assert [(event.title, event.texts) for event in facts.calendar.events] == [("Group", ()), ("Good", ())]
    assert [problem.code for problem in facts.problems] == ["unknown-key", "event-title"]


@pytest.mark.parametrize("text", ["[[event]\n", 'event = "x"\n', "[[event]]\ntitle = 'x'\n" * 501, 'tittle = "x"'])
def test_a_file_of_which_nothing_can_be_used_is_refused(text):
    with pytest.raises(ContentErrors):
        read(text)


def test_every_key_is_documented_and_no_other(root):
    document = (root / "docs" / "events.md").read_text("utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE)
    assert documented == [*CALENDAR_KEYS, *EVENT_KEYS]
    assert set(NOTE_KEYS) <= set(CALENDAR_KEYS)
    assert set(TEXT_KEYS) <= set(EVENT_KEYS)
