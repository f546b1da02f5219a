"""Take away what is of no more use: hidden files that killed runs left lying, and rows that say what is long over."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from catalogue.actions.open import Place
from catalogue.domain.note_history import VERSIONS_KEPT_FOR

# Longer than anything takes to be written; a writer's lock keeps even older files in the library from us.
LEFT_FOR = timedelta(hours=1)
# So long lists show a guest's link or a token that is over.
ENDED_FOR = timedelta(days=30)


def sweep_leftovers(place: Place, now: datetime) -> None:
    """Remove half-written files that nobody writes any more; what cannot be removed stays, and harms nobody."""
    before = now - LEFT_FOR
    place.storage.sweep(before)
    for draft in place.derived.glob(".*.tmp"):
        with suppress(OSError):
            if draft.stat().st_mtime < before.timestamp():
                draft.unlink()


def sweep_ended(place: Place, now: datetime) -> None:
    """Forget guests' links and tokens that led nowhere for a month, and who handed what over when notes forget too.

    The log still says who did it.
    """
    place.index.sweep_previews(now - ENDED_FOR)
    place.index.sweep_tokens(now - ENDED_FOR)
    place.index.sweep_handovers(now - VERSIONS_KEPT_FOR)
