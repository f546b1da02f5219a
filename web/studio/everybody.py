"""What only who looks after all shows does to an account: close it, open it, make a link for a new password."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue.actions.accounts import members as deeds
from catalogue.actions.accounts.links import reset_address
from catalogue.domain.rights import ALL_SHOWS, Right
from catalogue.domain.studio_patterns import MEMBER_DISABLED, MEMBER_ENABLED, MEMBER_RESET
from web.current import now, site
from web.studio.blueprint import studio
from web.studio.current import desk, producer
from web.studio.people import people_page
from web.studio.rights import allows


@studio.post(MEMBER_DISABLED)
@allows(Right.PEOPLE)
def disable(member: int) -> AnyResponse:
    """Close somebody's account: it signs in no more."""
    deeds.disable(desk(), producer(), deeds.find_member(desk(), ALL_SHOWS, member), now=now())
    return redirect(url_for("studio.people", done="disabled"), 303)


@studio.post(MEMBER_ENABLED)
@allows(Right.PEOPLE)
def enable(member: int) -> AnyResponse:
    """Open it again."""
    deeds.enable(desk(), producer(), deeds.find_member(desk(), ALL_SHOWS, member), now=now())
    return redirect(url_for("studio.people", done="enabled"), 303)


@studio.post(MEMBER_RESET)
@allows(Right.PEOPLE)
def make_reset(member: int) -> str:
    """Make a link by which somebody chooses a new password; it is shown this once."""
    found = deeds.find_member(desk(), ALL_SHOWS, member)
    address = reset_address(desk(), site().public.base_url, found, made_by=producer(), now=now())
    return people_page(None, address=address, made="reset", about=found.shown_name)
