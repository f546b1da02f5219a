"""The studio's cookies, and the token that every form of it carries.

No cookie reaches the public pages: their path is the studio's. On https they are kept for https alone, by their name
too (`__Secure-`). What is posted must carry a digest of the cookie, which no other site can know.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response, g, request

from catalogue.actions.accounts.limits import KNOWN_BROWSER_LASTS, SESSION_LASTS
from catalogue.actions.accounts.sessions import new_token
from web.current import site

SESSION = "castalogue_session"
# Before signing in: nobody is known by it, it only makes a form this browser's own.
BEFORE = "castalogue_before"
# A browser that somebody signed in with; who guesses elsewhere cannot keep it out.
KNOWN = "castalogue_known"
LASTS = {SESSION: SESSION_LASTS, BEFORE: timedelta(days=1), KNOWN: KNOWN_BROWSER_LASTS}
FIELD, HEADER = "csrf", "X-CSRF-Token"


def is_secure() -> bool:
    """Whether the site is reached by https alone."""
    return urlsplit(site().public.base_url).scheme == "https"


def read_cookie(name: str) -> str:
    """What the browser sent; empty where it sent nothing."""
    return request.cookies.get(_called(name), "")


def set_cookie(response: Response, name: str, value: str) -> None:
    """Let the browser keep a cookie of ours."""
    lasts = int(LASTS[name].total_seconds())
    response.set_cookie(
        _called(name), value, max_age=lasts, path=_path(), secure=is_secure(), httponly=True, samesite="Lax"
    )


def drop_cookie(response: Response, name: str) -> None:
    """Let the browser forget a cookie of ours."""
    response.delete_cookie(_called(name), path=_path(), secure=is_secure(), httponly=True, samesite="Lax")


def token_of_request() -> str:
    """The secret that this browser's forms are bound to: of the session, else one from before it, made where needed."""
    token = read_cookie(SESSION) if g.get("signed_in") or g.get("half_signed_in") else read_cookie(BEFORE)
    if not token:
        if "new_before" not in g:
            g.new_before = new_token()
        token = g.new_before
    return token


def csrf_token() -> str:
    """What a form of this page carries. Nothing of the cookie can be read from it."""
    return hmac.new(token_of_request().encode(), b"csrf", hashlib.sha256).hexdigest()


def carries_token() -> bool:
    """Whether what is posted carries the token of this browser's own pages."""
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    return "new_before" not in g and hmac.compare_digest(sent.encode(), csrf_token().encode())


def keep_new_token(response: Response) -> Response:
    """Let the browser keep what a form of this answer is bound to, where it had nothing yet."""
    if "new_before" in g:
        set_cookie(response, BEFORE, g.new_before)
    return response


def _called(name: str) -> str:
    return f"__Secure-{name}" if is_secure() else name


def _path() -> str:
    return f"{site().base_path}/studio"
