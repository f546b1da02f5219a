"""Which days a rule gives, and that no rule takes for ever."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

import pytest

from catalogue.domain.events import Event
from catalogue.domain.recurrence import read_rule
from catalogue.formats.calendars.days import coming_days, days_of, first_day

NOW = datetime(2021, 10, 20, 12, tzinfo=UTC)
SECONDS = 10


def event(*rules, first="2021-10-04", at="10:00", zone="America/New_York", **stated):
    return Event(
        id="x",
        title="X",
        first_on=date.fromisoformat(first),
        at=hour.fromisoformat(at) if at else None,
        timezone=zone,
        repeats=tuple(map(read_rule, rules)),
        **stated,
    )


def starts(*rules, now=NOW, count=3, **stated):
    return [f"{one.starts_at:%m-%d %H:%M}" for one in coming_days(event(*rules, **stated), now, count=count)]


def days(*rules, to="2022-12-31", **stated):
    return [day.isoformat() for day in days_of(event(*rules, **stated), until=date.fromisoformat(to))]


def test_the_hour_on_the_wall_stays_when_the_clocks_change():
    # In New York the clocks went back on 7 November 2021: ten o'clock is an hour later in UTC from then on.
    assert starts("FREQ=WEEKLY;BYDAY=MO") == ["10-25 14:00", "11-01 14:00", "11-08 15:00"]


def test_an_hour_that_the_clocks_leave_out_is_the_one_after():
    left_out = starts("FREQ=DAILY", first="2022-03-12", at="02:30", now=datetime(2022, 3, 12, tzinfo=UTC))
    assert left_out == ["03-12 07:30", "03-13 07:30", "03-14 06:30"]


def test_a_birthday_on_29_february_comes_every_fourth_year():
    found = days("FREQ=YEARLY", first="1996-02-29", to="2012-12-31")
    assert found == ["1996-02-29", "2000-02-29", "2004-02-29", "2008-02-29", "2012-02-29"]
    assert days("FREQ=YEARLY", first="2096-02-29", to="2104-12-31") == ["2096-02-29", "2104-02-29"]


def test_the_second_and_fourth_tuesday():
    assert days("FREQ=MONTHLY;BYDAY=2TU,4TU", to="2021-12-01") == [
        *("2021-10-12", "2021-10-26", "2021-11-09", "2021-11-23"),
    ]


def test_several_rules_are_one_series_without_doubles():
    found = days("FREQ=WEEKLY;BYDAY=TH", "FREQ=MONTHLY;BYDAY=1TH,3TH,2FR", to="2021-10-21")
    assert found == ["2021-10-07", "2021-10-08", "2021-10-14", "2021-10-21"]


def test_days_are_left_out_and_added():
    stated = {"except_on": (date(2021, 10, 11),), "also_on": (date(2021, 10, 13),), "until": date(2021, 10, 18)}
    assert days("FREQ=WEEKLY", **stated) == ["2021-10-04", "2021-10-13", "2021-10-18"]


def test_a_series_ends_with_its_day_its_moment_or_its_number():
    assert days("FREQ=DAILY;UNTIL=20211006") == days("FREQ=DAILY;COUNT=3")
    # Ten in New York is fourteen in UTC: the sixth is the last.
    assert days("FREQ=DAILY;UNTIL=20211006T140000Z") == days("FREQ=DAILY;COUNT=3")
    assert days("FREQ=DAILY;UNTIL=20211006T135959Z") == days("FREQ=DAILY;COUNT=2")


def test_what_goes_on_is_still_told_and_what_is_over_is_not():
    going = datetime(2021, 10, 4, 14, 30, tzinfo=UTC)
    assert starts("FREQ=WEEKLY;COUNT=1", now=going) == ["10-04 14:00"]
    assert starts("FREQ=WEEKLY;COUNT=1", now=going, length=timedelta(minutes=20)) == []
    assert starts("FREQ=WEEKLY;COUNT=1", now=going + timedelta(hours=1)) == []


def test_a_day_without_an_hour_lasts_until_midnight_there():
    (day,) = coming_days(event(first="2021-10-20", at=None), NOW, count=3)
    assert (day.starts_at, day.over_at) == (None, datetime(2021, 10, 21, 4, tzinfo=UTC))


def test_an_event_of_which_nothing_says_when_has_no_days():
    assert coming_days(Event(id="x", title="X"), NOW, count=3) == ()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    ],
)
def test_a_rule_that_gives_no_day_ends_all_the_same(rule):
    started = time.process_time()
    assert first_day(event(rule, first="2021-11-01")) is None
    assert time.process_time() - started < SECONDS


def test_a_rule_of_a_hundred_thousand_days_is_not_followed_to_its_end():
    started = time.process_time()
    assert len(starts("FREQ=DAILY;COUNT=100000", first="1970-01-01")) == 3
    assert time.process_time() - started < SECONDS


def test_an_event_of_the_last_year_we_know_is_reckoned():
    found = days("FREQ=WEEKLY", first="2999-12-20", to="2999-12-31")
    assert found == ["2999-12-20", "2999-12-27"]
