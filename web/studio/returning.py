"""Where somebody goes on who signed in or chose a language: to a page of the studio, and to no other place."""

from __future__ import annotations

import re

from flask import url_for

from web.current import site

# What a browser makes another path of: `..`, in whatever letters, and nothing between two slashes.
_AWAY = re.compile(r"//|/(\.|%2e){1,2}(/|#|$)", re.IGNORECASE)


def safe_return(asked: str | None) -> str:
    """Give the path that was asked for if it is one of the studio's, else that of its first page."""
    inside = f"{site().base_path}/studio/"
    if asked is None or not asked.startswith(inside) or re.fullmatch(r"[!-\[\]-~]+", asked) is None:
        return url_for("studio.home")
    return url_for("studio.home") if _AWAY.search(asked.partition("?")[0]) else asked
