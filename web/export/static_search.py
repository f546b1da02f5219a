"""The search page of an export: a form, a script that looks into files, and lists for who has no script."""

from __future__ import annotations

from flask import Flask, render_template, request

from catalogue.domain.patterns import SEARCH
from web.current import site


def offer_static_search(app: Flask) -> None:
    """Let the application answer for its search page with one that needs no server."""
    app.before_request(_static_search)


def _static_search() -> str | None:
    if request.path != SEARCH:
        return None
    return render_template(
        "search_static.html",
        listed=site().publication.shows(),
        base_path=site().base_path,
    )
