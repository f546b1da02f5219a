"""What the studio speaks: what who is signed in chose, else a cookie's word, else the browser's.

Pages of the site are one for everybody, and never ask the browser. These are nobody else's, and kept nowhere.
"""

from __future__ import annotations

from flask import g, request

from catalogue.domain.tongues import FALLBACK, Tongue, primary
from web.words import languages

COOKIE = "castalogue_language"


def speak(chosen: str | None) -> None:
    """Settle the language of this request: the one chosen, else the best guess."""
    written = languages()
    named = chosen or request.cookies.get(COOKIE, "")
    welcome = (primary(tag) for tag in request.accept_languages.values())
    best = named if named in written else next((tag for tag in welcome if tag in written), FALLBACK)
    # Links to the site lead to pages in their own language.
    g.tongue = Tongue(speaking=best, home=best, written=written, offered=written)
