"""A ticket in an address: the server takes a recording there, because somebody who is signed in was shown the page.

It is looked at before a byte is kept, by a loop that must not wait for a database. So it proves itself, by the server's
key and the time it holds until. Who asks, and whether they may, the guard looks at as ever.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

from catalogue.actions.accounts.server_key import ServerKey

HOLDS_FOR = timedelta(hours=24)
_TICKET = re.compile(r"/studio/shows/([^/]+)/upload/([0-9a-f]{1,16})-([0-9a-f]{64})/")


def make_ticket(key: ServerKey, show: str, now: datetime) -> str:
    """Write a ticket for the uploads of a show (its slug), from `now` (aware UTC) on."""
    until = f"{int((now + HOLDS_FOR).timestamp()):x}"
    return f"{until}-{_seal(key, show, until)}"


def holds_ticket(key: ServerKey, path: str, now: datetime) -> bool:
    """Whether a path, whatever stands before it, holds a ticket of ours that is still good."""
    found = _TICKET.search(path)
    if found is None:
        return False
    show, until, seal = found.groups()
    is_ours = hmac.compare_digest(seal, _seal(key, show, until))
    return is_ours and now.timestamp() <= int(until, 16)


def _seal(key: ServerKey, show: str, until: str) -> str:
    return key.digest("upload", show, until).hex()
