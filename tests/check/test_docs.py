"""docs/rules.md is made of what the rules themselves say.

It is written anew with CASTALOGUE_WRITE_GOLDEN=1, as the expected feeds are.
"""

from __future__ import annotations

import os
from pathlib import Path

import catalogue.check.library_run  # noqa: F401  (its import fills the registries)
from catalogue.check.explained import render_rules

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_document_says_what_the_rules_say():
    expected = render_rules()
    if os.environ.get("CASTALOGUE_WRITE_GOLDEN"):
        DOCUMENT.write_text(expected, encoding="utf-8")

    assert DOCUMENT.read_text(encoding="utf-8") == expected
