"""A show's one colour, made readable: the producer picks a hue, the contrast is ours to keep.

Contrast as WCAG 2.2 defines it (relative luminance); accent-coloured text gets at least 7:1 on paper, light and dark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PAPER_LIGHT = "#fbfaf7"
PAPER_DARK = "#161513"
TEXT_CONTRAST = 7.0
STEPS = 64


@dataclass(frozen=True)
class Colour:
    """An sRGB colour, 0 to 255 each."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """Six digits, without `#`."""
        return f"{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        red, green, blue = (_linear(channel / 255) for channel in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: Colour, share: float) -> Colour:
        """Give this colour with `share` (0 to 1) of another."""
        pairs = ((self.red, other.red), (self.green, other.green), (self.blue, other.blue))
        return Colour(*(round(own + (new - own) * share) for own, new in pairs))


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def read_colour(text: str) -> Colour | None:
    """Read `#rgb` or `#rrggbb`; None for anything else.

    >>> read_colour("#0a5").hex
    '00aa55'
    """
    match = re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text.strip())
    if match is None:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return Colour(*(int(digits[i : i + 2], 16) for i in (0, 2, 4)))


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3).

    >>> round(contrast(BLACK, WHITE))
    21
    """
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, paper: Colour) -> Colour:
    """Darken or lighten a colour, as little as it takes to be read on the paper."""
    towards = BLACK if paper.luminance > 0.5 else WHITE
    candidates = (colour.mixed(towards, step / STEPS) for step in range(STEPS + 1))
    return next(c for c in candidates if contrast(c, paper) >= TEXT_CONTRAST)


def render_style(colour: str) -> str:
    """Render the style sheet that gives a page its accent, for light and dark paper."""
    chosen, light, dark = read_colour(colour), read_colour(PAPER_LIGHT), read_colour(PAPER_DARK)
    assert chosen and light and dark
    return (
        f":root{{--accent:#{readable(chosen, light).hex}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:#{readable(chosen, dark).hex}}}}}\n"
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
