"""Where somebody goes on who signed in or chose a language: to a page of the studio, and to no other place."""

from __future__ import annotations

import re

from flask import url_for

from web.current import site


def safe_return(asked: str | None) -> str:
    """Give the path that was asked for if it is one of the studio's, else that of its first page."""
    inside = f"{site().base_path}/studio/"
    is_ours = asked is not None and asked.startswith(inside) and re.fullmatch(r"[!-\[\]-~]+", asked) is not None
    return asked if is_ours and asked is not None and "//" not in asked.partition("?")[0] else url_for("studio.home")
