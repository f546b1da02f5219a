"""The registry, and what a rule leaves to it."""

from __future__ import annotations

import pytest

import catalogue.check.run  # noqa: F401  (its import fills the registry)
from catalogue.check.rule import RULES, VALUE_LENGTH, add_rule, shortened

# Every rule of the list that judges a feed without asking anybody; I22 and what follows are our own.
DEMANDED = (
    "X01 X02 X03 X04 X05 X06 C01 C02 C03 C04 C05 C06 C07 C08 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 "
    "I01 I02 I03 I04 I05 I06 I07 I08 I09 I10 I11 I12 I13 I14 I15 I16 I17 I18 I19 I21 I22 I23 "
    "P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P11 P12 P13".split()
)


@pytest.mark.parametrize("rule_id", DEMANDED)
def test_demanded_rule_is_registered(rule_id):
    assert rule_id in RULES


def test_no_rule_is_registered_twice():
    with pytest.raises(ValueError, match="two rules are called X01"):
        add_rule(RULES, RULES["X01"])


def test_every_rule_explains_demand_mend_and_source():
    assert [rule.id for rule in RULES.values() if not (rule.demand and rule.mend and rule.source)] == []


def test_long_value_is_cut():
    assert len(shortened("word " * 1000)) == VALUE_LENGTH


def test_value_is_shown_on_one_line():
    assert shortened(" a\n\tb ") == "a b"
