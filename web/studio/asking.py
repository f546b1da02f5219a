"""Where a request comes from, as far as the limits on guesses have to know."""

from __future__ import annotations

from flask import request

from catalogue.actions.accounts.sign_in import Asker
from web.studio.cookies import KNOWN, read_cookie


def asker() -> Asker:
    """The machine's address, which is kept nowhere, and the mark of a browser that signed in before."""
    return Asker(address=request.remote_addr or "", known=read_cookie(KNOWN))
