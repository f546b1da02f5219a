"""docs/pages.md shows every picture of a page, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/images/pages"
LARGEST_BYTES = 1_500_000


def test_every_picture_is_shown_once_and_every_one_shown_is_there():
    shown = re.findall(r"!\[[^]]+\]\(images/pages/(.+?)\)", (ROOT / "docs/pages.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(path.name for path in PICTURES.iterdir())


def test_the_pictures_are_small_enough_for_a_repository():
    assert 0 < sum(path.stat().st_size for path in PICTURES.iterdir()) <= LARGEST_BYTES
