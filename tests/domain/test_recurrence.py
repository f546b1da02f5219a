"""RFC 5545's rules, as text and back."""

import pytest

from catalogue.domain.recurrence import Frequency, read_rule, render_rule
from catalogue.errors import CatalogueError


def test_a_rule_is_read_in_any_order_and_case():
    rule = read_rule("rrule:byday=1th,3th; interval=2;freq=monthly;wkst=mo")
    assert (rule.frequency, rule.interval, rule.week_start) == (Frequency.MONTHLY, 2, 0)
    assert [(one.weekday, one.nth) for one in rule.by_weekday] == [(3, 1), (3, 3)]


@pytest.mark.parametrize(
    "text",
    ["FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "FREQ=YEARLY;COUNT=5;BYMONTH=10;BYMONTHDAY=13",
     "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO;WKST=SU"],
)  # fmt: skip
def test_a_rule_is_written_as_it_is_read(text):
    assert read_rule(render_rule(read_rule(text))) == read_rule(text)
    assert set(render_rule(read_rule(text)).split(";")) == set(text.split(";"))


@pytest.mark.parametrize(
    "text",
    ["", "weekly", "FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=24", "FREQ=DAILY;BYHOUR=10", "FREQ=DAILY;INTERVAL=0",
     "FREQ=DAILY;INTERVAL=1001", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=99999999999999999999", "FREQ=WEEKLY;BYDAY=XX",
     "FREQ=WEEKLY;BYDAY=", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTH=-1",
     "FREQ=DAILY;UNTIL=99999999", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;X=1",
     "FREQ=DAILY;BYEASTER=0", "FREQ=DAILY;RSCALE=HEBREW", "FREQ=DAILY;" + "BYMONTH=1;" * 100, "FREQ=DAILY;;",
     "FREQ=YEARLY;BYMONTHDAY=٣"],
)  # fmt: skip
def test_what_is_no_rule_of_days_is_refused_with_the_mend(text):
    with pytest.raises(CatalogueError) as caught:
        read_rule(text)
    assert caught.value.code == "repeat"
    assert "FREQ=WEEKLY;BYDAY=MO" in caught.value.template.format(**{"what": "`repeat`", **caught.value.params})


@pytest.mark.parametrize(
    "text",
    ["FREQ=DAILY;COUNT=2;UNTIL=20211004", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;BYMONTHDAY=3",
     "FREQ=MONTHLY;BYYEARDAY=3", "FREQ=MONTHLY;BYWEEKNO=3", "FREQ=MONTHLY;BYSETPOS=1"],
)  # fmt: skip
def test_what_rfc_5545_forbids_together_is_refused(text):
    with pytest.raises(CatalogueError) as caught:
        read_rule(text)
    assert caught.value.code == "repeat-together"
