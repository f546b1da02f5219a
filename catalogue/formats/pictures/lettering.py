"""Letters for pictures, from the one font that comes with Pillow, so that every machine draws the same.

That font (Aileron) has English letters only. Accents are drawn here as strokes above or below them, which covers
the languages that write Latin letters with marks; for anything else `find_letters` gives None.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont
Strokes = tuple[tuple[tuple[float, float], ...], ...]

_SAME = str.maketrans("–—‑−′´`", "----’’’")
_SIGNS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("’‘“”…«»·")
# Signs that stand on their heads in Spanish, and what they are when turned.
_TURNED = {"¿": "?", "¡": "!"}
_WAVE = tuple((step / 8 - 0.5, 0.55 - 0.22 * math.sin(step / 8 * math.tau)) for step in range(9))
_RING = tuple((0.3 * math.cos(step / 12 * math.tau), 0.5 + 0.5 * math.sin(step / 12 * math.tau)) for step in range(13))
_BOWL = tuple((step / 8 - 0.5, 0.25 + 0.6 * math.sin(step / 8 * math.pi)) for step in range(9))
# Combining mark → strokes in a box half an em's fifth wide to either side; y grows downwards from 0 to 1.
_ABOVE: dict[str, Strokes] = {
    "\u0300": (((-0.3, 0.1), (0.2, 0.9)),),
    "\u0301": (((0.3, 0.1), (-0.2, 0.9)),),
    "\u0302": (((-0.45, 0.9), (0.0, 0.1), (0.45, 0.9)),),
    "\u0303": (_WAVE,),
    "\u0304": (((-0.45, 0.5), (0.45, 0.5)),),
    "\u0306": (_BOWL,),
    "\u0307": (((0.0, 0.5), (0.0, 0.5)),),
    "\u0308": (((-0.4, 0.5), (-0.4, 0.5)), ((0.4, 0.5), (0.4, 0.5))),
    "\u030a": (_RING,),
    "\u030b": (((-0.05, 0.1), (-0.4, 0.9)), ((0.5, 0.1), (0.15, 0.9))),
    "\u030c": (((-0.45, 0.1), (0.0, 0.9), (0.45, 0.1)),),
}
_BELOW: dict[str, Strokes] = {
    "\u0323": (((0.0, 0.6), (0.0, 0.6)),),
    "\u0326": (((0.1, 0.2), (-0.1, 0.9)),),
    "\u0327": (((0.0, -0.1), (0.0, 0.3), (0.25, 0.55), (0.1, 0.95), (-0.25, 0.95)),),
    "\u0328": (((0.1, -0.1), (-0.15, 0.5), (0.05, 0.95), (0.3, 0.85)),),
}
_FINER = 4


def find_letters(text: str) -> str | None:
    """The text as it can be drawn (NFD, on one line), or None where a letter or digit of it cannot.

    Signs without letters, such as emoji, are left out.

    >>> find_letters("Años ☕ – sí") == unicodedata.normalize("NFD", "Años - sí"), find_letters("日本")
    (True, None)
    """
    kept = ""
    for sign in unicodedata.normalize("NFD", text.translate(_SAME)):
        if sign in _SIGNS or sign in _TURNED or ((sign in _ABOVE or sign in _BELOW) and kept.strip()):
            kept += sign
        elif unicodedata.category(sign)[0] in "LMN" and sign != "\ufe0f":  # U+FE0F only makes emoji colourful
            return None
        elif sign.isspace():
            kept += " "
    return " ".join(kept.split()) or None


@cache
def font_of(size: int) -> Font:
    """The font at a size in pixels."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return font


def width_of(letters: str, font: Font) -> float:
    """How wide one line of letters is, in pixels."""
    return float(font.getlength(_bases(letters)))


def draw_letters(
    picture: Image.Image, letters: str, font: Font, *, x: int, baseline: int, ink: str, ground: str
) -> None:
    """Draw one line of letters from `x` on `baseline`; the ground behind them must be of one colour."""
    draw = ImageDraw.Draw(picture)
    weight = max(1, round(font.size / 70))
    draw.text((x, baseline), _bases(letters), font=font, fill=ink, anchor="ls", stroke_width=weight)
    bases = ""
    for sign in letters:
        if not unicodedata.combining(sign):
            bases += _TURNED.get(sign, sign)
        left, top, right, bottom = font.getbbox(bases[-1], anchor="ls", stroke_width=weight)
        start = x + font.getlength(bases) - font.getlength(bases[-1])
        box = tuple(map(round, (start + left, baseline + top, start + right, baseline + bottom)))
        if sign in _TURNED:
            _turn(picture, box, lowered=-round(font.getbbox("x", anchor="ls")[1]), ground=ground)
        elif sign in _ABOVE:
            if bases[-1] in "ij":  # their own dot makes room
                box = (box[0], baseline + round(font.getbbox("x", anchor="ls")[1]), box[2], box[3])
                draw.rectangle((box[0], round(baseline + top), box[2], box[1] - 2 * weight), fill=ground)
            _mark(picture, _ABOVE[sign], ((box[0] + box[2]) / 2, box[1] - 0.23 * font.size), font.size, ink)
        elif sign in _BELOW:
            _mark(picture, _BELOW[sign], ((box[0] + box[2]) / 2, box[3]), font.size, ink)


def _bases(letters: str) -> str:
    return "".join(_TURNED.get(sign, sign) for sign in letters if not unicodedata.combining(sign))


def _turn(picture: Image.Image, box: tuple[int, ...], *, lowered: int, ground: str) -> None:
    """Stand the glyph in `box` on its head, and let it hang from the height of small letters."""
    left, top, right, bottom = box
    glyph = picture.crop((left, top, right, bottom)).rotate(180)
    picture.paste(ground, (left, top, right, bottom))
    picture.paste(glyph, (left, bottom - lowered))


def _mark(picture: Image.Image, strokes: Strokes, at: tuple[float, float], size: float, ink: str) -> None:
    """Draw strokes with round ends, their box's upper middle standing at `at`; smooth, as letters are."""
    edge, width = round(size * 0.5), size * 0.095 * _FINER
    mask = Image.new("L", (edge * _FINER, edge * _FINER))
    draw = ImageDraw.Draw(mask)
    for stroke in strokes:
        points = [((0.5 + px * 0.62) * edge * _FINER, (0.2 + py * 0.36) * edge * _FINER) for px, py in stroke]
        draw.line(points, fill=255, width=round(width), joint="curve")
        for px, py in points:
            draw.ellipse((px - width / 2, py - width / 2, px + width / 2, py + width / 2), fill=255)
    corner = (round(at[0] - edge / 2), round(at[1] - 0.2 * edge))
    picture.paste(ink, corner, mask.reduce(_FINER))
