"""The address of a page as a QR code: an SVG inside the page, made here, so that nobody else is asked for it.

It leads to the page and not to the feed: a camera opens what it reads in a browser, where the page has a link for each
app, and a static host could not lead from the feed to the page.
"""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup

# ISO/IEC 18004: four modules of quiet around it. Dark on light whatever the page's colours: many readers see no other.
QUIET_MODULES = 4
DARK, LIGHT = "#000", "#fff"


@lru_cache(maxsize=64)
def render_square(address: str) -> Markup:
    """Render a public address as `draw_square` does, and keep what is asked for often."""
    return draw_square(address)


def draw_square(address: str) -> Markup:
    """Draw an address as an inline `<svg>` that fills what it stands in; it says nothing to who cannot see it."""
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(
        border=QUIET_MODULES, dark=DARK, light=LIGHT, omitsize=True, svgclass="square", lineclass=None
    )
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704  (segno's own)
