"""The cover of a show that has none: its title in ink on paper, a band of sound in its accent below.

The same title and accent give the same picture everywhere. A title in letters that cannot be drawn here gets
the band alone, large, on a ground of the accent.
"""

from __future__ import annotations

import hashlib
import re

from PIL import Image, ImageDraw

from catalogue.domain.facts import ImageFacts
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.formats.pictures.artwork import save_jpeg
from catalogue.formats.pictures.lettering import draw_letters, find_letters, font_of
from catalogue.formats.pictures.lines import LINE, Space, fitted

# A new name when the drawing changes: the hash of a cover is part of its address.
RECIPE = "castalogue drawn cover 1"
EDGE = 3000
PAPER, INK, ACCENT = "#fbfaf7", "#1d1c1a", "#085a52"
_MARGIN = 280
_WIDTH = EDGE - 2 * _MARGIN
_TITLE = Space(width=_WIDTH, height=1640, sizes=(460, 400, 350, 300, 260, 225, 195, 170, 150))
_BARS = 32


def drawn_cover_hash(title: str, accent: str | None) -> str:
    """The hex digest under which the cover of this title and accent is published; it is of what goes in."""
    return hashlib.sha256("\n".join((RECIPE, plain_colour(accent), title)).encode(errors="replace")).hexdigest()


def draw_cover(target: str, title: str, accent: str | None, recipe: str) -> ImageFacts:
    """Draw the cover and write it to the local path `target` as a JPEG of the size `recipe` names.

    `accent` is a CSS hex colour; None, or anything else, is the default. The target appears whole or not at all.
    """
    colour = plain_colour(accent)
    letters = find_letters(title)
    cover = Image.new("RGB", (EDGE, EDGE), PAPER if letters else colour)
    levels = hashlib.sha256(title.encode(errors="replace")).digest()
    if letters:
        _set_title(cover, letters)
        _draw_band(cover, levels, colour, middle=2420, height=600)
    else:
        _draw_band(cover, levels, PAPER, middle=EDGE // 2, height=1700)
    edge = IMAGE_RECIPES[recipe]
    if edge != EDGE:
        cover = cover.resize((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return save_jpeg(cover, target)


def plain_colour(accent: str | None) -> str:
    """The accent as #rrggbb, or the default's where it is none.

    >>> plain_colour("#0A5"), plain_colour("red")
    ('#00aa55', '#085a52')
    """
    digits = (accent or "").strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", digits):
        return "#" + "".join(digit * 2 for digit in digits[1:])
    return digits if re.fullmatch(r"#[0-9a-f]{6}", digits) else ACCENT


def _set_title(cover: Image.Image, letters: str) -> None:
    size, lines = fitted(letters, _TITLE)
    font = font_of(size)
    for number, line in enumerate(lines):
        baseline = round(_MARGIN + size * 0.8 + number * size * LINE)
        draw_letters(cover, line, font, x=_MARGIN, baseline=baseline, ink=INK, ground=PAPER)


def _draw_band(cover: Image.Image, levels: bytes, colour: str, *, middle: int, height: int) -> None:
    """Bars as a recording's picture has them, their heights from the digest of the title, swelling in the middle."""
    draw = ImageDraw.Draw(cover)
    pitch = _WIDTH / _BARS
    width = pitch * 0.56
    for number, level in enumerate(levels[:_BARS]):
        swell = 1 - abs(number - (_BARS - 1) / 2) / _BARS
        half = max(width, height * swell * (0.25 + 0.75 * level / 255)) / 2
        left = _MARGIN + number * pitch
        draw.rounded_rectangle((left, middle - half, left + width, middle + half), radius=width / 2, fill=colour)
