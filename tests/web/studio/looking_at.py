"""What is wrong with a page as a browser shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

AXE = Path(__file__).parents[3] / ".parts/axe/node_modules/axe-core/axe.min.js"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Of what is right nothing is told, and no style sheet asked for again: both take time.
RULES = """async () => (await axe.run({resultTypes: ["violations"], preload: false})).violations
    .map(one => `${one.id}: ${one.nodes.map(node => node.target)}`)"""


def faults_of(page: Any, address: str) -> list[str]:
    """Open a page; what axe finds on it, and whether it is wider than the window."""
    page.goto(address)
    return faults_on(page)


def faults_on(page: Any) -> list[str]:
    """What axe finds on the page that is open, and whether it is wider than the window."""
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(RULES)
    return found + (["too wide"] if page.evaluate(WIDE) else [])
