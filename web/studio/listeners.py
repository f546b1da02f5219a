"""Who hears a show's episodes for members: each by an address of their own, shown once, that can be ended."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.members import Invited, add_member, list_members, revoke_member
from catalogue.domain.members import LONGEST_NAME
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import SHOW_MEMBER_END, SHOW_MEMBERS
from catalogue.errors import ContentError, NotFound
from web.current import now, site
from web.square import draw_square
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.faults import Told, told_error
from web.studio.rights import allows

NAME = "member_name"


@studio.get(SHOW_MEMBERS, endpoint="listeners")
@allows(Right.PEOPLE)
def listeners(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """List them, with a form for another."""
    return _page()


@studio.post(SHOW_MEMBERS, endpoint="invite_listener")
@allows(Right.PEOPLE)
def invite(show: str) -> ResponseReturnValue:  # noqa: ARG001
    """Make an address for somebody; it is shown this once."""
    try:
        made = add_member(place(), request.form.get(NAME, ""), show=current.show().guid, now=now())
    except ContentError as error:
        return _page(told=told_error(error, NAME)), 422
    log("member-added", show=current.show())
    return _page(made=made)


@studio.post(SHOW_MEMBER_END, endpoint="end_listener")
@allows(Right.PEOPLE)
def end(show: str, member: int) -> ResponseReturnValue:
    """Let an address lead nowhere from now on."""
    try:
        revoke_member(place(), str(member), show=current.show().guid, now=now())
    except NotFound as error:
        return _page(told=told_error(error)), 404
    log("member-ended", show=current.show())
    return redirect(url_for("studio.listeners", show=show, done=1), 303)


def _page(*, made: Invited | None = None, told: Told | None = None) -> str:
    _, members = list_members(place(), show=current.show().guid)
    address = site().public.private(made.token) if made else ""
    return render_template(
        "studio/listeners.html",
        members=[one for one in members if one.revoked_at is None],
        ended=sum(one.revoked_at is not None for one in members),
        made=made,
        address=address,
        # Not `render_square`, which remembers: the address is kept nowhere.
        square=draw_square(address) if address else None,
        told=told,
        typed=request.form.get(NAME, "")[: LONGEST_NAME * 4] if told else "",
        limit=LONGEST_NAME,
        is_done="done" in request.args,
    )
