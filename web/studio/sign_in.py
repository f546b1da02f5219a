"""Signing in and out."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for

from catalogue.actions.accounts.desk import write_down
from catalogue.actions.accounts.sessions import begin_session
from catalogue.actions.accounts.sign_in import check_password, known_mark
from catalogue.domain.producers import Deed, Producer, Stage
from catalogue.domain.rights import Right
from catalogue.domain.studio_patterns import SIGN_IN, SIGN_OUT
from catalogue.errors import TooManyTries
from web.current import now
from web.studio.asking import asker
from web.studio.blueprint import studio
from web.studio.cookies import BEFORE, KNOWN, SESSION, drop_cookie, read_cookie, set_cookie
from web.studio.current import desk, log, signed_in
from web.studio.device import name_device
from web.studio.returning import safe_return
from web.studio.rights import allows, anybody


@studio.get(SIGN_IN)
@anybody
def sign_in() -> str | Response:
    """A form for name and password, or where the studio begins; who is signed in is led on."""
    if signed_in() is not None:
        return led_on()
    return _form({})


@studio.post(SIGN_IN)
@anybody
def enter() -> str | tuple[str, int] | Response:
    """Sign somebody in, or say that it did not work; never what of it was wrong."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        found = check_password(desk(), name, password, asker(), now=now())
    except TooManyTries as refused:
        return _form({"wait": refused.params["minutes"]}), 429
    if found is None:
        return _form({"wrong": True}), 422
    return let_in(found)


@studio.post(SIGN_OUT)
@allows(Right.ENTER)
def sign_out() -> Response:
    """End the session of this browser."""
    found = signed_in()
    assert found is not None
    desk().accounts.end_session(found.session.token_hash)
    log(Deed.SIGNED_OUT)
    response = make_response(redirect(url_for("studio.sign_in"), 303))
    drop_cookie(response, SESSION)
    return response


def let_in(found: Producer) -> Response:
    """Sign a producer in whose password was right: whole, or up to the second step."""
    if found.second_step is None:
        return signed_in_response(found, Stage.WHOLE)
    owed = url_for("studio.second_step", next=request.form.get("next") or None)
    return signed_in_response(found, Stage.PASSWORD, to=owed)


def signed_in_response(found: Producer, stage: Stage, *, to: str | None = None) -> Response:
    """Begin a session with a new token, and lead on, or to a page of ours."""
    token = begin_session(desk(), found, stage, device=name_device(request), now=now(), replaces=read_cookie(SESSION))
    response = make_response(redirect(to, 303)) if to else led_on()
    set_cookie(response, SESSION, token)
    drop_cookie(response, BEFORE)
    if stage is Stage.WHOLE:
        write_down(desk(), found, Deed.SIGNED_IN, now=now())
        set_cookie(response, KNOWN, known_mark(desk(), found))
    return response


def led_on() -> Response:
    """Go where somebody wanted to, once they are signed in."""
    return make_response(redirect(safe_return(request.values.get("next")), 303))


def _form(wrong: dict[str, object]) -> str:
    return render_template(
        "studio/sign_in.html",
        wrong=wrong,
        name=request.form.get("name", ""),
        next=request.values.get("next", ""),
        is_begun=desk().accounts.has_producers(),
    )
