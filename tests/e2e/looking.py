"""How the tests look at a page: in a language, a theme and a width; and what they ask of it then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pytest
from page_kinds import Kind
from serving import ROOT, Served

AXE = ROOT / ".parts/axe/node_modules/axe-core/axe.min.js"
PROBES = ROOT / "tests/e2e/probes.js"
HEIGHT = 800
PHONE, DESK = 390, 1280
# 1280 pixels at 400 % are 320.
SMALL = 320
# For what `test_accessible` asks of every page, with script: every day without, in `make soak` with it too.
MOSTLY_WITHOUT_SCRIPT = pytest.mark.parametrize(
    "phone",
    [pytest.param(True, id="script", marks=pytest.mark.soak), pytest.param(False, id="no script")],
    indirect=True,
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """One way to look at a page."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}, {self.theme}, {self.width} px"


LOOKS = tuple(
    Look(language=language, theme=theme, width=width)
    for theme in ("light", "dark")
    for language in ("en", "es")
    for width in (PHONE, DESK)
)


Page = tuple[Served, Kind]


def every_look(pages: Iterable[Page]) -> list[tuple[Served, Kind, Look]]:
    """Every page in every theme and width."""
    return [(served, kind, look) for served, kind in pages for look in LOOKS if look.language == kind.language]


def one_look_each(pages: Iterable[Page]) -> list[tuple[Served, Kind, Look]]:
    """Every kind once, by turns in each language, theme and width; one that has a single language, in that."""
    found = []
    for number, (_, spoken) in enumerate(groupby(sorted(pages, key=_pattern), key=_pattern)):
        by_language = {page[1].language: page for page in spoken}
        fitting = [look for look in LOOKS if look.language in by_language]
        look = fitting[(number * 3) % len(fitting)]
        found.append((*by_language[look.language], look))
    return found


def prepare(page: Any) -> None:
    """Have whatever is opened in a page bring the probes, and axe for them."""
    for script in (AXE, PROBES):
        page.add_init_script(path=script)


def look_at(page: Any, address: str, look: Look) -> dict[str, list[str]]:
    """Open a page that is prepared, and give all its faults by what was asked of it."""
    open_in(page, address, look)
    return {"axe": page.evaluate("probes.axe()"), **quick_look(page)}


def look_quickly_at(page: Any, address: str, look: Look) -> dict[str, list[str]]:
    """The same without axe: that takes as long as all the rest."""
    open_in(page, address, look)
    return {"axe": [], **quick_look(page)}


def open_in(page: Any, address: str, look: Look) -> None:
    """Open a page as it is looked at."""
    show(page, look.width, color_scheme=look.theme, forced_colors="none", media="screen")
    page.goto(address)


def quick_look(page: Any) -> dict[str, list[str]]:
    """What our own probes say of an open page."""
    found = {"moving": page.evaluate("probes.moving()")}
    page.emulate_media(media="print")
    found["printed"] = page.evaluate("probes.printed()")
    page.emulate_media(media="screen", forced_colors="active")
    page.keyboard.press("Tab")
    here = page.evaluate("probes.here()")
    found["forced"] = page.evaluate("probes.forced()") + ([] if here and here["ring"] else [f"no ring: {here}"])
    show(page, PHONE, forced_colors="none")
    found["small"] = page.evaluate("probes.small()")
    show(page, SMALL)
    found["wide"] = page.evaluate("probes.wide()")
    page.evaluate("probes.spaced()")
    found["spaced"] = page.evaluate("[...probes.wide(), ...probes.cut()]")
    return found


def show(page: Any, width: int, **media: str) -> None:
    """Give a page a width, and whatever media are stated."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if media:
        page.emulate_media(**media)


def _pattern(page: Page) -> str:
    return page[1].pattern
