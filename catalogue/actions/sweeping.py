"""Take away what runs that were killed left lying: hidden files, in the library and beside the pictures."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from catalogue.actions.open import Place

# Longer than anything takes to be written; a writer's lock keeps even older files in the library from us.
LEFT_FOR = timedelta(hours=1)


def sweep_leftovers(place: Place, now: datetime) -> None:
    """Remove half-written files that nobody writes any more; what cannot be removed stays, and harms nobody."""
    before = now - LEFT_FOR
    place.storage.sweep(before)
    for draft in place.derived.glob(".*.tmp"):
        with suppress(OSError):
            if draft.stat().st_mtime < before.timestamp():
                draft.unlink()
