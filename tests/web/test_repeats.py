"""How events come again, in English and in Spanish."""

from datetime import date

import pytest

from catalogue.domain.events import Event
from catalogue.domain.recurrence import read_rule
from web.repeats import repeat_of
from web.words import words_for

SAID = {
    "FREQ=DAILY": ("every day", "todos los días"),
    "FREQ=DAILY;INTERVAL=3": ("every 3 days", "cada 3 días"),
    "FREQ=WEEKLY": ("every Tuesday", "todos los martes"),
    "FREQ=WEEKLY;BYDAY=SA,MO": ("every Monday and Saturday", "todos los lunes y sábados"),
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": ("Monday to Friday", "de lunes a viernes"),
    "FREQ=WEEKLY;INTERVAL=2": ("every 2 weeks on Tuesday", "cada 2 semanas, los martes"),
    "FREQ=MONTHLY;BYDAY=2TU,4TU": (
        "the second and fourth Tuesday of each month",
        "el segundo y el cuarto martes de cada mes",
    ),
    "FREQ=MONTHLY;BYDAY=1SU,3TU": (
        "the third Tuesday and the first Sunday of each month",
        "el tercer martes y el primer domingo de cada mes",
    ),
    "FREQ=MONTHLY;BYDAY=-1FR": ("the last Friday of each month", "el último viernes de cada mes"),
    "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1": ("the first Thursday of each month", "el primer jueves de cada mes"),
    "FREQ=MONTHLY": ("day 12 of each month", "el día 12 de cada mes"),
    "FREQ=MONTHLY;BYMONTHDAY=1,15": ("days 1 and 15 of each month", "los días 1 y 15 de cada mes"),
    "FREQ=MONTHLY;BYMONTHDAY=-1": ("the last day of each month", "el último día de cada mes"),
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU": ("every 2 months: the first Sunday", "cada 2 meses: el primer domingo"),
    "FREQ=YEARLY": ("every year on 12 October", "todos los años, el 12 de octubre"),
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": ("every year on 29 February", "todos los años, el 29 de febrero"),
    "FREQ=YEARLY;BYMONTH=10;BYDAY=2WE": (
        "the second Wednesday of October, every year",
        "el segundo miércoles de octubre, todos los años",
    ),
}
UNSAID = (
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1 FREQ=YEARLY;BYWEEKNO=20 FREQ=YEARLY;BYYEARDAY=100 FREQ=DAILY;BYMONTH=1 "
    "FREQ=WEEKLY;BYMONTH=5 FREQ=MONTHLY;BYMONTHDAY=-2 FREQ=MONTHLY;BYDAY=MO FREQ=YEARLY;BYMONTH=1,2 "
    "FREQ=YEARLY;INTERVAL=4 FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR FREQ=YEARLY;BYDAY=20MO"
).split()


def said(*rules, language="en", **stated):
    event = Event(id="x", title="X", first_on=date(2021, 10, 12), repeats=tuple(map(read_rule, rules)), **stated)
    return repeat_of(event, words_for(language))


@pytest.mark.parametrize(("rule", "both"), SAID.items(), ids=SAID)
def test_a_rule_is_said_in_both_languages(rule, both):
    assert (said(rule), said(rule, language="es")) == both


@pytest.mark.parametrize("rule", UNSAID)
def test_what_no_short_sentence_says_is_several_dates(rule):
    assert (said(rule), said(rule, language="es")) == ("on several dates", "en varias fechas")


def test_two_rules_are_said_together_and_more_are_not():
    assert said("FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=1SU") == "every Tuesday and the first Sunday of each month"
    assert said("FREQ=WEEKLY", "FREQ=DAILY", "FREQ=MONTHLY") == "on several dates"
    assert said("FREQ=WEEKLY", also_on=(date(2021, 10, 13),)) == "on several dates"


def test_what_comes_once_has_nothing_to_be_said():
    assert said() == ""
