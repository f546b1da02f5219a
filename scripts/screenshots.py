"""Take a picture of every kind of page of the sample, for docs/pages.md: `make screenshots`.

A picture is a sheet of four: a phone in English by day and in Spanish by night, then a desktop in the same two.
`--whole DIR` writes whole pages to a folder instead, for somebody who judges them.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/e2e"))

from page_kinds import Kind, find_kinds  # noqa: E402
from serving import copy_sample, serving  # noqa: E402

PICTURES = ROOT / "docs/images/pages"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars", "--mute-audio")
PHONE, DESK = (390, 844), (1280, 844)
# Language → by day or by night, in the order of a sheet.
LIGHT = {"en": "light", "es": "dark"}
GAP_PIXELS, SCALE, QUALITY = 24, 0.5, 62


def main() -> None:
    """Serve a copy of the sample, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--whole", type=Path, metavar="DIR", help="whole pages, into DIR")
    whole = parser.parse_args().whole
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        home = Path(made)
        with serving(home, copy_sample(home / "library")) as served:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = browser.new_page(reduced_motion="reduce")
            kinds = find_kinds(served)
            take_whole(page, served.url, kinds, whole) if whole else take_sheets(page, served.url, kinds)
            browser.close()


def take_sheets(page: Any, url: str, kinds: Iterable[Kind]) -> None:
    """Write one sheet for each kind; none of the old ones stays."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    for name, spoken in groupby(kinds, key=lambda kind: kind.name.partition(".")[0]):
        shots = [shot(page, url + kind.path, size, LIGHT[kind.language]) for kind in spoken for size in (PHONE, DESK)]
        sheet = laid_out(sorted(shots, key=lambda one: one.width))
        sheet.save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)


def shot(page: Any, address: str, size: tuple[int, int], light: str, *, whole: bool = False) -> Image.Image:
    """What a screen of this size shows of a page."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=light)
    page.goto(address)
    return Image.open(io.BytesIO(page.screenshot(full_page=whole)))


def laid_out(shots: list[Image.Image]) -> Image.Image:
    """Set pictures side by side on grey, at half their size."""
    width = sum(one.width for one in shots) + GAP_PIXELS * (len(shots) + 1)
    sheet = Image.new("RGB", (width, max(one.height for one in shots) + 2 * GAP_PIXELS), "#8a8a8a")
    left = GAP_PIXELS
    for one in shots:
        sheet.paste(one, (left, GAP_PIXELS))
        left += one.width + GAP_PIXELS
    return sheet.resize((round(sheet.width * SCALE), round(sheet.height * SCALE)), Image.Resampling.LANCZOS)


def take_whole(page: Any, url: str, kinds: Iterable[Kind], into: Path) -> None:
    """Write each page whole: a phone and a desktop, by the light that goes with its language."""
    into.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        for width, height in (PHONE, DESK):
            taken = shot(page, url + kind.path, (width, height), LIGHT[kind.language], whole=True)
            taken.save(into / f"{kind.name}.{width}.png")


if __name__ == "__main__":
    main()
