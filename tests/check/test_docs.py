"""docs/check.md says of every rule what the rule itself says, and of no other."""

from __future__ import annotations

from pathlib import Path

import catalogue.check.run  # noqa: F401  (its import fills the registry)
from catalogue.check.rule import RULES

DOCUMENT = Path(__file__).parents[2] / "docs" / "check.md"


def rows():
    table = DOCUMENT.read_text(encoding="utf-8").partition("| Rule |")[2]
    lines = table.splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return {row[0]: row for row in cells}


def test_every_rule_is_in_the_table_and_no_other():
    assert list(rows()) == sorted(RULES)


def test_the_table_says_what_the_rules_say():
    expected = {rule.id: [rule.id, rule.level.value, rule.demand, rule.mend, rule.source] for rule in RULES.values()}

    assert rows() == expected
