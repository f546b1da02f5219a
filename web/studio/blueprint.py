"""Where the studio's views are registered, and what goes with each of their pages."""

from __future__ import annotations

from typing import Any

from flask import Response, g, url_for

from catalogue.domain.rights import Right
from web.headers import POLICY, media_source
from web.studio.cookies import csrf_token, keep_new_token
from web.studio.current import can, signed_in
from web.studio.faults import told_problem
from web.studio.guard import guard
from web.studio.rights import Guarded
from web.studio.typed import typed_texts
from web.studio.words import studio_words
from web.words import languages

# As on every page, but in no frame at all; its own scripts may ask its own addresses.
STUDIO_POLICY = POLICY.replace("frame-ancestors 'self'", "frame-ancestors 'none'; connect-src 'self'")
studio = Guarded("studio", __name__)
studio.before_request(guard)


@studio.context_processor
def frame() -> dict[str, Any]:
    """What the templates of the studio may use beside what all may."""
    found = signed_in()
    return {
        "can": can,
        "csrf_token": csrf_token,
        "producer": found.producer if found else None,
        "Right": Right,
        "told_problem": told_problem,
        "typed_texts": typed_texts,
        "studio_show": g.get("studio_show"),
        "words": studio_words(),
        "home_address": url_for("studio.home"),
        "written_languages": languages(),
    }


@studio.after_request
def finish(response: Response) -> Response:
    """Let nobody keep or find a page of the studio, nor show it in a frame."""
    keep_new_token(response)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if response.mimetype == "text/html":
        response.headers.setdefault(
            "Content-Security-Policy", STUDIO_POLICY.format(media=media_source(g.get("remote_audio")))
        )
    return response
