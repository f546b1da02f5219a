"""docs/checking.md says of rules over answers and of fixes what the tables in the code say."""

import re

import pytest

from catalogue.actions.check_fixes import ANSWERED_FIXES, NOTE_FIXES, SHOW_FIXES
from catalogue.check.run_online import ONLINE_RULES


@pytest.fixture
def page(root):
    return (root / "docs" / "checking.md").read_text("utf-8")


def rows(text):
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:1] == "|"][
        2:
    ]


def test_every_rule_over_answers_is_in_the_table_as_it_says(page):
    expected = [[one.id, one.level.value, one.demand] for one in sorted(ONLINE_RULES.values(), key=lambda one: one.id)]
    assert rows(page.partition("## Online")[2].partition("\n\nChapters")[0]) == expected


def test_every_rule_that_can_be_mended_is_in_the_table_and_no_other(page):
    told = re.findall(r"[A-Z]\d\d", " ".join(row[0] for row in rows(page.partition("## What a machine can mend")[2])))
    assert set(told) == SHOW_FIXES.keys() | NOTE_FIXES.keys() | ANSWERED_FIXES.keys()


@pytest.mark.parametrize("rule", ONLINE_RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_over_answers_has_a_demand_a_mend_and_a_source(rule):
    assert all((rule.demand, rule.mend, rule.source))
    assert rule.demand.endswith(".") and rule.mend.endswith(".")
