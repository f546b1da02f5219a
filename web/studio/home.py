"""The first page of the studio: the shows that somebody has a part in, and what goes on in all of it."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request

from catalogue.domain.rights import Right
from catalogue.domain.studio_patterns import LANGUAGE, STUDIO
from web.current import site
from web.studio.blueprint import studio
from web.studio.cookies import is_secure
from web.studio.current import desk, producer, signed_in
from web.studio.newest import worktable
from web.studio.returning import safe_return
from web.studio.rights import allows, anybody
from web.studio.tongue import COOKIE
from web.studio.work import tasks_in
from web.words import languages

YEAR_SECONDS = 365 * 24 * 3600


@studio.get(STUDIO)
@allows(Right.ENTER)
def home() -> str:
    """The shows of who asks."""
    shows = (shelf.show for shelf in worktable().now().shows)
    mine = [show for show in shows if producer().may(Right.SEE, show.guid)]
    return render_template("studio/home.html", shows=[tasks_in(show) for show in mine])


@studio.post(LANGUAGE)
@anybody
def choose_language() -> Response:
    """Let the studio speak another language from now on, in this browser and for who is signed in."""
    chosen = request.form.get("language", "")
    response = make_response(redirect(safe_return(request.form.get("next")), 303))
    if chosen in languages():
        path = f"{site().base_path}/studio"
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR_SECONDS, path=path, secure=is_secure(), httponly=True, samesite="Lax"
        )
        found = signed_in()
        if found is not None:
            desk().accounts.set_producer_language(found.producer.id, chosen)
    return response
