"""A word about one episode that stands in its show's ledger alone: neither a new database nor a copy forgets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from catalogue.actions.editing import Held
from catalogue.actions.remembered import LEDGER_LIMIT_BYTES
from catalogue.domain.identity import LedgerEpisode
from catalogue.errors import LedgerError
from catalogue.library.ledger import LEDGER_NAME, read_ledger, render_ledger


def write_word(held: Held, change: Callable[[LedgerEpisode], LedgerEpisode]) -> None:
    """Change the line of an episode that is held, everything else as it stands.

    Raises LedgerError where no ledger has the line yet, StaleEdit, ContentError, LeaseLost.
    """
    storage, guid = held.place.storage, held.row.line.guid
    path = f"{held.show.path}/{LEDGER_NAME}".lstrip("/")
    with storage.locked(held.show.path):
        file = storage.stat(path)
        if file is None:
            raise _unready(path)
        ledger = read_ledger(storage.read_bytes(path, limit_bytes=LEDGER_LIMIT_BYTES), path)
        if all(line.guid != guid for line in ledger.episodes):
            raise _unready(path)
        lines = tuple(change(one) if one.guid == guid else one for one in ledger.episodes)
        held.lease.check()
        storage.replace(path, render_ledger(replace(ledger, episodes=lines)), expected=file.version)


def _unready(path: str) -> LedgerError:
    return LedgerError(
        "ledger-behind", "It does not know this episode yet. Run castalogue index, which writes it there.", path=path
    )
