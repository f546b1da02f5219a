"""A show's one colour, made readable: the producer picks a hue, the contrast is ours to keep.

Contrast as WCAG 2.2 defines it (relative luminance); accent-coloured text gets at least 7:1 on paper and on raised
surfaces, light and dark.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

PAPER_LIGHT = "#fbfaf7"
PAPER_DARK = "#161513"
# Buttons and fields in the dark; in the light they are white, which only helps.
RAISED_DARK = "#1e1c1a"
TEXT_CONTRAST = 7.0
# On dark paper the default accent has about this much; just enough would be dull, full saturation glares.
GLOW_CONTRAST = 8.0
GLOW_SATURATION = 0.55
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

    def darkened(self, share: float) -> Colour:
        """Give this colour with `share` (0 to 1) of black."""
        return Colour(*(round(channel * (1 - share)) for channel in (self.red, self.green, self.blue)))

    def lightened(self, share: float) -> Colour:
        """Give this hue, softened, `share` (0 to 1) of the way to white."""
        hue, lightness, saturation = colorsys.rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)
        channels = colorsys.hls_to_rgb(hue, lightness + (1 - lightness) * share, min(saturation, GLOW_SATURATION))
        return Colour(*(round(channel * 255) for channel in channels))


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
    """Darken or lighten a colour until it can be read on the paper; one that can stays itself."""
    if contrast(colour, paper) >= TEXT_CONTRAST:
        return colour
    shares = [step / STEPS for step in range(STEPS + 1)]
    if paper.luminance > 0.5:
        return next(c for c in map(colour.darkened, shares) if contrast(c, paper) >= TEXT_CONTRAST)
    return next(c for c in map(colour.lightened, shares) if contrast(c, paper) >= GLOW_CONTRAST)


def render_style(colour: str) -> str:
    """Render the style sheet that gives a page its accent, for light and dark paper."""
    chosen, light, dark = read_colour(colour), read_colour(PAPER_LIGHT), read_colour(RAISED_DARK)
    assert chosen and light and dark
    return (
        f":root{{--accent:#{readable(chosen, light).hex}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:#{readable(chosen, dark).hex}}}}}\n"
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
