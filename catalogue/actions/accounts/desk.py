"""What every deed on accounts works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.accounts.server_key import ServerKey
from catalogue.domain.producers import Deed, LogEntry, Producer
from catalogue.store.index import Accounts


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The accounts, and the key that is not kept with them."""

    accounts: Accounts
    key: ServerKey


def write_down(
    desk: Desk, who: Producer | None, what: Deed | str, *, now: datetime, show_guid: str = "", which: str = ""
) -> None:
    """Write into the log what somebody did; `who` None: somebody at the terminal."""
    said = what.value if isinstance(what, Deed) else what
    name = who.shown_name if who else ""
    desk.accounts.save_log_entry(LogEntry(at=now, who=name, what=said, show_guid=show_guid, which=which))
