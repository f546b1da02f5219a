"""The second step: asking for its code, setting it up, taking it away."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue.actions.accounts.second_step import app_address, check_code, confirm, propose
from catalogue.actions.accounts.sessions import SignedIn
from catalogue.domain.producers import Deed, Stage
from catalogue.domain.rights import Right
from catalogue.domain.studio_patterns import ACCOUNT_CODE, ACCOUNT_CODE_END, SECOND_STEP
from catalogue.errors import TooManyTries
from web.current import now, site
from web.square import draw_square
from web.studio.account import account_page, owed_password
from web.studio.asking import asker
from web.studio.blueprint import studio
from web.studio.current import desk, log, producer
from web.studio.rights import allows, anybody
from web.studio.sign_in import led_on, signed_in_response
from web.studio.words import studio_words


@studio.get(SECOND_STEP)
@anybody
def second_step() -> str | Response | AnyResponse:
    """Ask for the code, of who gave the right password just now."""
    return _ask({}) if _half() else led_on()


@studio.post(SECOND_STEP)
@anybody
def enter_code() -> tuple[str, int] | Response | AnyResponse:
    """Sign in whole with the right code; a new token takes the place of the one from before it."""
    half = _half()
    if half is None:
        return led_on()
    words = studio_words()
    try:
        is_right = check_code(desk(), half.producer, request.form.get("code", ""), asker(), now=now())
    except TooManyTries as refused:
        return _ask({"code": words.count("sign_in_wait", int(str(refused.params["minutes"])))}), 429
    return signed_in_response(half.producer, Stage.WHOLE) if is_right else (_ask({"code": words("code_wrong")}), 422)


@studio.get(ACCOUNT_CODE)
@allows(Right.ENTER)
def set_up_code() -> str | AnyResponse:
    """Show the secret for an app, as a picture and in letters."""
    if producer().second_step is not None:
        return redirect(url_for("studio.account"), 303)
    return _set_up({})


@studio.post(ACCOUNT_CODE)
@allows(Right.ENTER)
def confirm_code() -> str | tuple[str, int]:
    """Ask for the second step from now on, and show the recovery codes, this once."""
    codes = confirm(desk(), producer(), request.form.get("code", ""), now=now())
    if codes is None:
        return _set_up({"code": studio_words()("code_wrong")}), 422
    return render_template("studio/recovery_codes.html", codes=codes)


@studio.post(ACCOUNT_CODE_END)
@allows(Right.ENTER)
def end_code() -> tuple[str, int] | AnyResponse:
    """Ask for no second step any more, for who knows the password."""
    problems = owed_password("code_password")
    if problems:
        return account_page(problems), 422
    desk().accounts.end_second_step(producer().id)
    log(Deed.SECOND_STEP_OFF)
    return redirect(url_for("studio.account", done="code"), 303)


def _half() -> SignedIn | None:
    found: SignedIn | None = g.get("half_signed_in")
    return found


def _ask(problems: dict[str, str]) -> str:
    return render_template("studio/second_step.html", problems=problems, next=request.values.get("next", ""))


def _set_up(problems: dict[str, str]) -> str:
    secret = propose(desk(), producer())
    host = urlsplit(site().public.base_url).hostname or ""
    square = draw_square(app_address(secret, producer(), host=host))
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("studio/set_up_code.html", problems=problems, square=square, secret=spaced)
