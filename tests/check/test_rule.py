"""The registry, and what a rule leaves to it."""

from __future__ import annotations

import pytest

import catalogue.check.run  # noqa: F401  (its import fills the registry)
from catalogue.check.rule import RULES, VALUE_LENGTH, shortened

DEMANDED = (
    "X01 X02 X03 X04 C01 C02 C03 C04 C05 C06 C07 C08 C12 C13 C14 C15 C16 I01 I02 I03 I04 I05 I06 I07 I08 I09 I10 I13 "
    "I15 I16 I17 I18 I19 P03 P04".split()
)


@pytest.mark.parametrize("rule_id", DEMANDED)
def test_demanded_rule_is_registered(rule_id):
    assert rule_id in RULES


def test_every_rule_explains_demand_mend_and_source():
    assert [rule.id for rule in RULES.values() if not (rule.demand and rule.mend and rule.source)] == []


def test_long_value_is_cut():
    assert len(shortened("word " * 1000)) == VALUE_LENGTH


def test_value_is_shown_on_one_line():
    assert shortened(" a\n\tb ") == "a b"
