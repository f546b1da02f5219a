"""The people of a show, and those of all shows."""

from __future__ import annotations

from flask import render_template

from catalogue.domain.rights import ALL_SHOWS, Right
from catalogue.domain.studio_patterns import PEOPLE_OF_ALL, PEOPLE_OF_SHOW
from web.studio.blueprint import studio
from web.studio.current import desk
from web.studio.current import show as show_of_request
from web.studio.rights import allows


@studio.get(PEOPLE_OF_ALL)
@allows(Right.PEOPLE)
def people_of_all() -> str:
    """Who has a role in all shows."""
    return _page(ALL_SHOWS)


@studio.get(PEOPLE_OF_SHOW)
@allows(Right.PEOPLE)
def people_of_show(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Who has a role in a show."""
    return _page(show_of_request().guid)


def _page(show_guid: str) -> str:
    members = [one for one in desk().accounts.producers() if one.role_in(show_guid) or one.role_in(ALL_SHOWS)]
    return render_template("studio/people.html", members=members, show_guid=show_guid)
