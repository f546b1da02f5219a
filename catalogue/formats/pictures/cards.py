"""The card of a shared link: artwork on the show's colour, the title beside it, the show's name below.

The same words, colour and artwork give the same picture everywhere. A title in letters that cannot be drawn here is
left out, and the artwork stands alone in the middle: no boxes in place of letters.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from catalogue.domain.cards import CARD_HEIGHT, CARD_WIDTH, Card
from catalogue.domain.facts import ImageFacts
from catalogue.formats.pictures.artwork import save_jpeg
from catalogue.formats.pictures.covers import INK, PAPER, plain_colour
from catalogue.formats.pictures.lettering import draw_letters, find_letters, font_of
from catalogue.formats.pictures.lines import LINE, Space, fitted

_MARGIN, _BETWEEN, _EDGE = 64, 52, CARD_HEIGHT - 2 * 64
_NAME_HEIGHT, _NAME_LINE = 64, 36
_NAME_SIZES = (30, 27, 24, 22, 20)
_SIZES = (76, 66, 58, 51, 45, 40, 36, 32)
# Relative luminance from which ink is read better than paper; where both have the same contrast (WCAG 2.2, 1.4.3).
_LIGHT = 0.18


def draw_card(target: str, source: str | None, card: Card) -> ImageFacts:
    """Draw a card and write it to the local path `target` as a JPEG.

    `source` is a local picture made by us of the artwork that the card names, None where it names none. The target
    appears whole or not at all; raises ArtworkError where it cannot be written.
    """
    ground = plain_colour(card.accent)
    picture = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), ground)
    letters = find_letters(card.title or card.show_title)
    left = _MARGIN if letters else (CARD_WIDTH - _EDGE) // 2
    if source is not None:
        picture.paste(_artwork(Path(source), Path(source).stat().st_mtime_ns), (left, _MARGIN))
        left += _EDGE + _BETWEEN
    if letters:
        name = find_letters(card.show_title) if card.title else None
        _set_words(picture, letters, name, left=left, ground=ground)
    return save_jpeg(picture, target)


@lru_cache(maxsize=4)
def _artwork(source: Path, _mtime_ns: int) -> Image.Image:
    """The picture as cards have it; kept, as most episodes of a show share one. Nobody may change it."""
    with Image.open(source, formats=["JPEG"]) as opened:
        return opened.convert("RGB").resize((_EDGE, _EDGE), Image.Resampling.LANCZOS)


def _set_words(picture: Image.Image, letters: str, name: str | None, *, left: int, ground: str) -> None:
    ink = _readable_on(ground)
    width = CARD_WIDTH - left - _MARGIN
    size, lines = fitted(letters, Space(width=width, height=_EDGE - (_NAME_HEIGHT if name else 0), sizes=_SIZES))
    font = font_of(size)
    for number, line in enumerate(lines):
        baseline = round(_MARGIN + size * 0.8 + number * size * LINE)
        draw_letters(picture, line, font, x=left, baseline=baseline, ink=ink, ground=ground)
    if name:
        bottom = _MARGIN + _EDGE
        ImageDraw.Draw(picture).rectangle((left, bottom - _NAME_HEIGHT + 4, left + 72, bottom - _NAME_HEIGHT + 8), ink)
        size, lines = fitted(name, Space(width=width, height=_NAME_LINE, sizes=_NAME_SIZES))
        draw_letters(picture, lines[0], font_of(size), x=left, baseline=bottom - 4, ink=ink, ground=ground)


def _readable_on(ground: str) -> str:
    """Ink or paper, whichever is read better on a colour."""
    linear = [((c / 255 + 0.055) / 1.055) ** 2.4 if c > 10 else c / 3294.6 for c in ImageColor.getrgb(ground)[:3]]
    return INK if 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > _LIGHT else PAPER
