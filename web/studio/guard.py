"""What stands before every view of the studio: is it open, who asks, from where, and may they.

A request that is refused reaches no view, and says no more than that: a show somebody has no part in is not there.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from catalogue.actions.accounts.sessions import find_session
from catalogue.actions.scratch import no_room
from catalogue.domain.producers import Producer, Stage
from catalogue.domain.rights import Right, is_only_for_own
from catalogue.domain.show import Show
from catalogue.errors import Forbidden, Moved, NotFound, StudioClosed
from web.bodies import NO_ROOM, TOO_LARGE
from web.current import now, site
from web.studio.cookies import SESSION, carries_token, read_cookie
from web.studio.current import desk, place, studio_of_request
from web.studio.newest import worktable
from web.studio.rights import right_of
from web.studio.tongue import speak
from web.studio.typed import typed_texts

SAFE = ("GET", "HEAD", "OPTIONS")
# From where a browser says that it asks (Fetch Metadata); `none`: nobody's page, but a person.
_OWN_SITES = ("same-origin", "none")


def guard() -> Response | None:
    """Let a request through to its view, or answer in its place.

    Raises Forbidden, NotFound, NoRoom, StudioClosed, and RequestEntityTooLarge where too much was sent.
    """
    speak(None)
    if studio_of_request().desk is None:
        raise StudioClosed("studio-closed", "The studio is closed: the key of this server cannot be used.")
    is_unsafe = request.method not in SAFE
    if is_unsafe and is_from_elsewhere():
        raise Forbidden("foreign", "This was sent by another site.")
    _know_who_asks()
    refused = _check_right()
    if refused is not None:
        return refused
    if TOO_LARGE in request.environ:
        raise RequestEntityTooLarge
    if NO_ROOM in request.environ:
        raise no_room(place().settings.upload_folder)
    if is_unsafe and not carries_token():
        raise Forbidden("no-token", "This form is too old, or your browser keeps no cookies here.")
    return None


def is_from_elsewhere() -> bool:
    """Whether a page of another site made the browser send this.

    Our pages send no referrer, so browsers say `null` for their origin: that decides nothing, as does an old browser's
    silence. The token then does.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITES:
        return True
    origin = request.headers.get("Origin", "null")
    return origin != "null" and origin not in _own_origins()


def _own_origins() -> set[str]:
    base = urlsplit(site().public.base_url)
    own = f"{base.scheme}://{base.netloc}"
    # By any other name it may be reached by, as on a network at home; by its own name as it is meant to be.
    reached = set() if request.host == base.netloc else {f"http://{request.host}", f"https://{request.host}"}
    return {own, *reached}


def _know_who_asks() -> None:
    found = find_session(desk(), read_cookie(SESSION), now=now())
    if found is None:
        return
    g.signed_in = found if found.session.stage is Stage.WHOLE else None
    g.half_signed_in = found if found.session.stage is Stage.PASSWORD else None
    if g.signed_in:
        speak(found.producer.language)


def _check_right() -> Response | None:
    """Look whether who asks may ask for this view; a redirect to signing in where nobody is signed in."""
    assert request.endpoint is not None
    right = right_of(current_app.view_functions[request.endpoint])
    if right is None:
        return None
    if g.get("signed_in") is None:
        return _sign_in_first()
    producer: Producer = g.signed_in.producer
    arguments = request.view_args or {}
    if "show" in arguments:
        g.studio_show = find_show(arguments["show"], producer)
        _check_right_in(g.studio_show, right, producer, arguments)
    elif not producer.may(right, None):
        raise Forbidden("no-right", "Your role does not allow this.")
    return None


def find_show(slug: str, producer: Producer) -> Show:
    """Give a show by its slug of today; raises NotFound where there is none, or none that they have a part in.

    One that was begun a moment ago is there already.
    """
    nothing = NotFound("no-show", "There is no such show.")
    try:
        found = worktable().shelf(slug).show
    except (Moved, NotFound) as error:
        raise nothing from error
    if not producer.may(Right.SEE, found.guid):
        raise nothing
    return found


def _check_right_in(show: Show, right: Right, producer: Producer, arguments: dict[str, Any]) -> None:
    if producer.may(right, show.guid):
        return
    is_for_own = "episode" in arguments and is_only_for_own(producer.grants, right, show.guid)
    if is_for_own and is_own_draft(show, arguments["episode"], producer):
        return
    raise Forbidden("no-right", "Your role does not allow this.")


def is_own_draft(show: Show, slug: str, producer: Producer) -> bool:
    """Whether an episode is a draft that they began; what is or was public is nobody's own."""
    row = place().index.episode_called(show.guid, slug)
    if row is None or (row.line.discarded_at is None and (row.episode is None or not row.episode.draft)):
        return False
    return desk().accounts.author(show.guid, row.line.guid) == producer.id


def _sign_in_first() -> Response:
    if typed_texts():
        raise Forbidden("signed-out", "You are signed in no more.")
    where = request.full_path.rstrip("?") if request.method in SAFE else ""
    answer = redirect(url_for("studio.sign_in", next=site().base_path + where if where else None), 303)
    assert isinstance(answer, Response)
    return answer
