"""A digest of all that an export is made of: it says cheaply whether there is anything to do at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import catalogue
import web
from catalogue.domain.links import Links

if TYPE_CHECKING:
    from catalogue.actions.open import Place

# Days begin and events take place at such moments, in all time zones that there are.
QUARTER = timedelta(minutes=15)


def state_of(place: Place, links: Links) -> str:
    """Digest the index's state, the settings that pages and feeds carry, and the program itself.

    Shows are read too: an index that was made anew counts its revisions from the beginning again.
    """
    parts = {
        "revision": place.index.revision(),
        "shows": [(row.show.guid, row.version, row.changed_at.isoformat()) for row in place.index.shows()],
        "store": place.settings.store_url,
        "library": str(place.settings.library.resolve()),
        "base_url": links.base_url,
        "hub": place.settings.websub_hub,
        "program": sorted(_program()),
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def end_of_quarter(now: datetime) -> datetime:
    """When what tells the time of day may read otherwise than at `now` (aware UTC)."""
    begun = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
    return begun + QUARTER


def _program() -> Iterator[tuple[str, int, int]]:
    """Every file that pages are made by: its path, size and time."""
    for package in (catalogue, web):
        root = Path(str(package.__file__)).parent
        for file in root.rglob("*"):
            if file.suffix not in (".pyc", "") and (facts := file.stat()):
                yield str(file.relative_to(root.parent)), facts.st_size, facts.st_mtime_ns
