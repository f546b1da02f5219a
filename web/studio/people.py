"""The people of a show, and those of all shows: the same deeds under two addresses."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue.actions.accounts import members as deeds
from catalogue.actions.accounts.links import invitation_address
from catalogue.domain import studio_patterns as patterns
from catalogue.domain.rights import ALL_SHOWS, Grant, Right, Role
from catalogue.errors import Forbidden
from web.current import now, site
from web.studio.blueprint import studio
from web.studio.current import desk, producer
from web.studio.current import show as show_of_request
from web.studio.rights import allows


@studio.get(patterns.PEOPLE_OF_ALL)
@studio.get(patterns.PEOPLE_OF_SHOW)
@allows(Right.PEOPLE)
def people(show: str | None = None) -> str:
    """Who has which role, and who was invited."""
    return people_page(show)


@studio.post(patterns.INVITE_TO_ALL)
@studio.post(patterns.INVITE_TO_SHOW)
@allows(Right.PEOPLE)
def invite(show: str | None = None) -> str:
    """Make an invitation; its link is shown this once."""
    grant = Grant(show_guid=_guid(show), role=_role())
    base_url = site().public.base_url
    address = invitation_address(desk(), base_url, grant, made_by=producer(), now=now())
    return people_page(show, address=address, made="invitation")


@studio.post(patterns.INVITATION_END_OF_ALL)
@studio.post(patterns.INVITATION_END_OF_SHOW)
@allows(Right.PEOPLE)
def end_invitation(link: str, show: str | None = None) -> AnyResponse:
    """Take an invitation back."""
    deeds.end_invitation(desk(), producer(), _guid(show), link, now=now())
    return _back(show, "invitation")


@studio.post(patterns.ROLE_IN_ALL)
@studio.post(patterns.ROLE_IN_SHOW)
@allows(Right.PEOPLE)
def set_role(member: int, show: str | None = None) -> AnyResponse:
    """Give somebody another role."""
    found = deeds.find_member(desk(), _guid(show), member)
    deeds.change_role(desk(), producer(), found, Grant(show_guid=_guid(show), role=_role()), now=now())
    return _back(show, "role")


@studio.post(patterns.REMOVE_FROM_ALL)
@studio.post(patterns.REMOVE_FROM_SHOW)
@allows(Right.PEOPLE)
def remove(member: int, show: str | None = None) -> AnyResponse:
    """Take somebody's role away."""
    found = deeds.find_member(desk(), _guid(show), member)
    deeds.remove(desk(), producer(), found, _guid(show), now=now())
    return _back(show, "removed")


def people_page(show: str | None, *, address: str = "", made: str = "", about: str = "") -> str:
    """The page, with a link that was just made for somebody (`about` names them) where one was."""
    guid = _guid(show)
    return render_template(
        "studio/people.html",
        about_show=show_of_request() if show else None,
        members=deeds.members(desk(), guid),
        invitations=deeds.open_invitations(desk(), guid, now=now()),
        show_guid=guid,
        ALL_SHOWS=ALL_SHOWS,
        roles=tuple(Role),
        address=address,
        made=made,
        about=about,
        shows={one.guid: one for one in site().publication.shows()},
        done=request.args.get("done", ""),
    )


def _guid(show: str | None) -> str:
    return show_of_request().guid if show else ALL_SHOWS


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError as error:
        raise Forbidden("no-role", "There is no such role.") from error


def _back(show: str | None, done: str) -> AnyResponse:
    return redirect(url_for("studio.people", show=show, done=done), 303)
