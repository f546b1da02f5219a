"""Every rule has an example that breaks it and nothing else, and one that breaks nothing."""

from __future__ import annotations

import pytest
from rule_examples import check_example

import catalogue.check.library_run  # noqa: F401  (its import fills the registries)
from catalogue.check.library_rule import EPISODE_RULES, LIBRARY_RULES
from catalogue.check.rule import RULES

ALL = RULES | LIBRARY_RULES | EPISODE_RULES


@pytest.mark.parametrize("rule_id", sorted(ALL))
def test_failing_example_breaks_that_rule_and_no_other(rule_id):
    assert {finding.rule for finding in check_example(rule_id, ALL[rule_id].fails)} == {rule_id}


@pytest.mark.parametrize("rule_id", sorted(ALL))
def test_passing_example_breaks_no_rule(rule_id):
    assert check_example(rule_id, ALL[rule_id].passes) == ()


@pytest.mark.parametrize("rule_id", sorted(ALL))
def test_both_examples_are_there_and_differ(rule_id):
    rule = ALL[rule_id]

    assert rule.passes
    assert rule.fails
    assert rule.passes != rule.fails


def test_no_id_is_given_twice():
    assert len(ALL) == len(RULES) + len(LIBRARY_RULES) + len(EPISODE_RULES)
