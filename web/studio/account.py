"""My account: the password, the second step, the devices that are signed in."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue.actions.accounts.links import NewAccount, find_problems
from catalogue.actions.accounts.passwords import hash_password
from catalogue.actions.accounts.sign_in import check_password
from catalogue.domain.producers import Deed, Stage
from catalogue.domain.rights import Right
from catalogue.domain.studio_patterns import ACCOUNT, ACCOUNT_DEVICE, ACCOUNT_DEVICES, ACCOUNT_PASSWORD
from catalogue.errors import NotFound, TooManyTries
from web.current import now
from web.studio.asking import asker
from web.studio.blueprint import studio
from web.studio.current import desk, log, producer, signed_in
from web.studio.rights import allows
from web.studio.sign_in import signed_in_response
from web.studio.words import studio_words


@studio.get(ACCOUNT)
@allows(Right.ENTER)
def account() -> str:
    """All of it on one page."""
    return account_page({})


@studio.post(ACCOUNT_PASSWORD)
@allows(Right.ENTER)
def change_password() -> tuple[str, int] | Response:
    """Set a new password for who knows the old one; every other device is signed out."""
    typed = NewAccount(
        name=producer().name, password=request.form.get("password", ""), again=request.form.get("again", "")
    )
    problems = find_problems(typed, has_name=False)
    problems = owed_password() | {field: studio_words()(word) for field, word in problems.items()}
    if problems:
        return account_page(problems), 422
    desk().accounts.set_password(producer().id, hash_password(typed.password))
    log(Deed.PASSWORD_CHANGED)
    found = desk().accounts.producer(producer().id)
    assert found is not None
    return signed_in_response(found, Stage.WHOLE, to=url_for("studio.account", done="password"))


@studio.post(ACCOUNT_DEVICE)
@allows(Right.ENTER)
def end_device(session: int) -> AnyResponse:
    """Sign one of the own devices out."""
    if not desk().accounts.end_session_of(producer().id, session):
        raise NotFound("no-session", "That device is signed out already.")
    log(Deed.DEVICE_ENDED)
    return redirect(url_for("studio.account", done="device"), 303)


@studio.post(ACCOUNT_DEVICES)
@allows(Right.ENTER)
def end_other_devices() -> AnyResponse:
    """Sign all the own devices out but this one."""
    found = signed_in()
    assert found is not None
    desk().accounts.end_other_sessions(producer().id, but=found.session.token_hash)
    log(Deed.DEVICE_ENDED)
    return redirect(url_for("studio.account", done="device"), 303)


def owed_password(field: str = "current") -> dict[str, str]:
    """Say what is wrong with the own password that a form asks for, as field → sentence."""
    words = studio_words()
    try:
        found = check_password(desk(), producer().name, request.form.get(field, ""), asker(), now=now())
    except TooManyTries as refused:
        return {field: words.count("sign_in_wait", int(str(refused.params["minutes"])))}
    return {} if found else {field: words("password_wrong")}


def account_page(problems: dict[str, str], **more: Any) -> str:
    """The page of the account, with what is wrong with one of its forms."""
    found = signed_in()
    assert found is not None
    return render_template(
        "studio/account.html",
        devices=desk().accounts.sessions_of(producer().id),
        this=found.session,
        problems=problems,
        codes_left=desk().accounts.recovery_codes_left(producer().id),
        done=request.args.get("done", ""),
        **more,
    )
