"""My account: the password, the second step, the devices that are signed in."""

from __future__ import annotations

from flask import render_template

from catalogue.domain.rights import Right
from catalogue.domain.studio_patterns import ACCOUNT
from web.studio.blueprint import studio
from web.studio.current import desk, producer, signed_in
from web.studio.rights import allows


@studio.get(ACCOUNT)
@allows(Right.ENTER)
def account() -> str:
    """All of it on one page."""
    found = signed_in()
    assert found is not None
    devices = desk().accounts.sessions_of(producer().id)
    return render_template("studio/account.html", devices=devices, this=found.session)
