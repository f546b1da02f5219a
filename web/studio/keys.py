"""Keys for programs: a producer's own tokens for the API, made, shown once, and taken back."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.accounts.tokens import TokenWish, end_token, find_problems, make_token
from catalogue.domain.rights import Right
from catalogue.domain.show import Show
from catalogue.domain.studio_patterns import ACCOUNT_KEY_END, ACCOUNT_KEYS
from catalogue.domain.tokens import LASTS, SCOPES, Scope
from catalogue.errors import Conflict
from web.current import now, site
from web.studio.account import owed_password
from web.studio.blueprint import studio
from web.studio.current import can, desk, producer
from web.studio.faults import told_error
from web.studio.rights import allows
from web.studio.words import studio_words

DAYS = (1, 7, 30, 90, 180, 365)


@studio.get(ACCOUNT_KEYS, endpoint="keys")
@allows(Right.ENTER)
def keys() -> str:
    """List the own keys, with a form for a new one."""
    blank = TokenWish(name="", scopes=(Scope.READ,), lasts=LASTS)
    return _page(blank, {})


@studio.post(ACCOUNT_KEYS, endpoint="make_key")
@allows(Right.ENTER)
def make_key() -> ResponseReturnValue:
    """Make a key and show it, this once; or say all that is wrong with the wish."""
    wish, words = _wish(), studio_words()
    problems = {field: words(key) for field, key in find_problems(producer(), wish).items()} | owed_password()
    if problems:
        return _page(wish, problems), 422
    try:
        made = make_token(desk(), producer(), wish, by=producer(), now=now())
    except Conflict as error:
        return _page(wish, {"name": told_error(error).sentence}), 409
    return render_template("studio/key_made.html", made=made)


@studio.post(ACCOUNT_KEY_END, endpoint="end_key")
@allows(Right.ENTER)
def end_key(key: int) -> ResponseReturnValue:
    """Take one of the own keys back."""
    end_token(desk(), key, of=producer(), by=producer(), now=now())
    return redirect(url_for("studio.keys", done=1), 303)


def _wish() -> TokenWish:
    stated = request.form.getlist("scopes")
    days = request.form.get("days", "")
    return TokenWish(
        name=request.form.get("name", ""),
        scopes=tuple(scope for scope in Scope if scope.value in stated),
        show_guids=tuple(request.form.getlist("shows")),
        lasts=timedelta(days=int(days)) if days.isdecimal() and len(days) < 5 else timedelta(0),
    )


def _page(wish: TokenWish, problems: dict[str, str]) -> str:
    return render_template(
        "studio/keys.html",
        wish=wish,
        problems=problems,
        own=sorted(desk().accounts.tokens_of(producer().id), key=lambda one: (not one.holds(now()), -one.id)),
        scopes=_offered(),
        shows=_shows(),
        titles={show.guid: show.title for show in site().publication.shows()},
        days=DAYS,
        is_done="done" in request.args and not problems,
    )


def _offered() -> tuple[Scope, ...]:
    """What a key of theirs can be for: nothing that they may do nowhere themselves."""
    places = {grant.show_guid for grant in producer().grants}
    able = {right for right in Right for guid in places if producer().may(right, guid)}
    return tuple(
        scope
        for scope in Scope
        if (producer().may(Right.PUBLISH, None) if scope is Scope.INDEX else SCOPES[scope] & able)
    )


def _shows() -> tuple[Show, ...]:
    """The shows that they may choose among."""
    found = tuple(show for show in site().publication.shows() if can(Right.SEE, show))
    return found if len(found) > 1 else ()
