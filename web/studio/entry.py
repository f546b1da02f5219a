"""The pages that one-time links lead to: beginning the studio, joining, choosing a new password.

Opening a page uses nothing up. A link that leads nowhere any more says no more than that.
"""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue.actions.accounts.links import NewAccount, accept, choose_password, find_link, find_problems, join
from catalogue.domain.producers import LinkKind, OneTimeLink, Stage
from catalogue.domain.rights import ALL_SHOWS
from catalogue.domain.studio_patterns import BEGIN, INVITATION, INVITATION_ACCEPTED, RESET
from catalogue.errors import Forbidden, NameTaken
from web.current import now, site, words
from web.spoken_show import title_of
from web.studio.blueprint import studio
from web.studio.current import desk, signed_in
from web.studio.rights import anybody
from web.studio.sign_in import let_in, signed_in_response
from web.studio.words import studio_words


@studio.get(BEGIN)
@anybody
def begin(token: str) -> str:
    """A form for the first owner."""
    find_link(desk(), token, LinkKind.BEGIN, now=now())
    return _form("studio/begin.html", {})


@studio.post(BEGIN)
@anybody
def begin_studio(token: str) -> tuple[str, int] | Response:
    """Make the first owner, who is signed in at once."""
    find_link(desk(), token, LinkKind.BEGIN, now=now())
    return _join(token, "studio/begin.html")


@studio.get(INVITATION)
@anybody
def invitation(token: str) -> str:
    """What somebody is invited to; a form for a new account, a button for who has one."""
    return _form("studio/invitation.html", {}, link=find_link(desk(), token, LinkKind.INVITE, now=now()))


@studio.post(INVITATION)
@anybody
def join_studio(token: str) -> tuple[str, int] | Response:
    """Make a producer of who was invited, and sign them in."""
    link = find_link(desk(), token, LinkKind.INVITE, now=now())
    return _join(token, "studio/invitation.html", link)


@studio.post(INVITATION_ACCEPTED)
@anybody
def accept_invitation(token: str) -> AnyResponse:
    """Give what the invitation gives to who is signed in."""
    found = signed_in()
    if found is None:
        return redirect(url_for("studio.sign_in", next=url_for("studio.invitation", token=token)), 303)
    find_link(desk(), token, LinkKind.INVITE, now=now())
    accept(desk(), token, found.producer, now=now())
    return redirect(url_for("studio.home"), 303)


@studio.get(RESET)
@anybody
def reset(token: str) -> str:
    """A form for a new password."""
    find_link(desk(), token, LinkKind.RESET, now=now())
    return _form("studio/reset.html", {})


@studio.post(RESET)
@anybody
def reset_password(token: str) -> tuple[str, int] | Response:
    """Set the password, and sign in whose it is."""
    link = find_link(desk(), token, LinkKind.RESET, now=now())
    whose = desk().accounts.producer(link.producer_id or 0)
    typed = _typed(name=whose.name if whose else "")
    problems = find_problems(typed, has_name=False)
    if problems:
        return _form("studio/reset.html", problems), 422
    found = choose_password(desk(), token, typed.password, now=now())
    if found.disabled_at is not None:
        raise Forbidden("disabled", "This account is closed.")
    return signed_in_response(found, Stage.WHOLE)


def _join(token: str, template: str, link: OneTimeLink | None = None) -> tuple[str, int] | Response:
    typed = _typed(name=request.form.get("name", ""))
    problems = find_problems(typed)
    if not problems:
        try:
            return let_in(join(desk(), token, typed, now=now()))
        except NameTaken:
            problems = {"name": "name_taken"}
    return _form(template, problems, link=link), 422


def _typed(*, name: str) -> NewAccount:
    return NewAccount(
        name=name,
        password=request.form.get("password", ""),
        again=request.form.get("again", ""),
        language=words().language,
    )


def _form(template: str, problems: dict[str, str], *, link: OneTimeLink | None = None) -> str:
    said = {field: studio_words()(word) for field, word in problems.items()}
    return render_template(
        template, problems=said, name=request.form.get("name", ""), link=link, invited_to=_show_of(link)
    )


def _show_of(link: OneTimeLink | None) -> str | None:
    """The title of the show that a link leads to; None where it leads to all of them."""
    guid = link.grant.show_guid if link and link.grant else ALL_SHOWS
    return next((title_of(show) for show in site().publication.shows() if show.guid == guid), None)
