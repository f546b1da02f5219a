"""A ticket in an address: the server takes a recording there, because somebody who is signed in was shown the page.

It is looked at before a byte is kept, by a loop that must not wait for a database. So it proves itself, by the server's
key, the time it holds until and who it was given to: whether they still may is known without asking (`holders.py`).
Who asks, and whether they may, the guard looks at as ever.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from catalogue.actions.accounts.server_key import ServerKey

HOLDS_FOR = timedelta(hours=24)
# The show is empty where a feed is sent that may be of a new one.
_TICKET = re.compile(
    r"/(?:(?:studio|api/v1)/shows/([^/]+)/uploads?|studio/import)/([0-9a-f]{1,16})-([0-9a-f]{1,16})-([0-9a-f]{64})/"
)


def make_ticket(key: ServerKey, show: str, producer_id: int, *, now: datetime) -> str:
    """Write somebody's ticket for the uploads of a show (its slug; empty: of none yet), from `now` (aware UTC) on."""
    until, holder = f"{int((now + HOLDS_FOR).timestamp()):x}", f"{producer_id:x}"
    return f"{until}-{holder}-{_seal(key, show, until, holder)}"


def holds_ticket(key: ServerKey, path: str, now: datetime, *, may_send: Callable[[int, str], bool]) -> bool:
    """Whether a path, whatever stands before it, holds a ticket of ours that is still good.

    `may_send` says of a producer and a show's slug whether they still may.
    """
    found = _TICKET.search(path)
    if found is None:
        return False
    show, until, holder, seal = found.groups(default="")
    is_ours = hmac.compare_digest(seal, _seal(key, show, until, holder))
    return is_ours and now.timestamp() <= int(until, 16) and may_send(int(holder, 16), show)


def _seal(key: ServerKey, show: str, until: str, holder: str) -> str:
    return key.digest("upload", show, until, holder).hex()
